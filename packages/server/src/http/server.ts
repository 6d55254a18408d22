import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { HttpError } from "./http-error.js";
import { sendRawError } from "./raw-error.js";

/** A start that cannot succeed for a reason that the person at the terminal can change. Its message is one line. */
export class StartError extends Error {
  override readonly name = "StartError";
  readonly code = "cannot_start";
}

/** An HTTP server that nobody can hold by being slow: headers within 10 s, a whole request within 30 s. */
export function createHttpServer(listener: RequestListener): Server {
  const server = createServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      // Longer than the 60 s of common balancers, so that it is they who close idle connections.
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: 5_000,
      maxHeaderSize: 16_384,
      // Anything else that a client offers to change to is declined by answering as if it had not.
      shouldUpgradeCallback: (request) => request.headers.upgrade?.toLowerCase() === "websocket",
    },
    listener,
  );
  server.maxHeadersCount = 100;
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (error.code === "ECONNRESET" || !socket.writable) socket.destroy();
    else sendRawError(socket, unreadableRequest(error.code), Date.now());
  });
  return server;
}

/** What reaches us is no request that any route could answer. */
function unreadableRequest(code: string | undefined): HttpError {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return new HttpError(431, "headers_too_large", "the headers of a request may have 16384 bytes");
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return new HttpError(408, "request_timeout", "the request took too long to arrive");
    default:
      return new HttpError(400, "bad_request", "the request is not readable as HTTP");
  }
}

/** Resolves to the port once the server listens. @throws StartError when it cannot. */
export function listen(server: Server, { host, port }: { host: string; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => reject(explainListenError(error, host, port));
    server.once("error", fail);
    server.listen({ host, port }, () => {
      server.removeListener("error", fail);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function explainListenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const choose = "choose another with --port <number> or PORT";
  switch (error.code) {
    case "EADDRINUSE":
      return new StartError(`port ${port} on ${host} is already in use; ${choose}`, { cause: error });
    case "EACCES":
      return new StartError(`port ${port} on ${host} may not be used by this user; ${choose}`, { cause: error });
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new StartError(`${host} is no address of this machine; choose another with --host or HOST`, {
        cause: error,
      });
    default:
      return error;
  }
}

/** Takes no new connection and resolves when the open requests are answered; cuts those that take longer. */
export async function closeServer(server: Server, timeoutMs: number): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), timeoutMs);
  await closed;
  clearTimeout(timer);
}
