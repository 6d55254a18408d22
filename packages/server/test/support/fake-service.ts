import type { AddressInfo } from "node:net";
import type { LiveSnapshot } from "@telemetra/core";
import { createLocalHub } from "../../src/adapters/local/local-hub.js";
import { createMemorySnapshotCache } from "../../src/adapters/memory/memory-snapshot-cache.js";
import { loadConfig, type Config } from "../../src/config/load-config.js";
import { createApp } from "../../src/http/app.js";
import { createHealth, type Health } from "../../src/http/health.js";
import { closeServer, createHttpServer } from "../../src/http/server.js";
import { createMetrics, type Metrics } from "../../src/metrics.js";
import { createIngest } from "../../src/pipeline/event-ingest.js";
import type { AppendRecord, AppendVerdict } from "../../src/ports/event-log.js";
import type { Hub } from "../../src/ports/hub.js";
import type { SnapshotCache } from "../../src/ports/snapshot-cache.js";
import { silentLogger, type Logger } from "../../src/logger.js";
import type { LiveDeps, LiveGateway } from "../../src/ws/deps.js";
import { attachLiveGateway } from "../../src/ws/gateway.js";
import { FakeStore } from "./fake-store.js";

export interface FakeServiceOptions {
  readonly config?: Partial<Config>;
  readonly widgetsDirectory?: string;
  readonly hub?: Hub;
  readonly cache?: SnapshotCache;
  readonly limits?: LiveDeps["limits"];
  readonly logger?: Logger;
}

export interface FakeService {
  readonly url: string;
  readonly port: number;
  readonly store: FakeStore;
  readonly log: FakeLog;
  readonly hub: Hub;
  readonly cache: SnapshotCache;
  /** What `liveView` knows; a stream that is not in here is unknown. */
  readonly live: Map<string, LiveSnapshot>;
  /** Whether `liveView` falls behind. */
  isStale: boolean;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly gateway: LiveGateway;
  close(): Promise<void>;
}

/** Appends to an array; a repeated (stream, id) is a duplicate. */
export class FakeLog {
  readonly records: AppendRecord[] = [];
  failure: Error | undefined;
  readonly #seen = new Set<string>();

  async append(records: readonly AppendRecord[]): Promise<readonly AppendVerdict[]> {
    if (this.failure !== undefined) throw this.failure;
    return records.map((record) => {
      const key = `${record.streamId}\0${record.eventId}`;
      if (this.#seen.has(key)) return "duplicate";
      this.#seen.add(key);
      this.records.push(record);
      return "appended";
    });
  }

  async ping(): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
  }
}

/** The HTTP side and the gateway on a real port, over fakes of what lies behind them. */
export async function startFakeService(options: FakeServiceOptions = {}): Promise<FakeService> {
  const config: Config = { ...loadConfig({ env: {} }).config, wsDrainMs: 200, ...options.config };
  const store = new FakeStore();
  const log = new FakeLog();
  const hub = options.hub ?? createLocalHub();
  const cache = options.cache ?? createMemorySnapshotCache();
  const live = new Map<string, LiveSnapshot>();
  const service = { isStale: false };
  const metrics = createMetrics({ collectProcess: false });
  const logger = options.logger ?? silentLogger;
  const health = createHealth({
    checks: { database: () => store.ping(), redis: () => cache.ping(), kafka: () => log.ping() },
    maxAgeMs: 0,
  });
  const server = createHttpServer((request, response) => void app(request, response));
  const gateway = attachLiveGateway(server, {
    hub,
    cache,
    store,
    liveView: { live: (streamId) => live.get(streamId), isStale: () => service.isStale },
    config,
    logger,
    metrics,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
  const app = createApp({
    store,
    ingest: createIngest({ log, now: Date.now, maxFutureMs: config.maxFutureMs }),
    health,
    liveHealth: () => gateway.health(),
    config,
    logger,
    metrics,
    version: "1.2.3",
    widgetsDirectory: options.widgetsDirectory ?? "/nonexistent",
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  health.markStarted();
  const { port } = server.address() as AddressInfo;
  return Object.assign(service, {
    url: `http://127.0.0.1:${port}`,
    port,
    store,
    log,
    hub,
    cache,
    live,
    health,
    metrics,
    gateway,
    async close() {
      await gateway.drain();
      server.closeAllConnections();
      await closeServer(server, 100);
    },
  });
}
