import fc from "fast-check";
import { MOMENT_TYPES } from "@telemetra/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ApiClient } from "../support/api-client.js";
import { startFakeService, type FakeService } from "../support/fake-service.js";
import { makeMoment, makeRow } from "../support/records.js";

let service: FakeService;
let api: ApiClient;

beforeAll(async () => {
  service = await startFakeService();
  api = await ApiClient.connect(service.url);
  service.store.addStream("alpha");
  for (let i = 0; i < 5; i++) {
    service.store.rows.push(makeRow({ startMs: i * 60_000 }));
    service.store.moments.push(makeMoment({ number: i, atMs: i * 60_000 }));
  }
});

afterAll(() => service.close());

const instant = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
const value = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: "binary", maxLength: 20 }) },
  fc.integer().map(String),
  fc.double().map(String),
  instant,
  fc.constantFrom("", "null", "undefined", "NaN", "1e9", "0x10", "-0", "9".repeat(40), "after-2", "%", ...MOMENT_TYPES),
);
const name = fc.constantFrom("limit", "offset", "start_time", "end_time", "cursor", "moment_type", "__proto__", "x");
const query = fc
  .array(fc.tuple(name, value), { maxLength: 5 })
  .map((pairs) => pairs.map(([key, text]) => `${key}=${encodeURIComponent(text.toWellFormed())}`).join("&"));
const id = fc.oneof(
  fc.constant("alpha"),
  fc.string({ unit: "binary", minLength: 1, maxLength: 12 }).map((text) => encodeURIComponent(text.toWellFormed())),
);

describe("whatever is asked", () => {
  it(
    "a query is answered, refused or not found, as documented, and never a failure of the server",
    { timeout: 60_000 },
    async () => {
      const path = fc.oneof(
        fc.constant("/api/v1/streams"),
        fc
          .tuple(id, fc.constantFrom("", "/metrics", "/moments", "/stats"))
          .map(([one, rest]) => `/api/v1/streams/${one}${rest}`),
      );
      await fc.assert(
        fc.asyncProperty(path, query, async (where, what) => {
          const { status } = await api.get(`${where}?${what}`);
          expect([200, 404, 422]).toContain(status);
        }),
        { numRuns: 1_500 },
      );
    },
  );

  it("any path and method is answered below 500", { timeout: 60_000 }, async () => {
    const path = fc.oneof(
      fc.webPath(),
      fc
        .array(fc.string({ unit: "binary", maxLength: 6 }), { maxLength: 5 })
        .map((parts) => `/${parts.map((part) => encodeURIComponent(part.toWellFormed())).join("/")}`),
      fc
        .tuple(fc.constantFrom("/overlay/", "/assets/", "/docs/assets/", "/ws/live/"), id)
        .map(([head, tail]) => head + tail),
    );
    const method = fc.constantFrom("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND");
    await fc.assert(
      fc.asyncProperty(method, path, async (verb, where) => {
        expect((await api.send(verb, where)).status).toBeLessThan(500);
      }),
      { numRuns: 1_000 },
    );
  });

  it("F9, F10: any JSON gets a verdict for every event, and the sums agree", { timeout: 60_000 }, async () => {
    const field = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant("alpha"), fc.nat(), instant);
    const event = fc.record(
      {
        type: fc.oneof(fc.constantFrom("chat", "viewer", "transaction", "stream_meta"), fc.jsonValue()),
        event_id: field,
        timestamp: field,
        stream_id: field,
        viewer_count: field,
        user_id: field,
        username: field,
        message: field,
        emotes: field,
      },
      { requiredKeys: [] },
    );
    const events = fc.array(fc.oneof({ weight: 3, arbitrary: event }, { weight: 1, arbitrary: fc.jsonValue() }), {
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(events, fc.boolean(), async (posted, asLines) => {
        const text = asLines ? posted.map((one) => JSON.stringify(one)).join("\n") : JSON.stringify(posted);
        const { status, body } = await api.post(
          "/api/v1/events",
          asLines ? "application/x-ndjson" : "application/json",
          text,
        );
        const report = body as { accepted: number; duplicates: number; rejected: { index: number }[] };
        expect(report.accepted + report.duplicates + report.rejected.length).toBe(posted.length);
        expect(status).toBe(report.accepted + report.duplicates > 0 ? 202 : 422);
        const indexes = report.rejected.map(({ index }) => index);
        expect(indexes).toEqual([...new Set(indexes)].toSorted((a, b) => a - b));
        expect(indexes.every((index) => index >= 0 && index < posted.length)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("any bytes of any type are answered as documented", { timeout: 60_000 }, async () => {
    const type = fc.constantFrom(
      "application/json",
      "application/x-ndjson",
      "application/jsonl",
      "text/plain",
      "application/json; charset=latin1",
    );
    const encoding = fc.constantFrom(undefined, "gzip", "br", "deflate", "identity", "x-unknown");
    await fc.assert(
      fc.asyncProperty(
        type,
        encoding,
        fc.uint8Array({ maxLength: 200 }),
        async (contentType, contentEncoding, bytes) => {
          const headers: Record<string, string> = { "Content-Type": contentType };
          if (contentEncoding !== undefined) headers["Content-Encoding"] = contentEncoding;
          const { status } = await api.send("POST", "/api/v1/events", { headers, body: bytes as BodyInit });
          expect([400, 415, 422]).toContain(status);
        },
      ),
      { numRuns: 500 },
    );
  });
});
