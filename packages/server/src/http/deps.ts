import type { Config } from "../config/load-config.js";
import type { Logger } from "../logger.js";
import type { Metrics } from "../metrics.js";
import type { Ingest } from "../ports/ingest.js";
import type { ResultStore } from "../ports/result-store.js";
import type { Health } from "./health.js";

/** What the HTTP side needs of the service. */
export interface AppDeps {
  readonly store: Pick<ResultStore, "listStreams" | "getStream" | "readMetrics" | "readMoments" | "readStats">;
  readonly ingest: Ingest;
  readonly health: Health;
  /** The numbers of `/ws/live/health`. */
  readonly liveHealth: () => LiveHealth;
  readonly config: Pick<Config, "apiTitle" | "corsOrigins" | "allowedHosts" | "httpBodyLimitBytes" | "httpMaxEvents">;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Version of this package, as `/` and the OpenAPI document name it. */
  readonly version: string;
  /** The built widgets (`packages/widgets/dist`): pages and their assets are below `pages/`. */
  readonly widgetsDirectory: string;
  /** Epoch milliseconds; the process clock by default. */
  readonly now?: () => number;
}

export interface LiveHealth {
  readonly status: "ok" | "draining";
  readonly active_streams: number;
  readonly total_connections: number;
  readonly streams: Readonly<Record<string, number>>;
}
