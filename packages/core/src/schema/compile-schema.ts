import type { JsonSchema, JsonType } from "./schema.js";

/** What is wrong with a value: where (`a.b[2]`, empty for the value itself) and why, as one sentence fragment. */
export interface SchemaIssue {
  /** Where: `a.b[2]`; empty for the value itself. */
  readonly path: string;
  /** What is wrong there, as the rest of a sentence: "is required". */
  readonly reason: string;
}

/** Returns the first issue of a value, or `undefined` when it satisfies the schema. Never throws on data. */
export type Check = (value: unknown, path: string) => SchemaIssue | undefined;

/** Keywords that any schema may have. */
const COMMON_KEYWORDS = "$id title description type const enum anyOf default examples".split(" ");

/** Further keywords by the one type that a schema must name for them: their checks look into the value without asking. */
const TYPE_KEYWORDS: Readonly<Record<JsonType, readonly string[]>> = {
  string: ["minLength", "maxLength", "pattern", "format"],
  number: ["minimum", "maximum"],
  integer: ["minimum", "maximum"],
  array: ["items", "maxItems"],
  object: ["properties", "required", "additionalProperties"],
  boolean: [],
  null: [],
};

/**
 * Turns a schema into a check made of closures: no code generation, so it runs under a strict
 * content security policy, and small enough for a page. `format` is an annotation only.
 *
 * An optional property that is `null` counts as absent (rule F11), and nothing is coerced.
 *
 * @throws Error when the schema uses a keyword that this compiler does not know, or not in this place: a programming
 * error, found at start.
 */
export function compileSchema(schema: JsonSchema): Check {
  requireKnownKeywords(schema);
  const checks: Check[] = [];
  if (schema.anyOf !== undefined) checks.push(checkAnyOf(schema.anyOf.map(compileSchema)));
  if (schema.type !== undefined) checks.push(checkType(schema.type));
  if (schema.const !== undefined) checks.push(checkConst(schema.const));
  if (schema.enum !== undefined) checks.push(checkEnum(schema.enum));
  if (schema.minLength !== undefined || schema.maxLength !== undefined) {
    checks.push(checkLength(schema.minLength ?? 0, schema.maxLength ?? Infinity));
  }
  if (schema.pattern !== undefined) checks.push(checkPattern(schema.pattern));
  if (schema.minimum !== undefined || schema.maximum !== undefined) {
    checks.push(checkRange(schema.minimum ?? -Infinity, schema.maximum ?? Infinity));
  }
  if (schema.maxItems !== undefined || schema.items !== undefined) {
    checks.push(checkItems(schema.items === undefined ? undefined : compileSchema(schema.items), schema.maxItems));
  }
  if (schema.properties !== undefined) checks.push(checkProperties(schema));
  if (typeof schema.additionalProperties === "object" && schema.properties === undefined) {
    checks.push(checkValues(compileSchema(schema.additionalProperties)));
  }
  const [only] = checks;
  if (checks.length === 1 && only !== undefined) return only;
  return (value, path) => {
    for (const check of checks) {
      const issue = check(value, path);
      if (issue !== undefined) return issue;
    }
    return undefined;
  };
}

function requireKnownKeywords(schema: JsonSchema): void {
  const ofType = typeof schema.type === "string" ? TYPE_KEYWORDS[schema.type] : [];
  for (const keyword of Object.keys(schema)) {
    if (!COMMON_KEYWORDS.includes(keyword) && !ofType.includes(keyword)) {
      throw new Error(`unknown schema keyword "${keyword}" for type ${JSON.stringify(schema.type)}`);
    }
  }
  const { additionalProperties, properties } = schema;
  if (additionalProperties === false || (additionalProperties !== undefined && properties !== undefined)) {
    throw new Error('schema keyword "additionalProperties" takes a schema, in place of "properties"');
  }
}

function hasType(value: unknown, type: JsonType): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    default:
      return typeof value === type;
  }
}

function checkType(type: JsonType | readonly JsonType[]): Check {
  const types = typeof type === "string" ? [type] : type;
  const [single] = types;
  const article = (name: string) => (/^[aeiou]/.test(name) ? `an ${name}` : `a ${name}`);
  const reason = `must be ${types.map(article).join(" or ")}`;
  if (types.length === 1 && single !== undefined) {
    return (value, path) => (hasType(value, single) ? undefined : { path, reason });
  }
  return (value, path) => (types.some((one) => hasType(value, one)) ? undefined : { path, reason });
}

function checkConst(expected: string | number | boolean): Check {
  return (value, path) => (value === expected ? undefined : { path, reason: `must be ${JSON.stringify(expected)}` });
}

function checkEnum(values: readonly string[]): Check {
  const allowed = new Set<unknown>(values);
  const reason = `must be one of ${values.join(", ")}`;
  return (value, path) => (allowed.has(value) ? undefined : { path, reason });
}

function checkLength(min: number, max: number): Check {
  const reason = max === Infinity ? `must be at least ${min} characters` : `must be ${min} to ${max} characters`;
  return (value, path) => {
    const { length } = value as string;
    return length >= min && length <= max ? undefined : { path, reason };
  };
}

function checkPattern(pattern: string): Check {
  const expression = new RegExp(pattern, "u");
  return (value, path) => (expression.test(value as string) ? undefined : { path, reason: `must match ${pattern}` });
}

function checkRange(min: number, max: number): Check {
  const reason =
    max === Infinity
      ? `must be at least ${min}`
      : min === -Infinity
        ? `must be at most ${max}`
        : `must be ${min} to ${max}`;
  return (value, path) => ((value as number) >= min && (value as number) <= max ? undefined : { path, reason });
}

function checkItems(check: Check | undefined, maxItems = Infinity): Check {
  return (value, path) => {
    const items = value as readonly unknown[];
    if (items.length > maxItems) return { path, reason: `must have at most ${maxItems} entries` };
    if (check === undefined) return undefined;
    for (let index = 0; index < items.length; index++) {
      const issue = check(items[index], "");
      if (issue !== undefined) return { path: join(`${path}[${index}]`, issue.path), reason: issue.reason };
    }
    return undefined;
  };
}

function checkProperties(schema: JsonSchema): Check {
  const required = new Set(schema.required);
  const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    check: compileSchema(property),
    isRequired: required.has(name),
  }));
  return (value, path) => {
    const fields = value as Readonly<Record<string, unknown>>;
    for (const { name, check, isRequired } of properties) {
      // Own fields only: a record must not borrow a value from Object.prototype.
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (field === undefined || (field === null && !isRequired)) {
        if (isRequired) return { path: join(path, name), reason: "is required" };
        continue;
      }
      const issue = check(field, "");
      if (issue !== undefined) return { path: join(join(path, name), issue.path), reason: issue.reason };
    }
    return undefined;
  };
}

function checkValues(check: Check): Check {
  return (value, path) => {
    for (const [name, field] of Object.entries(value as Readonly<Record<string, unknown>>)) {
      const issue = check(field, "");
      if (issue !== undefined) return { path: join(join(path, name), issue.path), reason: issue.reason };
    }
    return undefined;
  };
}

function checkAnyOf(checks: readonly Check[]): Check {
  return (value, path) => {
    let first: SchemaIssue | undefined;
    for (const check of checks) {
      const issue = check(value, path);
      if (issue === undefined) return undefined;
      first ??= issue;
    }
    return first;
  };
}

function join(path: string, rest: string): string {
  if (path === "" || rest === "") return path + rest;
  return rest.startsWith("[") ? path + rest : `${path}.${rest}`;
}
