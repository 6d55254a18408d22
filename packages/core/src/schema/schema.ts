/**
 * A record is described once, as a JSON Schema (2020-12) value with its TypeScript type attached.
 * Types, validation, the published `schemas/*.json` files and OpenAPI all come from that one value.
 * Only the keywords below exist here; whoever needs another adds it to `compileSchema` too.
 */
export interface JsonSchema {
  readonly $id?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: JsonType | readonly JsonType[];
  readonly const?: string | number | boolean;
  readonly enum?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
}

export type JsonType = "string" | "number" | "integer" | "boolean" | "null" | "array" | "object";

declare const type: unique symbol;

/** A JSON Schema whose values have the TypeScript type `T`. */
export type Schema<T> = JsonSchema & { readonly [type]?: T };

/** The TypeScript type that a schema describes. */
export type Infer<S> = S extends { readonly [type]?: infer T } ? Exclude<T, undefined> : never;

type Annotations = Pick<JsonSchema, "$id" | "title" | "description" | "default" | "examples">;
type Fields = Readonly<Record<string, Schema<unknown>>>;
type Flatten<T> = { [K in keyof T]: T[K] };
type ObjectOf<Required extends Fields, Optional extends Fields> = Flatten<
  { [K in keyof Required]: Infer<Required[K]> } & { [K in keyof Optional]?: Infer<Optional[K]> }
>;

export function string(
  rules: Annotations & Pick<JsonSchema, "minLength" | "maxLength" | "pattern" | "format"> = {},
): Schema<string> {
  return { type: "string", ...rules };
}

export function number(rules: Annotations & Pick<JsonSchema, "minimum" | "maximum"> = {}): Schema<number> {
  return { type: "number", ...rules };
}

export function integer(rules: Annotations & Pick<JsonSchema, "minimum" | "maximum"> = {}): Schema<number> {
  return { type: "integer", ...rules };
}

export function boolean(rules: Annotations = {}): Schema<boolean> {
  return { type: "boolean", ...rules };
}

export function literal<const T extends string>(value: T, rules: Annotations = {}): Schema<T> {
  return { const: value, type: "string", ...rules };
}

export function oneOfStrings<const T extends readonly string[]>(values: T, rules: Annotations = {}): Schema<T[number]> {
  return { type: "string", enum: values, ...rules };
}

export function array<T>(items: Schema<T>, rules: Annotations & Pick<JsonSchema, "maxItems"> = {}): Schema<T[]> {
  return { type: "array", items, ...rules };
}

export function anyOf<const S extends readonly Schema<unknown>[]>(
  schemas: S,
  rules: Annotations = {},
): Schema<Infer<S[number]>> {
  return { anyOf: schemas, ...rules };
}

export function nullable<T>(schema: Schema<T>): Schema<T | null> {
  const { description, ...rest } = schema;
  return { anyOf: [rest, { type: "null" }], ...(description === undefined ? {} : { description }) };
}

/** Values of any JSON type under any name, e.g. a moment's metadata. */
export function record<T>(values: Schema<T>, rules: Annotations = {}): Schema<Record<string, T>> {
  return { type: "object", additionalProperties: values, ...rules };
}

/** An object with the `required` and the `optional` fields; fields it does not know are allowed and carry no meaning. */
export function object<const R extends Fields, const O extends Fields = {}>(
  required: R,
  optional?: O,
  rules: Annotations = {},
): Schema<ObjectOf<R, O>> {
  return { type: "object", properties: { ...required, ...optional }, required: Object.keys(required), ...rules };
}
