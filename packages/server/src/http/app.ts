import { randomUUID } from "node:crypto";
import express, { type Express, type NextFunction, type Request, type Response } from "express";
import helmet from "helmet";
import { isAllowedHost, isAllowedOrigin } from "./access.js";
import type { AppDeps } from "./deps.js";
import { errorBody, HttpError } from "./http-error.js";
import { buildOpenApi } from "./openapi.js";
import { readQuery } from "./parameters.js";
import { searchOf } from "./link.js";
import type { Route } from "./route.js";
import { documentationRoutes } from "./routes/documentation.js";
import { eventRoutes } from "./routes/events.js";
import { liveRoutes } from "./routes/live.js";
import { pageRoutes } from "./routes/pages.js";
import { serviceRoutes } from "./routes/service.js";
import { streamRoutes } from "./routes/streams.js";

/** The HTTP side of the service as an Express application: every route of `allRoutes`, errors in one shape. */
export function createApp(deps: AppDeps): Express {
  const app = express();
  app.disable("x-powered-by");
  app.set("query parser", false);
  const routes = allRoutes({ title: deps.config.apiTitle, version: deps.version });

  app.use(identify(deps));
  app.use(securityHeaders());
  app.use(guard(deps));
  addRoutes(app, routes, deps);
  app.use((_request, _response, next) => {
    next(nothingHere());
  });
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    answerError(error, request, response, deps);
  });
  return app;
}

export function allRoutes(info: { title: string; version: string }): readonly Route[] {
  const routes: Route[] = [...serviceRoutes, ...streamRoutes, ...eventRoutes, ...liveRoutes, ...pageRoutes];
  routes.push(...documentationRoutes(() => openApi));
  const openApi = buildOpenApi(routes, info);
  return routes;
}

/** Gives the request its id and counts it once it is answered. */
function identify(deps: AppDeps) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const given = request.headers["x-request-id"];
    const requestId = typeof given === "string" && /^[\w-]{1,64}$/.test(given) ? given : randomUUID();
    response.locals["requestId"] = requestId;
    response.setHeader("X-Request-Id", requestId);
    const startedAtMs = performance.now();
    response.once("close", () => {
      const route = (response.locals["route"] as string | undefined) ?? "unmatched";
      const seconds = (performance.now() - startedAtMs) / 1_000;
      const labels = { method: KNOWN_METHODS.has(request.method) ? request.method : "other", route };
      deps.metrics.httpRequestSeconds.observe(
        { ...labels, status_class: `${Math.trunc(response.statusCode / 100)}xx` },
        seconds,
      );
      deps.logger.debug({ ...labels, status: response.statusCode, seconds, request_id: requestId }, "request");
    });
    next();
  };
}

const KNOWN_METHODS = new Set(["GET", "HEAD", "POST", "OPTIONS"]);

/** The policy here is that of JSON answers; pages bring their own. */
function securityHeaders() {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'self'"] },
    },
    // Whether there is TLS in front is the proxy's to know and to promise.
    strictTransportSecurity: false,
  });
}

function guard({ config }: AppDeps) {
  return (request: Request, response: Response, next: NextFunction): void => {
    if (!isAllowedHost(request, config.allowedHosts)) {
      next(new HttpError(421, "unknown_host", "this server does not serve that host name; see ALLOWED_HOSTS"));
      return;
    }
    response.vary("Origin");
    const { origin } = request.headers;
    if (origin !== undefined && config.corsOrigins.includes(origin)) {
      response.setHeader("Access-Control-Allow-Origin", origin);
      response.setHeader("Access-Control-Expose-Headers", "Link, Location, Retry-After, X-Request-Id");
    }
    if (request.method === "POST" && !isAllowedOrigin(request, config.corsOrigins)) {
      next(new HttpError(403, "origin_not_allowed", "pages of this origin may not send here; see CORS_ORIGINS"));
      return;
    }
    response.setHeader("Cache-Control", "no-cache");
    next();
  };
}

