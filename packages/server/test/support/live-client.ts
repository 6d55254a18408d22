import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { LiveMessage } from "@telemetra/core";
import { WebSocket, type ClientOptions } from "ws";
import { until } from "./until.js";

export type MessageOf<T extends LiveMessage["type"]> = Extract<LiveMessage, { type: T }>;

/** A reader of a live socket that remembers everything it was told. */
export interface LiveClient {
  readonly socket: WebSocket;
  readonly messages: readonly LiveMessage[];
  ofType<T extends LiveMessage["type"]>(type: T): MessageOf<T>[];
  /** Waits until at least `count` messages of a type have come; gives them. */
  untilType<T extends LiveMessage["type"]>(type: T, count?: number): Promise<MessageOf<T>[]>;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  close(): Promise<void>;
}

export async function openLive(
  service: { readonly port: number },
  target: string,
  options: ClientOptions = {},
): Promise<LiveClient> {
  const socket = new WebSocket(`ws://127.0.0.1:${service.port}/ws/live/${target}`, options);
  const messages: LiveMessage[] = [];
  socket.on("message", (data) => messages.push(JSON.parse((data as Buffer).toString()) as LiveMessage));
  const closed = once(socket, "close").then(([code, reason]) => ({
    code: code as number,
    reason: (reason as Buffer).toString(),
  }));
  await once(socket, "open");
  const ofType = <T extends LiveMessage["type"]>(type: T): MessageOf<T>[] =>
    messages.filter((message): message is MessageOf<T> => message.type === type);
  return {
    socket,
    messages,
    ofType,
    async untilType(type, count = 1) {
      await until(() => ofType(type).length >= count, { what: `${count} messages of type ${type} on ${target}` });
      return ofType(type);
    },
    closed,
    async close() {
      socket.close();
      await closed;
    },
  };
}

/** Asks for a socket that must be refused before the upgrade. */
export async function refusedUpgrade(
  service: { readonly port: number },
  path: string,
  options: ClientOptions = {},
): Promise<{
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Record<string, unknown>;
}> {
  const socket = new WebSocket(`ws://127.0.0.1:${service.port}${path}`, options);
  socket.on("error", () => {});
  const [, response] = (await once(socket, "unexpected-response")) as [unknown, IncomingMessage];
  let text = "";
  for await (const chunk of response) text += String(chunk);
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: JSON.parse(text) as Record<string, unknown>,
  };
}
