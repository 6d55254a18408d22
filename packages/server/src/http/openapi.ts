import { withNullableOptionals, withoutIds } from "./published-schema.js";
import type { Answer, ComponentName, Route, Tag } from "./route.js";
import { component, components } from "./schemas.js";

const TAGS: Readonly<Record<Tag, string>> = {
  Service: "The server itself.",
  Streams: "What is known of streams: windows, moments, totals.",
  Events: "The way in.",
  Live: "The live push.",
  Pages: "Overlays and other pages.",
  Documentation: "What you are reading.",
};

const EVENT_COMPONENTS = ["ChatEvent", "ViewerEvent", "TransactionEvent", "StreamMetaEvent"] as const;

export interface OpenApiDocument {
  readonly openapi: "3.1.0";
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
  readonly [more: string]: unknown;
}

/** The OpenAPI 3.1 document of the routes: the same schemas that check parameters, events and (in tests) answers. */
export function buildOpenApi(routes: readonly Route[], info: { title: string; version: string }): OpenApiDocument {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const item = (paths[route.path] ??= {});
    item[route.method] = operation(route);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: info.title,
      version: info.version,
      description: "A live stream's chat, viewers and transactions as metrics, moments and overlays.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/", description: "This server." }],
    // Nothing asks for credentials: who can reach the server may use it.
    security: [],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: { schemas: publishComponents() },
  };
}

function operation(route: Route): Record<string, unknown> {
  const inPath = Object.entries(route.pathParameters ?? {}).map(([name, parameter]) => ({
    name,
    in: "path",
    required: true,
    ...parameter,
  }));
  const inQuery = Object.entries(route.query ?? {}).map(([name, { schema, description }]) => ({
    name,
    in: "query",
    description,
    schema,
  }));
  const parameters = [...inPath, ...inQuery];
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined ? {} : { requestBody: requestBody(route.body) }),
    responses: {
      ...Object.fromEntries(Object.entries(route.answers).map(([status, answer]) => [status, publishAnswer(answer)])),
      421: errorAnswer("The request names a host that this server does not serve (ALLOWED_HOSTS)."),
      "5XX": errorAnswer("The server failed; nothing about why is told here."),
    },
  };
}

function requestBody(body: NonNullable<Route["body"]>): Record<string, unknown> {
  const content = Object.entries(body.content).map(([type, name]) => [type, { schema: { $ref: name } }]);
  return { description: body.description, required: true, content: Object.fromEntries(content) };
}

function publishAnswer(answer: Answer): Record<string, unknown> {
  const { description, headers } = answer;
  const content = answerContent(answer);
  return {
    description,
    ...(headers === undefined ? {} : { headers: publishHeaders(headers) }),
    ...(content === undefined ? {} : { content }),
  };
}

function answerContent({ schema, contentType }: Answer): Record<string, unknown> | undefined {
  if (contentType !== undefined) return { [contentType]: {} };
  if (schema === undefined) return undefined;
  if (typeof schema !== "string") {
    return { "application/json": { schema: { type: "array", items: { $ref: schema.arrayOf } } } };
  }
  const isError = schema === component("Error") || schema === component("IngestRefusal");
  const types = isError ? ["application/json", "application/problem+json"] : ["application/json"];
  return Object.fromEntries(types.map((type) => [type, { schema: { $ref: schema } }]));
}

function publishHeaders(headers: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: "string" } }]),
  );
}

function errorAnswer(description: string): Record<string, unknown> {
  return publishAnswer({ description, schema: component("Error") });
}

function publishComponents(): Record<string, unknown> {
  const schemas: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(components)) {
    const isEvent = (EVENT_COMPONENTS as readonly string[]).includes(name);
    schemas[name] = withoutIds(isEvent ? withNullableOptionals(schema) : schema);
  }
  const event: { $ref: ComponentName }[] = EVENT_COMPONENTS.map((name) => ({ $ref: component(name) }));
  schemas["Event"] = { title: "Event", description: "Told apart by `type`.", anyOf: event };
  const events = { type: "array", items: { $ref: "#/components/schemas/Event" } };
  schemas["EventsBody"] = { title: "Events", anyOf: [{ $ref: "#/components/schemas/Event" }, events] };
  schemas["EventLines"] = { title: "Events as NDJSON", type: "string", description: "One event as JSON a line." };
  return schemas;
}
