import { loadConfig } from "../../src/config/load-config.js";
import type { OpenApiDocument } from "../../src/http/openapi.js";

interface Operation {
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly description: string;
    readonly schema: Readonly<Record<string, unknown>>;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
}

/** The text of `docs/reference/http.md`, from the document that the server publishes. */
export function renderHttpReference(document: OpenApiDocument): string {
  const { config } = loadConfig({ env: {} });
  const tags = document["tags"] as readonly { readonly name: string; readonly description: string }[];
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation: operation as Operation })),
  );
  const sections = tags.flatMap(({ name, description }) => [
    `## ${name}`,
    "",
    description,
    "",
    ...operations.filter(({ operation }) => operation.tags[0] === name).flatMap(renderOperation),
  ]);
  return [...intro(config.httpBodyLimitBytes, config.httpMaxEvents), ...sections].join("\n");
}

function intro(bodyLimitBytes: number, maxEvents: number): string[] {
  return [
    "# HTTP API",
    "",
    "Made from the OpenAPI document that every server publishes at `/openapi.json` and shows at `/docs`.",
    "",
    "**Errors** have one body, `{error, detail, code, timestamp, request_id}`: `error` names the status, `detail` is a",
    "sentence for people, `code` a slug for programs. With `Accept: application/problem+json` the same members come as a",
    "problem document with `type`, `title` and `status`. A sound `X-Request-Id` (1 to 64 of A–Z a–z 0–9 \\_ -) is kept, any",
    "other replaced; the answer carries it.",
    "",
    '**Lists** are arrays. Where there is a next page, `Link` names it with `rel="next"`. A known stream without data is',
    "`200 []`, an unknown one 404. Parameters are taken as they are meant or refused with 422; unknown ones have no meaning.",
    "",
    "**Instants** are RFC 3339; a `+` in a query is written `%2B`. Ranges are half-open: `start_time <= timestamp < end_time`.",
    "",
    `**Limits** by default: ${bodyLimitBytes} bytes and ${maxEvents} events a request (see HTTP_BODY_LIMIT_BYTES and`,
    "HTTP_MAX_EVENTS in the [configuration](config.md)).",
    "",
    "**Access.** Nothing asks for credentials: who can reach the server may use it, which is why it listens on this machine",
    "only unless told otherwise. Pages of other origins are let in by `CORS_ORIGINS`, host names by `ALLOWED_HOSTS`.",
    "",
  ];
}

function renderOperation({
  path,
  method,
  operation,
}: {
  path: string;
  method: string;
  operation: Operation;
}): string[] {
  const { summary, description, parameters = [], requestBody, responses } = operation;
  const query = parameters.filter((parameter) => parameter.in === "query");
  return [
    `### \`${method.toUpperCase()} ${path}\``,
    "",
    `${summary}.`,
    ...(description === undefined ? [] : ["", description]),
    "",
    ...(requestBody === undefined ? [] : [`Takes ${Object.keys(requestBody.content).map(code).join(", ")}.`, ""]),
    ...(query.length === 0
      ? []
      : [
          "| Parameter | Must be | Default | Meaning |",
          "| --- | --- | --- | --- |",
          ...query.map(({ name, schema, description: meaning }) => {
            const value = schema["default"] === undefined ? "" : code(JSON.stringify(schema["default"]));
            return `| ${code(name)} | ${describe(schema)} | ${value} | ${meaning} |`;
          }),
          "",
        ]),
    ...Object.entries(responses)
      .filter(([status]) => status !== "421" && status !== "5XX")
      .map(([status, response]) => `- **${status}** ${response.description}`),
    "",
  ];
}

function describe(schema: Readonly<Record<string, unknown>>): string {
  if (Array.isArray(schema["enum"])) return `one of ${schema["enum"].join(", ")}`;
  if (schema["format"] === "date-time") return "RFC 3339 instant";
  if (schema["minimum"] !== undefined)
    return `${JSON.stringify(schema["minimum"])} to ${JSON.stringify(schema["maximum"])}`;
  return "text";
}

function code(text: string): string {
  return `\`${text}\``;
}
