import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { createMetrics } from "../src/metrics.js";
import { createPipelineMetrics } from "../src/pipeline-metrics.js";
import type { PartitionLag } from "../src/pipeline/lag.js";
import { makeBatch } from "./support/records.js";

const repository = new URL("../../../", import.meta.url).pathname;

function setUp(lag: () => Promise<readonly PartitionLag[]> = async () => []) {
  const { registry } = createMetrics({ collectProcess: false });
  const pipeline = { retries: 0, isStale: () => false };
  const metrics = createPipelineMetrics({ registry, lag: { read: lag }, pipeline });
  const lines = async (name: string): Promise<string[]> =>
    (await registry.metrics()).split("\n").filter((line) => line.startsWith(name));
  return { registry, pipeline, metrics, lines };
}

/** The text of `docs/reference/metrics.md`, from what the service registers. */
async function renderReference(): Promise<string> {
  const all = setUp().registry.getMetricsAsArray() as unknown as readonly {
    readonly name: string;
    readonly help: string;
    readonly type: string;
    readonly labelNames?: readonly string[];
    readonly constructor: { readonly name: string };
  }[];
  const rows = all
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
    .map(({ name, help, labelNames = [], constructor }) => {
      const labels = labelNames.map((label) => `\`${label}\``).join(", ");
      return `| \`${name}\` | ${constructor.name.toLowerCase()} | ${labels} | ${help} |`;
    });
  const text = [
    "# Metrics",
    "",
    "What `GET /metrics` tells Prometheus beside the usual figures of a Node process (`telemetra_process_…`,",
    "`telemetra_nodejs_…`). Units are base units; no label carries a stream, a user or a path that somebody typed, so the",
    "number of series is bounded.",
    "",
    "| Name | Type | Labels | Meaning |",
    "| --- | --- | --- | --- |",
    ...rows,
    "",
  ];
  return format(text.join("\n"), { parser: "markdown", printWidth: 120 });
}

describe("metrics", () => {
  // `npx vitest run packages/server/test/metrics.test.ts -u` writes it anew.
  it("docs/reference/metrics.md is current", async () => {
    await expect(await renderReference()).toMatchFileSnapshot(`${repository}docs/reference/metrics.md`);
  });

  it("tell the lag by kind and partition, and nothing of it while the log cannot be asked", async () => {
    let answer = async (): Promise<readonly PartitionLag[]> => [
      { topic: "chat", partition: 3, records: 12, seconds: 1.5 },
      { topic: "viewer", partition: 3, records: 1, seconds: null },
    ];
    const { lines } = setUp(() => answer());
    expect(await lines("telemetra_log_lag")).toEqual([
      'telemetra_log_lag_records{topic="chat",partition="3"} 12',
      'telemetra_log_lag_records{topic="viewer",partition="3"} 1',
      'telemetra_log_lag_seconds{topic="chat",partition="3"} 1.5',
    ]);
    answer = () => Promise.reject(new Error("no broker"));
    expect(await lines("telemetra_log_lag")).toEqual([]);
  });

  it("count dead letters by reason, gaps of the log, and calls that were made again", async () => {
    const { lines, metrics, pipeline } = setUp();
    const letter = { topic: "chat", partition: 0, value: "{", detail: "" } as const;
    const deadLetters = ["late", "late", "invalid_json"].map((code, offset) => ({ ...letter, offset, code }));
    metrics.noteCommit(makeBatch({ deadLetters }));
    metrics.noteGap();
    pipeline.retries = 7;
    pipeline.isStale = () => true;
    expect(await lines("telemetra_dead_letters_total")).toEqual([
      'telemetra_dead_letters_total{code="late"} 2',
      'telemetra_dead_letters_total{code="invalid_json"} 1',
    ]);
    expect(await lines("telemetra_log_gaps_total")).toEqual(["telemetra_log_gaps_total 1"]);
    expect(await lines("telemetra_store_retries_total")).toEqual(["telemetra_store_retries_total 7"]);
    expect(await lines("telemetra_store_retries_total")).toEqual(["telemetra_store_retries_total 7"]);
    expect(await lines("telemetra_results_stalled")).toEqual(["telemetra_results_stalled 1"]);
  });
});
