import type { IncomingMessage } from "node:http";

/**
 * Whether a request names a host that is served. Without a list every name is; requests without a Host are HTTP/1.0.
 */
export function isAllowedHost(request: IncomingMessage, allowedHosts: readonly string[] | undefined): boolean {
  if (allowedHosts === undefined) return true;
  const host = request.headers.host;
  if (host === undefined) return false;
  return allowedHosts.includes(host.replace(/:\d+$/, "").toLowerCase());
}

/**
 * Whether a page of this origin may use the server: programs send no origin, our own pages send our own host, others
 * must be listed. Only hosts are compared for our own pages: a proxy in front may speak TLS where we do not.
 */
export function isAllowedOrigin(request: IncomingMessage, corsOrigins: readonly string[]): boolean {
  const { origin } = request.headers;
  if (origin === undefined || corsOrigins.includes(origin)) return true;
  const host = URL.parse(origin)?.host;
  return host !== undefined && host !== "" && host === request.headers.host?.toLowerCase();
}
