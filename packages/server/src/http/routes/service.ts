import { HttpError } from "../http-error.js";
import { sendPage, welcomePage } from "../pages.js";
import { defineRoute } from "../route.js";
import { component } from "../schemas.js";

const LINKS = {
  health: "/api/v1/health",
  streams: "/api/v1/streams",
  events: "/api/v1/events",
  live: "/ws/live/{stream_id}",
  docs: "/docs",
  openapi: "/openapi.json",
  metrics: "/metrics",
} as const;

export const serviceRoutes = [
  defineRoute({
    method: "get",
    path: "/",
    operationId: "getRoot",
    tag: "Service",
    summary: "The dashboard for browsers, facts about the server for programs",
    answers: {
      200: { description: "The dashboard to `Accept: text/html`, else JSON.", schema: component("Info") },
    },
    async handle({ request, response, deps }) {
      response.vary("Accept");
      if (request.accepts(["json", "html"]) === "html") {
        if (!(await sendPage(response, deps.widgetsDirectory, "dashboard.html"))) {
          welcomePage(response, deps.config.apiTitle);
        }
        return;
      }
      response.json({ name: deps.config.apiTitle, version: deps.version, status: "running", links: LINKS });
    },
  }),
  defineRoute({
    method: "get",
    path: "/health",
    operationId: "getHealth",
    tag: "Service",
    summary: "Answers as long as the process does",
    answers: { 200: { description: "It answers.", schema: component("Status") } },
    handle: ({ response }) => void response.json({ status: "ok" }),
  }),
  defineRoute({
    method: "get",
    path: "/liveness",
    operationId: "getLiveness",
    tag: "Service",
    summary: "Whether the process should be left running; depends on nothing else",
    answers: { 200: { description: "Leave it running.", schema: component("Status") } },
    handle: ({ response }) => void response.json({ status: "ok" }),
  }),
  defineRoute({
    method: "get",
    path: "/ready",
    operationId: "getReadiness",
    tag: "Service",
    summary: "Whether requests should be sent here",
    answers: {
      200: { description: "Send them.", schema: component("Status") },
      503: { description: "Starting, stopping, or without its database.", schema: component("Error") },
    },
    async handle({ response, deps }) {
      const reason = await deps.health.whyNotReady();
      if (reason !== undefined) throw new HttpError(503, "not_ready", reason, { headers: { "Retry-After": "2" } });
      response.json({ status: "ready" });
    },
  }),
  defineRoute({
    method: "get",
    path: "/api/v1/health",
    operationId: "getHealthReport",
    tag: "Service",
    summary: "How the parts of the service are",
    description: "Always 200: it is a report. Balancers ask `/ready`.",
    answers: { 200: { description: "The report.", schema: component("HealthReport") } },
    async handle({ response, deps }) {
      response.json(await deps.health.report());
    },
  }),
  defineRoute({
    method: "get",
    path: "/metrics",
    operationId: "getPrometheusMetrics",
    tag: "Service",
    summary: "Metrics of the service itself, for Prometheus",
    answers: { 200: { description: "Text exposition format.", contentType: "text/plain" } },
    async handle({ response, deps }) {
      const { registry } = deps.metrics;
      const exposition = await registry.metrics();
      response.setHeader("Content-Type", registry.contentType);
      response.end(exposition);
    },
  }),
];
