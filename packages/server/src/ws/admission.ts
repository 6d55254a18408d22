import type { IncomingMessage } from "node:http";
import { isAllowedHost, isAllowedOrigin } from "../http/access.js";
import { HttpError, streamNotFound } from "../http/http-error.js";
import { isStreamId } from "../http/stream-id.js";
import type { LiveDeps } from "./deps.js";
import { createAddressReader, isLoopback } from "./remote-address.js";

/** A request that may become a socket. */
export interface Admitted {
  readonly streamId: string;
  readonly search: URLSearchParams;
  /** To be called once, when the socket is gone. */
  readonly release: () => void;
}

export interface Admission {
  /** @throws HttpError when the request may not become a socket. */
  admit(request: IncomingMessage): Admitted;
  readonly connections: number;
  /** From now on everybody is refused with 503. */
  close(): void;
}

/** Decides before the upgrade, where a refusal costs little: address, host, origin, places left. */
export function createAdmission(config: LiveDeps["config"]): Admission {
  const readAddress = createAddressReader(config.trustedProxies);
  const byAddress = new Map<string, number>();
  let connections = 0;
  let isClosed = false;

  const requirePlace = (address: string): void => {
    const retry = { headers: { "Retry-After": "5" } };
    if (isClosed) throw new HttpError(503, "draining", "the service is stopping", retry);
    if (connections >= config.wsMaxConnections) {
      throw new HttpError(503, "too_many_connections", "there is no place for another live socket", retry);
    }
    const ofAddress = byAddress.get(address) ?? 0;
    if (ofAddress >= config.wsMaxConnectionsPerAddress && !isLoopback(address)) {
      throw new HttpError(429, "too_many_connections", "too many live sockets from this address", retry);
    }
  };

  const takePlace = (address: string): (() => void) => {
    connections++;
    byAddress.set(address, (byAddress.get(address) ?? 0) + 1);
    return () => {
      connections--;
      const left = (byAddress.get(address) ?? 1) - 1;
      if (left === 0) byAddress.delete(address);
      else byAddress.set(address, left);
    };
  };

  return {
    admit(request) {
      const { streamId, search } = readTarget(request.url ?? "");
      if (!isAllowedHost(request, config.allowedHosts)) {
        throw new HttpError(421, "unknown_host", "this server does not serve that host name; see ALLOWED_HOSTS");
      }
      if (!isAllowedOrigin(request, config.corsOrigins)) {
        throw new HttpError(403, "origin_not_allowed", "pages of this origin may not connect; see CORS_ORIGINS");
      }
      const address = readAddress(request);
      requirePlace(address);
      return { streamId, search, release: takePlace(address) };
    },
    get connections() {
      return connections;
    },
    close() {
      isClosed = true;
    },
  };
}

function readTarget(url: string): { readonly streamId: string; readonly search: URLSearchParams } {
  const [path = "", search = ""] = url.split(/\?(.*)/s);
  const part = /^\/ws\/live\/([^/]+)$/.exec(path)?.[1];
  if (part === undefined) throw new HttpError(404, "not_found", "there is no socket at this address");
  const streamId = decode(part);
  if (streamId === undefined || !isStreamId(streamId)) throw streamNotFound(streamId ?? part);
  return { streamId, search: new URLSearchParams(search) };
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
