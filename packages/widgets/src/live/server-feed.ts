import type { StreamAddress } from "./address.js";
import { decodeHistory, decodeMoments } from "./decode-message.js";
import type { Feed, FeedSink } from "./feed.js";
import { LiveClient, type LiveEnvironment } from "./live-client.js";

export interface ServerFeedOptions {
  readonly address: StreamAddress;
  readonly sink: FeedSink;
  /** Default: the browser's socket, timers and chance. */
  readonly environment?: LiveEnvironment;
  /** Default: the browser's `fetch`. */
  readonly fetchJson?: (url: string, signal: AbortSignal) => Promise<unknown>;
}

/** Ten minutes of windows that close every 10 s, and one page of moments. */
const STORED_WINDOW_COUNT = 60;
const STORED_MOMENT_COUNT = 20;

/** A stream on a server: its live socket, with the past from REST beside it so that a chart is useful at once. */
export class ServerFeed implements Feed {
  readonly #options: ServerFeedOptions;
  readonly #client: LiveClient;
  #stopping: AbortController | undefined;
  #wasLive = false;

  constructor(options: ServerFeedOptions) {
    this.#options = options;
    const { address, sink, environment } = options;
    this.#client = new LiveClient({
      url: address.socketUrl,
      ...(environment === undefined ? {} : { environment }),
      onMessage: (message) => {
        sink.apply(message);
        // The very first connection loads the past beside itself; later ones have a gap to fill.
        if (message.type === "connected" && this.#wasLive) void this.#loadPast();
        if (message.type === "connected") this.#wasLive = true;
      },
      onState: (state, reason) => sink.setState(state, reason),
    });
  }

  start(): void {
    if (this.#stopping !== undefined) return;
    this.#stopping = new AbortController();
    this.#listen(this.#stopping.signal);
    this.#client.start();
    void this.#loadPast();
  }

  stop(): void {
    this.#stopping?.abort();
    this.#stopping = undefined;
    this.#client.stop();
  }

  #listen(signal: AbortSignal): void {
    const { document, navigator } = globalThis;
    if (navigator?.onLine === false) this.#client.setOnline(false);
    globalThis.addEventListener?.("online", () => this.#client.setOnline(true), { signal });
    globalThis.addEventListener?.("offline", () => this.#client.setOnline(false), { signal });
    const wakeWhenSeen = (): void => {
      if (!document.hidden) this.#client.wake();
    };
    document?.addEventListener("visibilitychange", wakeWhenSeen, { signal });
  }

  /** The past is a courtesy: without it the widgets start empty and fill up. */
  async #loadPast(): Promise<void> {
    const signal = this.#stopping?.signal;
    if (signal === undefined) return;
    const { address, sink, fetchJson = fetchFromServer } = this.#options;
    await Promise.all([
      fetchJson(`${address.metricsUrl}?limit=${STORED_WINDOW_COUNT}`, signal).then(
        (body) => !signal.aborted && sink.addHistory(decodeHistory(body)),
        () => undefined,
      ),
      fetchJson(`${address.momentsUrl}?limit=${STORED_MOMENT_COUNT}`, signal).then(
        (body) => !signal.aborted && sink.addMoments(decodeMoments(body)),
        () => undefined,
      ),
    ]);
  }
}

async function fetchFromServer(url: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, { signal, headers: { accept: "application/json" } });
  return response.ok ? await response.json() : [];
}
