/** `unavailable` is a part that did not answer its ping in time. */
export type PartStatus = "ok" | "unavailable";

/** The body of `/api/v1/health`. */
export interface HealthReport {
  readonly status: "ok" | "degraded" | "error";
  readonly timestamp: string;
  readonly database: PartStatus;
  readonly redis: PartStatus;
  readonly kafka: PartStatus;
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
  /** A part that takes longer counts as unavailable. Default 2,000. */
  readonly timeoutMs?: number;
  /** How long an answer is reused, so that probes cost the parts nothing. Default 1,000. */
  readonly maxAgeMs?: number;
  readonly now?: () => number;
}

/**
 * Without the database nothing can be answered: `error`, not ready. Without the cache or the log reading goes on:
 * `degraded`, ready.
 */
export function createHealth(options: HealthOptions): Health {
  const { checks, timeoutMs = 2_000, maxAgeMs = 1_000, now = Date.now } = options;
  let phase: "starting" | "started" | "draining" = "starting";
  let latest: { readonly report: Promise<HealthReport>; readonly atMs: number } | undefined;

  const take = async (): Promise<HealthReport> => {
    const [database, redis, kafka] = await Promise.all(
      [checks.database, checks.redis, checks.kafka].map((check) => probe(check, timeoutMs)),
    );
    const isDegraded = redis !== "ok" || kafka !== "ok";
    return {
      status: database !== "ok" ? "error" : isDegraded ? "degraded" : "ok",
      timestamp: new Date(now()).toISOString(),
      database: database ?? "unavailable",
      redis: redis ?? "unavailable",
      kafka: kafka ?? "unavailable",
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
      return (await report()).database === "ok" ? undefined : "the database cannot be reached";
    },
    markStarted() {
      if (phase === "starting") phase = "started";
    },
    markDraining() {
      phase = "draining";
    },
  };
}

async function probe(check: () => Promise<void>, timeoutMs: number): Promise<PartStatus> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<PartStatus>((resolve) => {
    timer = setTimeout(() => resolve("unavailable"), timeoutMs);
  });
  const answer = check().then(
    () => "ok" as const,
    () => "unavailable" as const,
  );
  try {
    return await Promise.race([answer, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