function addRoutes(app: Express, routes: readonly Route[], deps: AppDeps): void {
  for (const path of new Set(routes.map((route) => route.path))) {
    const ofPath = routes.filter((route) => route.path === path);
    const methods = ofPath.flatMap(({ method }) => (method === "get" ? ["GET", "HEAD"] : [method.toUpperCase()]));
    const allow = [...methods, "OPTIONS"].join(", ");
    const pattern = expressPath(path);
    app.all(pattern, (_request, response, next) => {
      response.locals["route"] = path;
      next();
    });
    for (const route of ofPath) addRoute(app, pattern, route, deps);
    app.options(pattern, (request, response) => answerOptions(request, response, allow));
    app.all(pattern, (_request, _response, next) => {
      next(new HttpError(405, "method_not_allowed", `this address takes ${allow}`, { headers: { Allow: allow } }));
    });
  }
}

function addRoute(app: Express, pattern: string, route: Route, deps: AppDeps): void {
  if (route.body !== undefined) {
    app[route.method](pattern, express.raw({ type: () => true, limit: deps.config.httpBodyLimitBytes }));
  }
  app[route.method](pattern, async (request, response) => {
    await route.handle({
      request,
      response,
      deps,
      query: readQuery(route.query ?? {}, searchOf(request)),
      param: (name) => readParam(request, name),
    });
  });
}

/** `{name}` as Express writes it; a file may be in a folder. */
function expressPath(path: string): string {
  return path.replace("/assets/{file}", "/assets/*file").replaceAll(/\{(\w+)\}/g, ":$1");
}

function readParam(request: Request, name: string): string {
  const value: unknown = request.params[name];
  return Array.isArray(value) ? value.join("/") : String(value);
}

function answerOptions(request: Request, response: Response, allow: string): void {
  response.setHeader("Allow", allow);
  if (response.hasHeader("Access-Control-Allow-Origin") && "access-control-request-method" in request.headers) {
    response.setHeader("Access-Control-Allow-Methods", allow);
    response.setHeader("Access-Control-Allow-Headers", "Content-Type, X-Request-Id");
    response.setHeader("Access-Control-Max-Age", "600");
  }
  response.status(204).end();
}

/** The one place where an error becomes an answer: what is not an `HttpError` is logged and told in general words. */
function answerError(error: unknown, request: Request, response: Response, deps: AppDeps): void {
  const requestId = String(response.locals["requestId"]);
  const httpError = toHttpError(error, deps);
  const facts = { request_id: requestId, method: request.method, route: response.locals["route"], err: error };
  if (httpError.status >= 500) deps.logger.error(facts, "a request failed");
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = errorBody(httpError, requestId, (deps.now ?? Date.now)());
  const wantsProblem = request.headers.accept?.includes("application/problem+json") === true;
  response.status(httpError.status).set(httpError.headers);
  response.setHeader("Cache-Control", "no-store");
  response.vary("Accept");
  response.type(wantsProblem ? "application/problem+json" : "application/json");
  const problem = { type: "about:blank", title: body.error, status: httpError.status };
  response.send(JSON.stringify(wantsProblem ? { ...problem, ...body } : body));
}

/** For an address that cannot be decoded, too. */
function nothingHere(): HttpError {
  return new HttpError(404, "not_found", "there is nothing at this address; see /docs");
}

function toHttpError(error: unknown, { config }: AppDeps): HttpError {
  if (error instanceof HttpError) return error;
  if (error instanceof URIError) return nothingHere();
  if (error instanceof Error && "status" in error && typeof error.status === "number" && error.status < 500) {
    const limit = `${config.httpBodyLimitBytes} bytes`;
    if (error.status === 413) return new HttpError(413, "body_too_large", `a body may have ${limit}; send several`);
    if (error.status === 415)
      return new HttpError(415, "unsupported_encoding", "send the body plain, gzip, deflate or br");
    return new HttpError(400, "bad_request", "the request is not readable");
  }
  return new HttpError(500, "internal_error", "the server failed to answer; its log knows this request_id");
}
