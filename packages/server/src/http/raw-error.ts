import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { errorBody, type HttpError } from "./http-error.js";

/** Answers with an error where there is no response object, in the shape of every other error, and closes the connection. */
export function sendRawError(socket: Duplex, error: HttpError, nowMs: number): void {
  const requestId = randomUUID();
  const body = JSON.stringify(errorBody(error, requestId, nowMs));
  const headers = {
    Connection: "close",
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": String(Buffer.byteLength(body)),
    "X-Content-Type-Options": "nosniff",
    "X-Request-Id": requestId,
    ...error.headers,
  };
  const lines = [
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status] ?? "Error"}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.end(`${lines.join("\r\n")}\r\n\r\n${body}`);
}
