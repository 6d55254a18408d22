import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  compileSchema,
  liveMessageSchema,
  metricRowSchema,
  momentSchema,
  parseEvent,
  type JsonSchema,
} from "@telemetra/core";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeMoment, makeRow } from "../support/records.js";

const repository = fileURLToPath(new URL("../../../../", import.meta.url));
const folder = `${repository}schemas`;

function load(name: string, { validateFormats = true } = {}): ValidateFunction {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, validateFormats });
  formats(ajv);
  return ajv.compile(JSON.parse(readFileSync(`${folder}/${name}.json`, "utf8")) as object);
}

const ids = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom("alpha", "b_2.c:-") },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
  { weight: 1, arbitrary: fc.constantFrom("health", ".", "..", "x".repeat(128), "x".repeat(129), "") },
);
/** Without the numbers that are instants to a schema and lie outside the years 1 to 9999 to the parser. */
const anything = fc
  .oneof(fc.constantFrom(null, true, 1, -1, 1.5, "", "text"), fc.jsonValue({ maxDepth: 1 }))
  .filter((value) => typeof value !== "number" || Math.abs(value) < 1e12);

/** Events that are mostly right: every field is right, or anything at all, or missing. */
function events(type: string, fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Record<string, unknown>> {
  const all: Record<string, fc.Arbitrary<unknown>> = {
    event_id: ids,
    timestamp: fc.constantFrom("2026-01-01T00:00:00Z", 5, 0),
    stream_id: ids,
    ...fields,
  };
  const noisy = Object.entries(all).map(([name, right]) => {
    const value = fc.oneof({ weight: 20, arbitrary: right }, { weight: 1, arbitrary: anything });
    return [name, fc.option(value, { nil: undefined, freq: 20 })] as const;
  });
  return fc.record(Object.fromEntries(noisy)).map((event) => {
    const given = Object.entries(event).filter(([, value]) => value !== undefined);
    return { type, ...Object.fromEntries(given) };
  });
}

const text = fc.oneof(fc.string(), fc.constantFrom("x".repeat(2_000), "x".repeat(2_001)));
const count = fc.oneof(fc.nat(), fc.constantFrom(2_147_483_647, 2_147_483_648, -1, 0.5));
const KINDS = {
  "chat-event": events("chat", {
    user_id: ids,
    username: fc.string(),
    message: text,
    emotes: fc.array(
      fc.oneof(
        fc.string({ minLength: 1, maxLength: 4 }),
        fc.record({ name: fc.string({ minLength: 1, maxLength: 4 }), id: anything }),
      ),
    ),
    badges: fc.array(fc.string()),
    is_subscriber: fc.boolean(),
    is_moderator: fc.boolean(),
    reply_to: ids,
  }),
  "viewer-event": events("viewer", { viewer_count: count, unique_viewers: count, peak_viewers: count }),
  "transaction-event": events("transaction", {
    user_id: ids,
    username: fc.string(),
    transaction_type: fc.constantFrom("donation", "subscription", "gift", "bits", "loan"),
    amount: fc.oneof(fc.double({ min: 0, max: 100, noNaN: true }), fc.constantFrom(-1, 1_000_000_001)),
    currency: fc.constantFrom("EUR", "bits", "eur", "Bits"),
    message: text,
  }),
  "stream-meta-event": events("stream_meta", {
    event_type: fc.constantFrom("stream_start", "raid", "title_change", "other"),
    new_title: fc.string(),
    started_at: fc.constantFrom("2026-01-01T00:00:00Z", 5),
    duration_minutes: fc.oneof(fc.nat(), fc.constantFrom(-1, 0.5)),
    raiders: count,
    from_stream_id: ids,
  }),
};

describe("schemas/*.json", () => {
  it("are current", async () => {
    await expect(
      promisify(execFile)(process.execPath, [`${repository}scripts/build-schemas.mjs`, "--check"]),
    ).resolves.toBeDefined();
  });

  it("are there for every record, and ajv takes them in strict mode", () => {
    const names = readdirSync(folder).toSorted();
    expect(names).toEqual(
      [...Object.keys(KINDS), "live-message", "metric-row", "moment"].map((name) => `${name}.json`).toSorted(),
    );
    for (const name of names) expect(() => load(name.replace(".json", ""))).not.toThrow();
  });

  it.each(Object.keys(KINDS) as (keyof typeof KINDS)[])("F11: ajv judges any %s as the parser does", (name) => {
    const validate = load(name);
    let taken = 0;
    fc.assert(
      fc.property(KINDS[name], (event) => {
        const verdict = parseEvent(event).ok;
        taken += Number(verdict);
        expect([verdict, event]).toEqual([validate(event), event]);
      }),
      { numRuns: 1_500 },
    );
    expect(taken).toBeGreaterThan(50);
  });

  it.each([
    ["metric-row", metricRowSchema, makeRow()],
    ["moment", momentSchema, makeMoment()],
    [
      "live-message",
      liveMessageSchema,
      { type: "moment", stream_id: "a", epoch: "e", offset: 1, phase: "opened", moment: makeMoment() },
    ],
  ] as [string, JsonSchema, object][])("ajv judges any %s as our own compiler does", (name, schema, sample) => {
    // To our compiler a format is a remark.
    const validate = load(name, { validateFormats: false });
    const check = compileSchema(schema);
    expect([validate(sample), check(sample, "")]).toEqual([true, undefined]);
    const names = fc.constantFrom(...Object.keys(sample));
    fc.assert(
      fc.property(fc.dictionary(names, anything, { maxKeys: 2 }), fc.option(names), (changes, removed) => {
        const changed: Record<string, unknown> = { ...sample, ...changes };
        if (removed !== null) delete changed[removed];
        expect([validate(changed), changed]).toEqual([check(changed, "") === undefined, changed]);
      }),
      { numRuns: 1_000 },
    );
  });
});
