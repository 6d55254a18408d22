import { Counter, Gauge, type Registry } from "prom-client";
import type { Lag } from "./pipeline/lag.js";
import type { CommitBatch } from "./ports/result-store.js";

export interface PipelineMetricsOptions {
  readonly registry: Registry;
  readonly lag: Lag;
  readonly pipeline: { readonly retries: number; isStale(): boolean };
}

/** What the way of an event from the log to the database tells Prometheus. */
export interface PipelineMetrics {
  noteCommit(batch: CommitBatch): void;
  noteGap(): void;
}

const PREFIX = "telemetra_";

/** Values that are asked for are measured when somebody scrapes them. */
export function createPipelineMetrics({ registry, lag, pipeline }: PipelineMetricsOptions): PipelineMetrics {
  const registers = [registry];
  // Each asks for itself, since all are asked at once; the answer is measured once for both.
  const collectLag = async (gauge: Gauge<"topic" | "partition">, value: "records" | "seconds"): Promise<void> => {
    const partitions = await lag.read().catch(() => []);
    gauge.reset();
    for (const one of partitions) {
      const amount = one[value];
      if (amount !== null) gauge.set({ topic: one.topic, partition: String(one.partition) }, amount);
    }
  };
  new Gauge({
    name: `${PREFIX}log_lag_records`,
    help: "Records of the log whose results are not written yet, by kind and partition of this process; absent while the log cannot be asked.",
    labelNames: ["topic", "partition"],
    registers,
    async collect() {
      await collectLag(this, "records");
    },
  });
  new Gauge({
    name: `${PREFIX}log_lag_seconds`,
    help: "Time from the newest event whose results are written to now, by kind and partition of this process; 0 when nothing waits.",
    labelNames: ["topic", "partition"],
    registers,
    async collect() {
      await collectLag(this, "seconds");
    },
  });
  new Gauge({
    name: `${PREFIX}results_stalled`,
    help: "1 while results cannot be written, else 0.",
    registers,
    collect() {
      this.set(pipeline.isStale() ? 1 : 0);
    },
  });
  new Counter({
    name: `${PREFIX}store_retries_total`,
    help: "Calls of the database that had to be made again for a passing reason.",
    registers,
    collect() {
      this.reset();
      this.inc(pipeline.retries);
    },
  });
  const deadLetters = new Counter({
    name: `${PREFIX}dead_letters_total`,
    help: "Records that became dead letters, by reason.",
    labelNames: ["code"],
    registers,
  });
  const gaps = new Counter({
    name: `${PREFIX}log_gaps_total`,
    help: "Times that records were gone from the log before they were read, and reading went on behind them.",
    registers,
  });
  return {
    noteCommit: (batch) => {
      for (const { code } of batch.deadLetters) deadLetters.inc({ code });
    },
    noteGap: () => gaps.inc(),
  };
}
