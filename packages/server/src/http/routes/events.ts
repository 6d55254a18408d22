import { readEvents, readEventsFormat } from "../events-body.js";
import { fromPort, HttpError } from "../http-error.js";
import { defineRoute } from "../route.js";
import { component } from "../schemas.js";

const error = (description: string) => ({ description, schema: component("Error") });

export const eventRoutes = [
  defineRoute({
    method: "post",
    path: "/api/v1/events",
    operationId: "postEvents",
    tag: "Events",
    summary: "Takes events: one, an array, or one a line",
    description:
      "Every event gets a verdict and none stops the others. The answer comes after accepted events are durable. " +
      "Sending the same event again is safe: a repeated `event_id` is a duplicate, not a second event. " +
      "Nothing is coerced; an optional field that is `null` counts as absent; unknown fields are left out. " +
      "As NDJSON (one event a line) empty lines are skipped and a line that cannot be read is a verdict. " +
      "A body may be compressed (`Content-Encoding: gzip`, `deflate` or `br`).",
    body: {
      description: "One event, an array of events, or NDJSON.",
      content: {
        "application/json": "#/components/schemas/EventsBody",
        "application/x-ndjson": "#/components/schemas/EventLines",
        "application/jsonl": "#/components/schemas/EventLines",
      },
    },
    answers: {
      202: { description: "At least one event was accepted or known already.", schema: component("IngestReport") },
      400: error("The body is no JSON."),
      403: error("Sent by a page of another origin that CORS_ORIGINS does not list."),
      413: error("More bytes or events than a request may carry."),
      415: error("Not JSON or NDJSON in UTF-8, or an unknown compression."),
      422: { description: "Every event was refused.", schema: component("IngestRefusal") },
      503: error("The event log cannot be reached at the moment; nothing was taken."),
    },
    async handle({ request, response, deps }) {
      const format = readEventsFormat(request.headers["content-type"]);
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const events = readEvents(body, format, deps.config.httpMaxEvents);
      const report = await fromPort("the event log", deps.ingest.accept(events));
      const counts = { accepted: report.accepted, duplicate: report.duplicates, rejected: report.rejected.length };
      for (const [result, count] of Object.entries(counts)) deps.metrics.ingestEvents.inc({ result }, count);
      if (report.accepted + report.duplicates === 0) {
        const detail =
          events.length === 0
            ? "the body holds no event"
            : `${events.length === 1 ? "the event was" : `all ${events.length} events were`} refused; see rejected`;
        const code = events.length === 0 ? "no_events" : "all_rejected";
        throw new HttpError(422, code, detail, { members: { ...report } });
      }
      response.status(202).json(report);
    },
  }),
];
