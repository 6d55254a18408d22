import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileSchema, type JsonSchema } from "@telemetra/core";

const RUNS = Number(process.env["TELEMETRA_PROPERTY_RUNS"] ?? 400);

/** Names that an object inherits from its prototype are among them. */
const names = ["a", "b", "c", "toString", "constructor", "a b"];
const texts = ["", "a", "ab", "abc", "b1", "😀", "é", "A", "\ud800"];

const text = fc.record(
  {
    minLength: fc.nat(2),
    maxLength: fc.integer({ min: 1, max: 3 }),
    pattern: fc.constantFrom("^a", "^[a-c]*$", "^.$", "^(?!ab$)"),
  },
  { requiredKeys: [] },
);
const range = fc.record({ minimum: fc.integer({ min: -2, max: 1 }), maximum: fc.nat(2) }, { requiredKeys: [] });

const leaf: fc.Arbitrary<JsonSchema> = fc.oneof(
  text.map((rules) => ({ type: "string" as const, ...rules })),
  range.map((rules) => ({ type: "number" as const, ...rules })),
  range.map((rules) => ({ type: "integer" as const, ...rules })),
  fc.constant({ type: "boolean" as const }),
  fc.constant({ type: "null" as const }),
  fc.constant({ type: ["string", "null"] as const }),
  fc.constant({ type: ["integer", "array", "object"] as const }),
  fc.constantFrom(...texts).map((value) => ({ type: "string" as const, const: value })),
  fc.subarray(texts, { minLength: 1 }).map((values) => ({ type: "string" as const, enum: values })),
  fc.constantFrom<string | number | boolean>("a", 0, 1.5, true).map((value) => ({ const: value })),
  fc.constant({}),
);

const { schema } = fc.letrec<{ schema: JsonSchema; object: JsonSchema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    leaf,
    tie("object"),
    fc
      .record({ items: tie("schema"), maxItems: fc.nat(3) }, { requiredKeys: [] })
      .map((rules) => ({ type: "array" as const, ...rules })),
    tie("schema").map((values) => ({ type: "object" as const, additionalProperties: values })),
    fc.array(tie("schema"), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
  ),
  object: fc
    .tuple(fc.dictionary(fc.constantFrom(...names), tie("schema"), { maxKeys: 4 }), fc.subarray(names))
    .map(([properties, required]) => ({
      type: "object" as const,
      properties,
      required: required.filter((name) => Object.hasOwn(properties, name)),
    })),
}));

/** JSON values that often fit: the same few names, texts and small numbers. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.constantFrom<unknown>(...texts, null, true, false, 0, 1, 2, -1, 0.5, 1.5, 1e300),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...names, "__proto__"), tie("value"), { maxKeys: 4 }),
  ),
}));

const ajv = new Ajv2020({
  strict: false,
  logger: false,
  ownProperties: true,
  // Lengths are UTF-16 units (F12).
  unicode: false,
});

/** F11: an optional property may be null. Everything else is plain JSON Schema. */
function withOptionalNulls(from: JsonSchema): object {
  const { properties, items, additionalProperties, anyOf, ...rest } = from;
  const optional = (name: string, property: JsonSchema) =>
    from.required?.includes(name)
      ? withOptionalNulls(property)
      : { anyOf: [withOptionalNulls(property), { type: "null" }] };
  return {
    ...rest,
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map(withOptionalNulls) }),
    ...(items === undefined ? {} : { items: withOptionalNulls(items) }),
    ...(typeof additionalProperties === "object"
      ? { additionalProperties: withOptionalNulls(additionalProperties) }
      : {}),
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, property]) => [name, optional(name, property)]),
          ),
        }),
  };
}

/** `Object.fromEntries` and JSON make an own property of `__proto__`, as a sender can. */
function asJson<T>(drawn: T): T {
  return JSON.parse(JSON.stringify(drawn)) as T;
}

describe("compileSchema", () => {
  it("accepts exactly what ajv accepts, for random schemas and values", () => {
    let accepted = 0;
    let refused = 0;
    fc.assert(
      fc.property(schema, fc.array(value, { minLength: 1, maxLength: 12 }), (drawnSchema, drawnValues) => {
        const ours = compileSchema(drawnSchema);
        const theirs = ajv.compile(withOptionalNulls(drawnSchema));
        for (const drawn of drawnValues.map(asJson)) {
          const issue = ours(drawn, "");
          if (issue === undefined) accepted += 1;
          else refused += 1;
          expect(issue === undefined, `${JSON.stringify(drawnSchema)} and ${JSON.stringify(drawn)}`).toBe(
            theirs(drawn),
          );
        }
      }),
      { numRuns: RUNS },
    );
    // Both verdicts were in play, or the comparison would prove nothing.
    expect(Math.min(accepted, refused)).toBeGreaterThan(RUNS / 2);
  });

  it("names a place that is really there, or the property that is missing", () => {
    fc.assert(
      fc.property(schema, value, (drawnSchema, drawn) => {
        const json = asJson(drawn);
        const issue = compileSchema(drawnSchema)(json, "");
        if (issue === undefined) return;
        expect(issue.reason).toMatch(/^(must |is required)/);
        if (issue.path === "") return;
        // Property names without dots and brackets can be followed one by one.
        let at: unknown = json;
        for (const step of issue.path.match(/[^.[\]]+/g) ?? []) {
          expect(typeof at).toBe("object");
          if (issue.reason === "is required" && !Object.hasOwn(at as object, step)) return;
          at = (at as Record<string, unknown>)[step];
        }
        expect(issue.reason).not.toBe("is required");
      }),
      { numRuns: RUNS },
    );
  });
});
