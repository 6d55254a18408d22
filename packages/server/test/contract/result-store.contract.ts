import { describe } from "vitest";
import { clockContract } from "./result-store/clock.contract.js";
import { commitsContract } from "./result-store/commits.contract.js";
import { metricsContract } from "./result-store/metrics.contract.js";
import { momentsContract } from "./result-store/moments.contract.js";
import { openingContract } from "./result-store/opening.contract.js";
import { positionsContract } from "./result-store/positions.contract.js";
import type { ResultStoreHarness } from "./result-store/result-store-bench.js";
import { retentionContract } from "./result-store/retention.contract.js";
import { statsContract } from "./result-store/stats.contract.js";
import { streamStatesContract } from "./result-store/stream-states.contract.js";
import { streamsContract } from "./result-store/streams.contract.js";
import { useStoreBench } from "./store-bench.js";

/** Every promise of the `ResultStore` port as a test; any adapter can be put to it. */
export function resultStoreContract(name: string, createHarness: () => Promise<ResultStoreHarness>): void {
  describe(`${name} keeps the ResultStore contract`, { timeout: 30_000 }, () => {
    const bench = useStoreBench(createHarness);
    describe("positions", () => positionsContract(bench));
    describe("commits", () => commitsContract(bench));
    describe("stream states", () => streamStatesContract(bench));
    describe("streams (F1, F4, F14)", () => streamsContract(bench));
    describe("metrics (F7, F14)", () => metricsContract(bench));
    describe("moments (F14)", () => momentsContract(bench));
    describe("stats (F6)", () => statsContract(bench));
    describe("retention (F8)", () => retentionContract(bench));
    describe("a clock that jumps", () => clockContract(bench));
    describe("opening", () => openingContract(bench));
  });
}
