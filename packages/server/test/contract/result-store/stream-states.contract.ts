import { expect, it } from "vitest";
import type { ResultStoreBench } from "./result-store-bench.js";

/** What an engine writes of a stream is what the next engine finds. */
export function streamStatesContract(bench: ResultStoreBench): void {
  it("loads the newest state of each stream of one partition number", async () => {
    await bench.commit({
      states: [
        { streamId: "beta", partition: 0, state: { n: 1 } },
        { streamId: "alpha", partition: 0, state: [1, "two", null, { three: 3.5 }] },
        { streamId: "gamma", partition: 1, state: "elsewhere" },
      ],
    });
    await bench.commit({ states: [{ streamId: "beta", partition: 0, state: { n: 2 } }] });
    expect(await bench.store.loadStreamStates(0)).toEqual([
      { streamId: "alpha", state: [1, "two", null, { three: 3.5 }] },
      { streamId: "beta", state: { n: 2 } },
    ]);
    expect(await bench.store.loadStreamStates(1)).toEqual([{ streamId: "gamma", state: "elsewhere" }]);
    expect(await bench.store.loadStreamStates(2)).toEqual([]);
  });
}
