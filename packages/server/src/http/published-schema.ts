import type { JsonSchema } from "@telemetra/core";

/** Publishes that `null` stands for absent in an optional field (F11), which our own compiler knows by itself. */
export function withNullableOptionals(schema: JsonSchema): JsonSchema {
  const inner = mapSchemas(schema, withNullableOptionals);
  if (inner.properties === undefined) return inner;
  const required = new Set(schema.required);
  const properties = Object.entries(inner.properties).map(([name, property]) => {
    return [name, required.has(name) ? property : { anyOf: [property, { type: "null" }] }];
  });
  return { ...inner, properties: Object.fromEntries(properties) as Record<string, JsonSchema> };
}

/** Takes the ids away: a schema inside another document goes by its place there. */
export function withoutIds(schema: JsonSchema): JsonSchema {
  const { $id: _id, ...rest } = mapSchemas(schema, withoutIds);
  return rest;
}

function mapSchemas(schema: JsonSchema, change: (schema: JsonSchema) => JsonSchema): JsonSchema {
  const { items, anyOf, properties, additionalProperties } = schema;
  return {
    ...schema,
    ...(items === undefined ? {} : { items: change(items) }),
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map(change) }),
    ...(typeof additionalProperties === "object" ? { additionalProperties: change(additionalProperties) } : {}),
    ...(properties === undefined
      ? {}
      : { properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, change(one)])) }),
  };
}
