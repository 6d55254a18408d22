import { compileSchema, parseRfc3339, type JsonSchema } from "@telemetra/core";
import { HttpError } from "./http-error.js";

/** A query parameter: published by its schema, read by `parse`, which answers a reason instead of a bad value. */
export interface Parameter<T> {
  readonly schema: JsonSchema;
  readonly description: string;
  readonly parse: (text: string) => { readonly value: T } | { readonly reason: string };
  /** The value when the parameter is absent. */
  readonly fallback: T;
}

export type Parameters = Readonly<Record<string, Parameter<unknown>>>;

export type QueryOf<P extends Parameters> = {
  readonly [K in keyof P]: P[K] extends Parameter<infer T> ? T : never;
};

export function integerParameter(rules: {
  minimum: number;
  maximum: number;
  default: number;
  description: string;
}): Parameter<number> {
  const { description, ...range } = rules;
  const schema: JsonSchema = { type: "integer", ...range };
  const check = compileSchema(schema);
  const reason = `must be a whole number from ${rules.minimum} to ${rules.maximum}`;
  return {
    schema,
    description,
    fallback: rules.default,
    parse: (text) => {
      const value = /^-?\d{1,15}$/.test(text) ? Number(text) : NaN;
      return check(value, "") === undefined ? { value } : { reason };
    },
  };
}

/** An RFC 3339 instant (F14), in epoch milliseconds. */
export function instantParameter(description: string): Parameter<number | undefined> {
  return {
    schema: { type: "string", format: "date-time" },
    description,
    fallback: undefined,
    parse: (text) => {
      const value = parseRfc3339(text);
      return value === undefined
        ? { reason: "must be an RFC 3339 instant such as 2025-01-31T20:15:00Z (in a URL a + is written %2B)" }
        : { value };
    },
  };
}

export function choiceParameter<T extends string>(values: readonly T[], description: string): Parameter<T | undefined> {
  return {
    schema: { type: "string", enum: values },
    description,
    fallback: undefined,
    parse: (text) => {
      const value = values.find((one) => one === text);
      return value === undefined ? { reason: `must be one of ${values.join(", ")}` } : { value };
    },
  };
}

/** Opaque text that this API gave out before. */
export function tokenParameter(description: string): Parameter<string | undefined> {
  const schema: JsonSchema = { type: "string", minLength: 1, maxLength: 1_000 };
  const check = compileSchema(schema);
  return {
    schema,
    description,
    fallback: undefined,
    parse: (text) => (check(text, "") === undefined ? { value: text } : { reason: "must be 1 to 1000 characters" }),
  };
}

/**
 * Reads the parameters that a route knows; others carry no meaning. Nothing is coerced or clamped.
 * @throws HttpError 422 that names every bad parameter.
 */
export function readQuery<P extends Parameters>(parameters: P, query: URLSearchParams): QueryOf<P> {
  const values: Record<string, unknown> = {};
  const faults: string[] = [];
  for (const [name, parameter] of Object.entries(parameters)) {
    const given = query.getAll(name);
    const [text] = given;
    if (text === undefined) {
      values[name] = parameter.fallback;
    } else if (given.length > 1) {
      faults.push(`${name} must be given once`);
    } else {
      const outcome = parameter.parse(text);
      if ("reason" in outcome) faults.push(`${name} ${outcome.reason}`);
      else values[name] = outcome.value;
    }
  }
  if (faults.length > 0) throw new HttpError(422, "invalid_parameter", faults.join("; "));
  return values as QueryOf<P>;
}
