import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { CLOSE_CODES } from "@telemetra/core";
import { WebSocketServer, type ServerOptions, type WebSocket } from "ws";
import type { LiveHealth } from "../http/deps.js";
import { HttpError } from "../http/http-error.js";
import { sendRawError } from "../http/raw-error.js";
import { createAdmission, type Admitted } from "./admission.js";
import { DEFAULT_LIVE_LIMITS, type LiveDeps, type LiveGateway, type LiveLimits } from "./deps.js";
import { drainSessions } from "./drain.js";
import { FanOut } from "./fan-out.js";
import { inSlices } from "./in-slices.js";
import { readLiveQuery, type LiveQuery } from "./live-query.js";
import { Room } from "./room.js";
import { Session } from "./session.js";
import { startTicker } from "./ticker.js";
import { withDeadline } from "./with-deadline.js";

/** How often silent and stalled readers are looked for. */
const CHECK_INTERVAL_MS = 1_000;
/** "Try again later": the hub gave no place in the stream's history. */
const TRY_AGAIN_LATER = 1013;
/** Codes counted one by one; the rest of what clients may send is one series. */
const COUNTED_CODES = new Set<number>([1000, 1001, 1005, 1006, 1009, 1012, 1013, ...Object.values(CLOSE_CODES)]);

/** Takes over the WebSocket upgrades of a server: `/ws/live/{stream_id}` (design §7) and nothing else. */
export function attachLiveGateway(server: Server, deps: LiveDeps): LiveGateway {
  return new Gateway(server, deps);
}

class Gateway implements LiveGateway {
  readonly #deps: LiveDeps;
  readonly #limits: LiveLimits;
  readonly #now: () => number;
  readonly #random: () => number;
  readonly #webSockets: WebSocketServer;
  readonly #admission;
  readonly #fanOut: FanOut;
  readonly #rooms = new Map<string, Room>();
  readonly #ticker;
  readonly #checkTimer: NodeJS.Timeout;
  #draining: Promise<void> | undefined;

  constructor(server: Server, deps: LiveDeps) {
    this.#deps = deps;
    this.#limits = { ...DEFAULT_LIVE_LIMITS, ...deps.limits };
    this.#now = deps.now ?? Date.now;
    this.#random = deps.random ?? Math.random;
    this.#webSockets = new WebSocketServer(socketOptions(this.#limits));
    this.#admission = createAdmission(deps.config);
    this.#fanOut = new FanOut((elapsedMs) => deps.metrics.liveFanOutSeconds.observe(elapsedMs / 1_000));
    this.#ticker = startTicker(() => this.#rooms.values(), deps.config.wsIntervalMs, deps.metrics);
    this.#checkTimer = setInterval(() => void this.#checkAll(), CHECK_INTERVAL_MS);
    server.on("upgrade", (request, socket, head) => this.#upgrade(request, socket, head));
  }

  health(): LiveHealth {
    const streams = [...this.#rooms].map(([streamId, room]) => [streamId, room.sessions.size] as const);
    return {
      status: this.#draining === undefined ? "ok" : "draining",
      active_streams: streams.length,
      total_connections: this.#admission.connections,
      streams: Object.fromEntries(streams),
    };
  }

  drain(): Promise<void> {
    return (this.#draining ??= this.#drain());
  }

  async #drain(): Promise<void> {
    this.#admission.close();
    await drainSessions(this.#sessions(), {
      maxDurationMs: this.#deps.config.wsDrainMs,
      random: this.#random,
    });
    this.#ticker.stop();
    clearInterval(this.#checkTimer);
    for (const room of this.#rooms.values()) room.close();
    this.#rooms.clear();
  }

  #sessions(): Session[] {
    return [...this.#rooms.values()].flatMap((room) => [...room.sessions]);
  }

  async #checkAll(): Promise<void> {
    await inSlices(this.#sessions(), (session) => session.check(this.#now()));
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // A reset while we answer is the client's business.
    const ignore = (): void => {};
    socket.on("error", ignore);
    let admitted: Admitted;
    try {
      admitted = this.#admission.admit(request);
    } catch (error) {
      const refusal = error instanceof HttpError ? error : new HttpError(500, "internal_error", "the server failed");
      this.#deps.metrics.liveRefusals.inc({ reason: refusal.code });
      sendRawError(socket, refusal, this.#now());
      return;
    }
    // Also when the handshake is refused or breaks off: the place is given back when the connection is gone.
    socket.once("close", admitted.release);
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      socket.removeListener("error", ignore);
      this.#accept(webSocket, admitted);
    });
  }

  #accept(webSocket: WebSocket, { streamId, search }: Admitted): void {
    const { metrics, logger } = this.#deps;
    // Without a listener a protocol error of a client (bad frame, too long) would be ours.
    webSocket.on("error", () => {});
    const query = readLiveQuery(search);
    if (typeof query === "string") {
      this.#countClose(CLOSE_CODES.invalid_request);
      webSocket.send(JSON.stringify({ type: "error", code: "invalid_parameter", message: query }));
      webSocket.close(CLOSE_CODES.invalid_request, "invalid parameter");
      return;
    }
    const session = new Session(webSocket, {
      query,
      metricsGapMs: this.#metricsGap(query),
      limits: this.#limits,
      metrics,
      now: this.#now,
      random: this.#random,
    });
    metrics.liveConnections.inc();
    webSocket.once("close", (code) => {
      metrics.liveConnections.dec();
      this.#countClose(session.closedWith ?? code);
    });
    const room = this.#join(streamId, session, webSocket);
    withDeadline(this.#begin(room, session, query), this.#limits.hubTimeoutMs).catch((error: unknown) => {
      logger.warn({ err: error, stream_id: streamId }, "a live socket could not be served");
      session.close(TRY_AGAIN_LATER, "try again later");
    });
  }

