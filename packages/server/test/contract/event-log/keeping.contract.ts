import { expect, it, vi } from "vitest";
import type { LogPartition } from "../../../src/ports/event-log.js";
import { startChild } from "../../support/child-program.js";
import { makeAppend } from "../../support/records.js";
import { recordingConsumer } from "../../support/recording-consumer.js";
import { PATIENCE, readAll, type LogBench } from "./log-bench.js";

/** What is acknowledged stays, byte by byte, over a restart and a kill. */
export function keepingContract(bench: LogBench): void {
  it("keeps acknowledged records when it is closed and opened again", async () => {
    const log = await bench.open();
    await log.append([makeAppend("1"), makeAppend("2", { type: "viewer" })]);
    const { values } = await readAll(await bench.reopen(), 2);
    expect([values("chat"), values("viewer")]).toEqual([['{"event_id":"1"}'], ['{"event_id":"2"}']]);
  });

  it("keeps every acknowledged record when the process that appended is killed", async () => {
    const child = startChild("append-until-killed.ts", { config: bench.config, streamId: "alpha" });
    await child.untilLines(150);
    await child.kill();
    const acknowledged = [...child.lines];
    const { values } = await readAll(await bench.open(), acknowledged.length);
    const kept = values().map((value) => JSON.parse(value) as string);
    expect(acknowledged.filter((id) => !kept.includes(id))).toEqual([]);
    expect(new Set(kept).size).toBe(kept.length);
  });

  it("gives back exactly the text that was appended", async () => {
    const log = await bench.open();
    const texts = [
      '{"a":"\\u0000 \\"quoted\\""}',
      '"Grüße 🎉 \u2028"',
      `"${"x".repeat(20_000)}"`,
      "not JSON at all",
      "",
    ];
    await log.append(texts.map((value, at) => makeAppend(String(at), { value })));
    expect((await readAll(log, texts.length)).values()).toEqual(texts);
  });

  it("keeps what results still need, and goes on from there, when it is told what they do not need", async () => {
    const log = await bench.open();
    await log.append(Array.from({ length: 5 }, (_, at) => makeAppend(String(at))));
    const { records } = await readAll(log, 5);
    const { topic, partition } = records()[0]!;
    log.committed?.([{ topic, partition, lowOffset: 3 }]);
    const startAt = (place: LogPartition): number => (place.topic === topic && place.partition === partition ? 3 : 0);
    const consumer = recordingConsumer(startAt);
    const consumption = await log.consume(consumer);
    await vi.waitFor(() => expect(consumer.records().map(({ offset }) => offset)).toEqual([3, 4]), PATIENCE);
    await consumption.stop();
  });

  it("puts records in once more, whatever their ids, in order and marked", async () => {
    const log = await bench.open();
    await log.append([makeAppend("1"), makeAppend("2")]);
    const first = await readAll(log, 2);
    const { topic, partition } = first.records()[0]!;
    const again = ['{"event_id":"2"}', "{broken", "NUL \0 and 🎉"].map((value) => ({
      topic,
      partition,
      bytes: Buffer.from(value),
    }));
    await log.appendAgain([{ ...again[0]!, streamId: "alpha" }, ...again.slice(1)]);
    const { records } = await readAll(await bench.reopen(), 5);
    expect(records().map(({ value, isReplay }) => [value, isReplay ?? false])).toEqual([
      ['{"event_id":"1"}', false],
      ['{"event_id":"2"}', false],
      ['{"event_id":"2"}', true],
      ["{broken", true],
      ["NUL \0 and 🎉", true],
    ]);
    expect(new Set(records().map((record) => record.partition)).size).toBe(1);
  });
}
