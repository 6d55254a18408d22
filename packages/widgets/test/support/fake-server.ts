/**
 * A server in one process that speaks the live protocol and the parts of REST that the pages read, with seeded streams
 * behind it. It stands in for the real one in screenshots and end-to-end tests.
 *
 * To extend it: give a stream another `DemoStream`, or add a route to `answer`. What a test must be able to provoke
 * (a lost link, silence, a close code) is a method of the returned handle.
 */
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { WebSocketServer, type WebSocket } from "ws";
import { DemoStream } from "../../src/demo/demo-stream.js";

export interface FakeStream {
  readonly streamId: string;
  readonly name: string;
  readonly title: string | null;
  readonly category: string | null;
  readonly isLive: boolean;
  readonly seed: number;
}

export interface FakeServerOptions {
  /** Folder with the built pages. */
  readonly pagesDir: string;
  readonly streams: readonly FakeStream[];
  /** Default: any free port. */
  readonly port?: number;
  /** Pause between frames, ms. Default 1,500. */
  readonly intervalMs?: number;
  /** Seconds that a stream lives through from one frame to the next. Default: as long as the pause. */
  readonly stepSeconds?: number;
  /** How long the streams have been going on. Default 620 s. */
  readonly pastSeconds?: number;
}

export interface FakeServer {
  readonly origin: string;
  /** Sockets open now. */
  connectionCount(): number;
  /** Cuts every socket, with a close code or (0) without a word. */
  cut(code: number): void;
  /** Stops or resumes the frames; sockets stay open. */
  setSilent(isSilent: boolean): void;
  close(): Promise<void>;
}

/** What the pages may load; the real server is expected to be as strict. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: https:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

export async function startFakeServer(options: FakeServerOptions): Promise<FakeServer> {
  const { intervalMs = 1_500, pastSeconds = 620 } = options;
  const { stepSeconds = intervalMs / 1000 } = options;
  const startMs = Date.now() - pastSeconds * 1000;
  const streams = new Map(
    options.streams.map((info) => {
      const stream = new DemoStream({ seed: info.seed, startMs, streamId: info.streamId });
      stream.advance(pastSeconds);
      return [info.streamId, { info, stream }];
    }),
  );
  const sockets = new Map<WebSocket, string>();
  let isSilent = false;
  let owedSeconds = 0;

  const server = createServer((request, response) => void answer(request, response));
  const live = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    const streamId = /^\/ws\/live\/([^/?]+)/.exec(request.url ?? "")?.[1];
    if (streamId === undefined) return socket.destroy();
    live.handleUpgrade(request, socket, head, (client) => greet(client, decodeURIComponent(streamId)));
  });
  const ticking = setInterval(tick, intervalMs);
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));

  function greet(client: WebSocket, streamId: string): void {
    sockets.set(client, streamId);
    client.on("close", () => sockets.delete(client));
    client.on("message", () => client.send(JSON.stringify({ type: "pong", timestamp: new Date().toISOString() })));
    const place = { stream_id: streamId, epoch: "demo", offset: 0 };
    const timestamp = new Date().toISOString();
    client.send(JSON.stringify({ type: "connected", ...place, message: "hello", timestamp, interval_ms: intervalMs }));
    const frame = streams.get(streamId)?.stream.advance(0).at(-1) ?? silentFrame(streamId, timestamp);
    client.send(JSON.stringify(frame));
  }

  function tick(): void {
    owedSeconds += stepSeconds;
    const seconds = Math.floor(owedSeconds);
    owedSeconds -= seconds;
    for (const [streamId, { info, stream }] of streams) {
      if (!info.isLive) continue;
      const frames = stream.advance(seconds).map((message) => JSON.stringify(message));
      if (isSilent) continue;
      for (const [client, followed] of sockets) {
        if (followed === streamId) for (const frame of frames) client.send(frame);
      }
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const [, streamId, part] = /^\/api\/v1\/streams\/([^/]+)\/(metrics|moments)$/.exec(pathname) ?? [];
    const known = streams.get(decodeURIComponent(streamId ?? ""));
    if (pathname === "/api/v1/streams") return json(response, 200, [...streams.values()].map(listed));
    if (part !== undefined && known === undefined) return json(response, 404, { error: "not_found" });
    if (part === "metrics") return json(response, 200, known?.stream.history().slice(0, 60));
    if (part === "moments") return json(response, 200, known?.stream.moments);
    await sendFile(response, fileOf(pathname));
  }

  async function sendFile(response: ServerResponse, file: string): Promise<void> {
    try {
      const body = await readFile(join(options.pagesDir, normalize(file)));
      response.writeHead(200, {
        "content-type": CONTENT_TYPES[extname(file)] ?? "application/octet-stream",
        "content-security-policy": CONTENT_SECURITY_POLICY,
        "cache-control": "no-cache",
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  }

  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    connectionCount: () => sockets.size,
    cut(code) {
      for (const client of sockets.keys()) {
        if (code === 0) client.terminate();
        else client.close(code);
      }
    },
    setSilent(value) {
      isSilent = value;
    },
    async close() {
      clearInterval(ticking);
      for (const client of sockets.keys()) client.terminate();
      live.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function fileOf(pathname: string): string {
  if (pathname === "/") return "dashboard.html";
  return pathname.startsWith("/overlay/") ? "overlay.html" : pathname.slice(1);
}

function listed({ info, stream }: { readonly info: FakeStream; readonly stream: DemoStream }): unknown {
  return {
    stream_id: info.streamId,
    streamer_name: info.name,
    title: info.title,
    game_category: info.category,
    started_at: null,
    is_live: info.isLive,
    viewer_count: info.isLive ? (stream.history(1)[0]?.viewer_count ?? null) : null,
  };
}

/** A stream that nobody has seen yet: accepted, with nothing known (F16). */
function silentFrame(streamId: string, timestamp: string): unknown {
  return {
    type: "metrics",
    stream_id: streamId,
    epoch: "demo",
    offset: 1,
    timestamp,
    viewer_count: null,
    chat_rate: null,
    unique_chatters: null,
    top_emotes: [],
    sentiment_score: null,
    chat_rate_baseline: null,
    chat_rate_threshold: null,
    recent_moments: [],
  };
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
