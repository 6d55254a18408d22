import { setTimeout as delay } from "node:timers/promises";
import type { EventInput } from "@telemetra/core";
import { until } from "../../support/until.js";
import { BadRecords, SETTLED_MS } from "./bad-records.js";
import type { FullRig } from "./full-rig.js";
import type { Measurement } from "./measurement.js";
import { encoded } from "./pump.js";

/** What must not count is mixed in as fast as what does. */
export async function mixInBadRecords(rig: FullRig, seconds: number): Promise<Measurement> {
  await rig.start();
  const bad = new BadRecords(rig);
  rig.pump.start();
  await rig.untilCommitted(1);
  const startedMs = performance.now();
  let sent = rig.pump.sent;
  for (let ms = 0; ms < seconds * 1_000; ms = performance.now() - startedMs) {
    await delay(100);
    const good = rig.pump.sent - sent;
    sent = rig.pump.sent;
    await rig.pump.sendRecords(bad.next(good, ms > SETTLED_MS));
  }
  return rig.finish(1, [], [bad.summary()]);
}

/** Every batch of 1,000 has one such record in its midst, and the other 999 must not wait for it. */
export async function poisonBatches(rig: FullRig, count: number): Promise<Measurement> {
  await rig.start();
  await rig.pump.send(rig.source.take(1_000));
  await rig.untilCommitted(1);
  const poisons = [
    { value: Buffer.from('{"event_id": "broken'), code: "invalid_json" },
    { value: Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d]), code: "invalid_json" },
    { value: null, code: "invalid_json" },
  ];
  const stalls = [];
  for (let round = 0; round < count; round++) {
    await until(() => rig.committed >= rig.pump.sent, { timeoutMs: 40_000, what: "everything committed" });
    const { value, code } = poisons[round % poisons.length]!;
    const chats: EventInput[] = [];
    while (chats.length < 999) {
      const events = rig.source.take(999 - chats.length);
      chats.push(...events.filter(({ type }) => type === "chat"));
      await rig.pump.send(events.filter(({ type }) => type !== "chat"));
    }
    rig.ledger.add(chats);
    const values: (Buffer | null)[] = chats.map((event) => Buffer.from(encoded(event)));
    values.splice(500, 0, value);
    const sinceMs = performance.now();
    await rig.pump.sendBytes("chat", "ledger_0", values);
    rig.ledger.addDeadLetter(code, value ?? "");
    await until(() => rig.committed >= rig.pump.sent, { timeoutMs: 20_000, what: "999 of 1,000 committed" });
    stalls.push({ firstCommitMs: performance.now() - sinceMs });
  }
  return { ...(await rig.finish(count, stalls)), eventsPerSecond: undefined };
}
