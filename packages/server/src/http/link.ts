import type { Request } from "express";

/** The query of a request as it was sent. */
export function searchOf(request: Pick<Request, "originalUrl">): URLSearchParams {
  const start = request.originalUrl.indexOf("?");
  return new URLSearchParams(start === -1 ? "" : request.originalUrl.slice(start + 1));
}

/** A `Link` header to the same request with some parameters changed. */
export function nextLink(request: Request, change: Readonly<Record<string, string>>): string {
  const search = searchOf(request);
  for (const [name, value] of Object.entries(change)) search.set(name, value);
  return `<${request.baseUrl}${request.path}?${search.toString()}>; rel="next"`;
}