  #countClose(code: number): void {
    this.#deps.metrics.liveCloses.inc({ code: COUNTED_CODES.has(code) ? String(code) : "other" });
  }

  #join(streamId: string, session: Session, webSocket: WebSocket): Room {
    let room = this.#rooms.get(streamId);
    if (room === undefined) {
      room = this.#openRoom(streamId);
    }
    const joined = room;
    joined.sessions.add(session);
    webSocket.once("close", () => {
      joined.sessions.delete(session);
      if (joined.sessions.size > 0) return;
      joined.close();
      this.#forget(joined);
    });
    return joined;
  }

  #openRoom(streamId: string): Room {
    const room = new Room(streamId, this.#deps, this.#fanOut, this.#limits.hubTimeoutMs);
    this.#rooms.set(streamId, room);
    // A room that could not open is of no use to the next reader; those in it are told by their own turn.
    withDeadline(room.opened, this.#limits.hubTimeoutMs).catch(() => this.#forget(room));
    return room;
  }

  #forget(room: Room): void {
    if (this.#rooms.get(room.streamId) === room) this.#rooms.delete(room.streamId);
  }

  /**
   * The session is in the room before the hub is asked what it missed: whatever is published after the answer reaches
   * it through the room, so there is no gap between the two.
   */
  async #begin(room: Room, session: Session, query: LiveQuery): Promise<void> {
    await room.opened;
    const { since } = query;
    if (since === undefined) {
      const { place } = room;
      session.begin(place, [this.#connected(room, place, query), ...this.#firstMetrics(room, place, query)]);
      return;
    }
    const resume = await this.#deps.hub.subscribe(room.streamId, { since, onFrame: () => {} });
    resume.unsubscribe();
    const isRecovered = resume.recovered === true;
    this.#deps.metrics.liveResumes.inc({ result: isRecovered ? "recovered" : "lost" });
    const { place } = resume;
    const missed = resume.missed.filter((frame) => query.lanes.has(frame.lane)).map((frame) => frame.text);
    session.begin(place, [
      // Whoever stops reading after this message resumes from where it was, not from where it would have been.
      this.#connected(room, isRecovered ? since : place, query, isRecovered),
      ...missed,
      ...this.#firstMetrics(room, place, query),
    ]);
  }

  #firstMetrics(room: Room, place: Room["place"], query: LiveQuery): string[] {
    return query.lanes.has("metrics") ? [room.opening(place)] : [];
  }

  #connected(room: Room, place: Room["place"], query: LiveQuery, recovered?: boolean): string {
    return JSON.stringify({
      type: "connected",
      stream_id: room.streamId,
      message: `Connected to the live metrics of ${room.streamId}`,
      timestamp: new Date(this.#now()).toISOString(),
      epoch: place.epoch,
      offset: place.offset,
      interval_ms: Math.max(this.#deps.config.wsIntervalMs, query.intervalMs ?? 0),
      ...(recovered === undefined ? {} : { recovered }),
    });
  }

  /** Who asks for fewer frames than there are ticks gets those of some ticks; a tick may be a little early. */
  #metricsGap({ intervalMs = 0 }: LiveQuery): number {
    const tickMs = this.#deps.config.wsIntervalMs;
    return intervalMs <= tickMs ? 0 : intervalMs - Math.min(50, tickMs / 10);
  }
}

/** Compression stays off: at ten thousand sockets it costs gigabytes, and a frame is under 2 KB. */
function socketOptions({ maxMessageBytes }: LiveLimits): ServerOptions {
  const options: ServerOptions & { closeTimeout: number; maxBufferedChunks: number } = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: maxMessageBytes,
    maxFragments: 16,
    maxBufferedChunks: 64,
    closeTimeout: 2_000,
  };
  return options;
}
