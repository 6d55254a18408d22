import type { Config } from "../config/load-config.js";
import type { LiveHealth } from "../http/deps.js";
import type { Logger } from "../logger.js";
import type { Metrics } from "../metrics.js";
import type { Hub } from "../ports/hub.js";
import type { LiveView } from "../ports/live-view.js";
import type { ResultStore } from "../ports/result-store.js";
import type { SnapshotCache } from "../ports/snapshot-cache.js";

/** What the live push needs of the service. */
export interface LiveDeps {
  readonly hub: Hub;
  readonly liveView: LiveView;
  readonly store: Pick<ResultStore, "readMoments">;
  readonly cache: SnapshotCache;
  readonly config: Pick<
    Config,
    | "wsIntervalMs"
    | "wsDrainMs"
    | "wsMaxConnections"
    | "wsMaxConnectionsPerAddress"
    | "corsOrigins"
    | "allowedHosts"
    | "trustedProxies"
  >;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly limits?: Partial<LiveLimits>;
  /** Epoch milliseconds; the process clock by default. */
  readonly now?: () => number;
  /** In [0, 1), for jitter. */
  readonly random?: () => number;
}

/** When a reader counts as gone or too slow, how much it may say, and how long the hub may take. */
export interface LiveLimits {
  /** Longest time the hub may take for an answer before it counts as unreachable. Default 5,000. */
  readonly hubTimeoutMs: number;
  /** Default 15,000. */
  readonly pingIntervalMs: number;
  /** A ping without a pong for this long closes the socket. Default 10,000. */
  readonly pongTimeoutMs: number;
  /** Unsent bytes beyond which a socket is closed rather than lose a moment. Default 1 MiB. */
  readonly maxBufferedBytes: number;
  /** Bytes may wait unsent this long before the socket is closed. Default 30,000. */
  readonly stallTimeoutMs: number;
  /** Default 4,096. */
  readonly maxMessageBytes: number;
  /** Messages and pings that a client may send in a second. Default 10. */
  readonly maxMessagesPerSecond: number;
}

export const DEFAULT_LIVE_LIMITS: LiveLimits = {
  hubTimeoutMs: 5_000,
  pingIntervalMs: 15_000,
  pongTimeoutMs: 10_000,
  maxBufferedBytes: 1_048_576,
  stallTimeoutMs: 30_000,
  maxMessageBytes: 4_096,
  maxMessagesPerSecond: 10,
};

export interface LiveGateway {
  health(): LiveHealth;
  /**
   * Takes no new socket from now on, asks every reader to come back a little later and closes the sockets spread over
   * the drain time. Resolves when all are gone; further calls share the outcome.
   */
  drain(): Promise<void>;
}
