import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

/**
 * Prometheus metrics of one service. Names begin with `telemetra_`, units are base units, and no label ever carries a
 * stream, a user or a path that somebody typed: the number of series is bounded.
 */
export interface Metrics {
  readonly registry: Registry;
  readonly httpRequestSeconds: Histogram<"method" | "route" | "status_class">;
  readonly ingestEvents: Counter<"result">;
  readonly liveConnections: Gauge;
  readonly liveRefusals: Counter<"reason">;
  readonly liveCloses: Counter<"code">;
  readonly liveResumes: Counter<"result">;
  readonly liveFramesSent: Counter<"lane">;
  readonly liveFramesConflated: Counter;
  readonly liveTickSeconds: Histogram;
  readonly liveTicksSkipped: Counter;
  readonly liveFanOutSeconds: Histogram;
}

export interface MetricsOptions {
  /** Also collect memory, CPU, event loop and garbage collection of the process; on by default. */
  readonly collectProcess?: boolean;
}

const PREFIX = "telemetra_";

export function createMetrics({ collectProcess = true }: MetricsOptions = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (collectProcess) collectDefaultMetrics({ register: registry, prefix: PREFIX });
  return {
    registry,
    httpRequestSeconds: new Histogram({
      name: `${PREFIX}http_request_duration_seconds`,
      help: "Time from a request's arrival to the end of its answer.",
      labelNames: ["method", "route", "status_class"],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
    ingestEvents: new Counter({
      name: `${PREFIX}ingest_events_total`,
      help: "Events posted over HTTP, by verdict: accepted, duplicate or rejected.",
      labelNames: ["result"],
      registers,
    }),
    liveConnections: new Gauge({ name: `${PREFIX}live_connections`, help: "Open live sockets.", registers }),
    liveRefusals: new Counter({
      name: `${PREFIX}live_refusals_total`,
      help: "Live sockets refused before the upgrade, by reason.",
      labelNames: ["reason"],
      registers,
    }),
    liveCloses: new Counter({
      name: `${PREFIX}live_closes_total`,
      help: "Live sockets closed, by close code (other for codes that only a client sends).",
      labelNames: ["code"],
      registers,
    }),
    liveResumes: new Counter({
      name: `${PREFIX}live_resumes_total`,
      help: "Live sockets opened with ?since, by result: recovered or lost.",
      labelNames: ["result"],
      registers,
    }),
    liveFramesSent: new Counter({
      name: `${PREFIX}live_frames_sent_total`,
      help: "Frames handed to sockets, by lane.",
      labelNames: ["lane"],
      registers,
    }),
    liveFramesConflated: new Counter({
      name: `${PREFIX}live_frames_conflated_total`,
      help: "Metrics frames left out because their reader had not taken the one before.",
      registers,
    }),
    liveTickSeconds: new Histogram({
      name: `${PREFIX}live_tick_duration_seconds`,
      help: "Time to compute and publish one frame for every stream that is watched.",
      buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    }),
    liveTicksSkipped: new Counter({
      name: `${PREFIX}live_ticks_skipped_total`,
      help: "Ticks left out because the one before was not done.",
      registers,
    }),
    liveFanOutSeconds: new Histogram({
      name: `${PREFIX}live_fan_out_duration_seconds`,
      help: "Time from a frame's arrival to its last reader: the frame's age at the slowest of them.",
      buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    }),
  };
}
