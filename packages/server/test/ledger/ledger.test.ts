import { describe, expect, it } from "vitest";
import { oracleRows } from "../../../core/test/support/oracle.js";
import { IndependentCount } from "./independent-count.js";
import { Ledger, compareEntries } from "./ledger.js";
import { LedgerEvents } from "./ledger-events.js";

const START_MS = Date.UTC(2026, 0, 1, 18, 0, 7, 313);

function someEvents(seconds: number, more: { repeats?: number; messagesPerSecond?: number } = {}) {
  const source = new LedgerEvents({ seed: 11, startMs: START_MS, streams: 3, ...more });
  return [...source.takeUntil(seconds), ...source.takeRest(), ...source.ends()];
}

describe("the ledger", () => {
  it("counts quickly what the obvious way counts slowly", () => {
    const events = someEvents(200, { repeats: 0.1, messagesPerSecond: 2 });
    const count = new IndependentCount();
    for (const event of events) count.add(event);
    const obvious = oracleRows(events).toSorted((a, b) =>
      a.stream_id < b.stream_id ? -1 : a.stream_id > b.stream_id ? 1 : 0,
    );
    expect(obvious.length).toBeGreaterThan(70);
    expect(count.rows()).toEqual(obvious);
  });

  it("has moments of several types to lose", () => {
    const ledger = new Ledger({ scorer: false });
    ledger.add(someEvents(600));
    const types = [...ledger.expected()]
      .filter(([key]) => key.startsWith("moment "))
      .map(([, [text]]) => (JSON.parse(text!) as { moment_type: string }).moment_type);
    expect(new Set(types).size).toBeGreaterThanOrEqual(3);
    expect(types.length).toBeGreaterThanOrEqual(8);
  });

  it("tells what is lost, what is there twice and what is another", () => {
    const entries = (list: readonly (readonly [string, readonly string[]])[]) => new Map(list);
    const expected = entries([
      ["a", ["1"]],
      ["b", ["2"]],
      ["c", ["3"]],
      ["d", ["4"]],
    ]);
    const actual = entries([
      ["a", ["1"]],
      ["b", ["2", "2"]],
      ["c", ["5"]],
      ["x", ["6"]],
    ]);
    expect(compareEntries(expected, actual)).toMatchObject({ lost: 1, duplicated: 2, changed: 1 });
    expect(compareEntries(expected, expected)).toEqual({ lost: 0, duplicated: 0, changed: 0, examples: [] });
  });
});
