import type { PartitionLag } from "../pipeline/lag.js";

/** `unavailable` is a part that did not answer its ping in time. */
export type PartStatus = "ok" | "unavailable";

/** The body of `/api/v1/health`. */
export interface HealthReport {
  readonly status: "ok" | "degraded" | "error";
  readonly timestamp: string;
  readonly database: PartStatus;
  readonly redis: PartStatus;
  readonly kafka: PartStatus;
  /** What is not as it should be, a sentence each; empty when all is well. */
  readonly reasons: readonly string[];
  /** How far results are behind the log, by partition of this process; empty while that cannot be told. */
  readonly lag: readonly PartitionLag[];
}

/** One check per part; rejects when the part cannot be used now. The names are those of the parts' full-mode adapters. */
export interface HealthChecks {
  /** The result store. */
  readonly database: () => Promise<void>;
  /** Cache and hub. */
  readonly redis: () => Promise<void>;
  /** The event log and whoever reads it. */
  readonly kafka: () => Promise<void>;
}

export interface Health {
  report(): Promise<HealthReport>;
  /** `undefined` when requests may come; otherwise why not, as a sentence. */
  whyNotReady(): Promise<string | undefined>;
  /** The start is over: from now on readiness depends on the database. */
  markStarted(): void;
  /** Not ready any more: balancers send their requests elsewhere. */
  markDraining(): void;
}

export interface HealthOptions {
  readonly checks: HealthChecks;
  /** What is not as it should be though every part answers, a sentence each. */
  readonly troubles?: () => readonly string[];
  /** Why no request should come though the database answers. */
  readonly whyNotReady?: () => string | undefined;
  readonly lag?: () => Promise<readonly PartitionLag[]>;
  /** A part that takes longer counts as unavailable. Default 2,000. */
  readonly timeoutMs?: number;
  /** How long an answer is reused, so that probes cost the parts nothing. Default 1,000. */
  readonly maxAgeMs?: number;
  readonly now?: () => number;
}

/**
 * Without the database nothing can be answered: `error`, not ready. Without the cache or the log reading goes on:
 * `degraded`, ready; so it is while results cannot be written.
 */
export function createHealth(options: HealthOptions): Health {
  const { checks, timeoutMs = 2_000, maxAgeMs = 1_000, now = Date.now } = options;
  const { troubles = () => [], lag = async () => [] } = options;
  let phase: "starting" | "started" | "draining" = "starting";
  let latest: { readonly report: Promise<HealthReport>; readonly atMs: number } | undefined;

  const take = async (): Promise<HealthReport> => {
    const [database, redis, kafka, partitions] = await Promise.all([
      probe(checks.database, timeoutMs),
      probe(checks.redis, timeoutMs),
      probe(checks.kafka, timeoutMs),
      within(lag(), timeoutMs, []),
    ]);
    const reasons = [
      ...(database === "ok" ? [] : ["the database does not answer"]),
      ...(redis === "ok" ? [] : ["the cache or the fan-out does not answer"]),
      ...(kafka === "ok" ? [] : ["the event log does not answer, or is not read any more"]),
      ...troubles(),
    ];
    return {
      status: database !== "ok" ? "error" : reasons.length > 0 ? "degraded" : "ok",
      timestamp: new Date(now()).toISOString(),
      database,
      redis,
      kafka,
      reasons,
      lag: partitions,
    };
  };

  const report = (): Promise<HealthReport> => {
    if (latest === undefined || now() - latest.atMs >= maxAgeMs) latest = { report: take(), atMs: now() };
    return latest.report;
  };

  return {
    report,
    async whyNotReady() {
      if (phase === "starting") return "the service is starting";
      if (phase === "draining") return "the service is stopping";
      if ((await report()).database !== "ok") return "the database cannot be reached";
      return options.whyNotReady?.();
    },
    markStarted() {
      if (phase === "starting") phase = "started";
    },
    markDraining() {
      phase = "draining";
    },
  };
}

function probe(check: () => Promise<void>, timeoutMs: number): Promise<PartStatus> {
  return within<PartStatus>(
    check().then(() => "ok"),
    timeoutMs,
    "unavailable",
  );
}

/** What somebody answers, or something else when that fails or takes too long. */
async function within<T>(answer: Promise<T>, timeoutMs: number, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), timeoutMs);
  });
  try {
    return await Promise.race([answer.catch(() => otherwise), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
