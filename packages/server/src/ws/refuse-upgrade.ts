import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { errorBody, type HttpError } from "../http/http-error.js";

/** Answers a request for a socket with an error, in the shape of every other error, and closes the connection. */
export function refuseUpgrade(socket: Duplex, error: HttpError, nowMs: number): void {
  const body = JSON.stringify(errorBody(error, randomUUID(), nowMs));
  const headers = {
    Connection: "close",
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": String(Buffer.byteLength(body)),
    ...error.headers,
  };
  const lines = [
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status] ?? "Error"}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.end(`${lines.join("\r\n")}\r\n\r\n${body}`);
}
