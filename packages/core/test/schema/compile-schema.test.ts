import { describe, expect, it } from "vitest";
import { compileSchema, type JsonSchema } from "@telemetra/core";
import {
  anyOf,
  array,
  boolean,
  integer,
  literal,
  nullable,
  number,
  object,
  oneOfStrings,
  record,
  string,
} from "../../src/schema/schema.js";

function issueOf(schema: JsonSchema, value: unknown): string | undefined {
  const issue = compileSchema(schema)(value, "");
  return issue === undefined ? undefined : `${issue.path} ${issue.reason}`.trim();
}

describe("compileSchema", () => {
  it.each<[JsonSchema, unknown, string]>([
    [string(), 5, "must be a string"],
    [integer(), 1.5, "must be an integer"],
    [number(), NaN, "must be a number"],
    [boolean(), 1, "must be a boolean"],
    [nullable(array(string())), "x", "must be an array"],
    [{ type: ["integer", "null"] }, "x", "must be an integer or a null"],
    [literal("chat"), "chats", 'must be "chat"'],
    [oneOfStrings(["gift", "bits"]), "tip", "must be one of gift, bits"],
    [string({ minLength: 1, maxLength: 3 }), "", "must be 1 to 3 characters"],
    [string({ minLength: 2 }), "a", "must be at least 2 characters"],
    [string({ pattern: "^[a-z]+$" }), "A", "must match ^[a-z]+$"],
    [number({ minimum: 0 }), -1, "must be at least 0"],
    [number({ maximum: 9 }), 10, "must be at most 9"],
    [number({ minimum: 1, maximum: 9 }), 0, "must be 1 to 9"],
    [array(string(), { maxItems: 1 }), ["a", "b"], "must have at most 1 entries"],
    [object({ name: string() }), {}, "name is required"],
    [
      object({ list: array(object({ name: string() })) }),
      { list: [{ name: "" }, { name: 1 }] },
      "list[1].name must be a string",
    ],
    [record(integer()), { a: 1, b: "2" }, "b must be an integer"],
    [array(array(integer())), [[0], [1, null]], "[1][1] must be an integer"],
  ])("words the first issue of %j and %j", (schema, value, expected) => {
    expect(issueOf(schema, value)).toBe(expected);
  });

  it("F11: an optional property may be null or absent, a required one may not", () => {
    const schema = object({ must: string() }, { may: string() });
    expect(issueOf(schema, { must: "x", may: null })).toBeUndefined();
    expect(issueOf(schema, { must: "x" })).toBeUndefined();
    expect(issueOf(schema, { must: null, may: "x" })).toBe("must must be a string");
    expect(issueOf(object({ must: nullable(string()) }), { must: null })).toBeUndefined();
  });

  it("reports the first of several alternatives that fail", () => {
    expect(issueOf(anyOf([string(), integer()]), 1.5)).toBe("must be a string");
  });

  it("takes own properties only", () => {
    expect(issueOf(object({ toString: string() }), {})).toBe("toString is required");
    expect(issueOf(object({ name: string() }), Object.create({ name: "inherited" }))).toBe("name is required");
  });

  it.each<[string, object]>([
    ["a keyword that it does not know", { type: "string", multipleOf: 2 }],
    ["a keyword of a nested schema that it does not know", { type: "array", items: { uniqueItems: true } }],
    ["a keyword for text where no text is required", { maxLength: 3 }],
    ["a keyword for text where null may come as well", { type: ["string", "null"], maxLength: 3 }],
    ["a range of what is no number", { type: "string", minimum: 0 }],
    ["items of what is no array", { type: "object", items: {} }],
    ["properties of what may be no object", { properties: {} }],
    ["properties beside a schema for all values", { type: "object", properties: {}, additionalProperties: {} }],
    ["a closed object, which would refuse what F11 lets pass", { type: "object", additionalProperties: false }],
  ])("throws at start for %s", (_, schema) => {
    expect(() => compileSchema(schema as JsonSchema)).toThrow(/schema keyword/);
  });
});
