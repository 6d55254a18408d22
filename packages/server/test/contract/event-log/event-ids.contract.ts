import fc from "fast-check";
import { expect, it } from "vitest";
import type { AppendRecord } from "../../../src/ports/event-log.js";
import { makeAppend } from "../../support/records.js";
import { readAll, type LogBench } from "./log-bench.js";

export interface EventLogTraits {
  /** Whether a repeated id is told after a restart too. */
  readonly remembersIdsAcrossRestarts: boolean;
}

/** An event id is taken once in each stream. */
export function eventIdsContract(bench: LogBench, { remembersIdsAcrossRestarts }: EventLogTraits): void {
  it("tells a repeated event id within one call and does not append it again", async () => {
    const log = await bench.open();
    expect(await log.append([makeAppend("1"), makeAppend("2"), makeAppend("1", { value: '"other"' })])).toEqual([
      "appended",
      "appended",
      "duplicate",
    ]);
    expect((await readAll(log, 2)).values()).toEqual(['{"event_id":"1"}', '{"event_id":"2"}']);
  });

  it("tells a repeated event id of another call, made before or at the same time, and of another kind", async () => {
    const log = await bench.open();
    const [first, second] = await Promise.all([log.append([makeAppend("1")]), log.append([makeAppend("1")])]);
    expect([first, second].flat().toSorted()).toEqual(["appended", "duplicate"]);
    expect(await log.append([makeAppend("1", { type: "viewer" }), makeAppend("3")])).toEqual(["duplicate", "appended"]);
    expect((await readAll(log, 2)).values()).toHaveLength(2);
  });

  it("takes the same event id of another stream for another event", async () => {
    const log = await bench.open();
    expect(await log.append([makeAppend("1"), makeAppend("1", { streamId: "beta" })])).toEqual([
      "appended",
      "appended",
    ]);
  });

  it("gives a verdict for each record of any list of appends, in order", async () => {
    const log = await bench.open();
    const seen = new Set<string>();
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 6 }), { maxLength: 6 }),
        async (calls) => {
          round++;
          const lists = calls.map((ids) => ids.map((id) => makeAppend(`${round}-${id}`)));
          const verdicts = await Promise.all(lists.map((list) => log.append(list)));
          lists.forEach((list, at) => {
            expect(verdicts[at]).toEqual(list.map((record) => verdictFor(seen, record)));
          });
        },
      ),
      { numRuns: 15 },
    );
  });

  if (remembersIdsAcrossRestarts) {
    it("tells a repeated event id after a restart", async () => {
      const log = await bench.open();
      await log.append([makeAppend("1")]);
      expect(await (await bench.reopen()).append([makeAppend("1"), makeAppend("2")])).toEqual([
        "duplicate",
        "appended",
      ]);
    });
  }
}

function verdictFor(seen: Set<string>, record: AppendRecord): string {
  if (seen.has(record.eventId)) return "duplicate";
  seen.add(record.eventId);
  return "appended";
}
