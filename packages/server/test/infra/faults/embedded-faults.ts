import { setTimeout as delay } from "node:timers/promises";
import type { EventInput } from "@telemetra/core";
import { seeded } from "../../integration/numbered-events.js";
import { SETTLED_MS } from "./bad-records.js";
import type { EmbeddedRig } from "./embedded-rig.js";
import type { Measurement } from "./measurement.js";
import { encoded } from "./pump.js";

/** Each kill comes in the midst of a post, which is made again until somebody takes it. */
export async function killEmbedded(rig: EmbeddedRig, count: number): Promise<Measurement> {
  const random = seeded(21);
  const answers: number[] = [];
  rig.start();
  await rig.send(rig.source.take(500));
  for (let kill = 0; kill < count; kill++) {
    const aliveMs = performance.now() + 300 + random() * 2_000;
    const killed = delay(aliveMs - performance.now()).then(async () => {
      await rig.kill();
      const sinceMs = performance.now();
      rig.start();
      return sinceMs;
    });
    while (performance.now() < aliveMs) await rig.send(rig.source.take(100));
    const sinceMs = await killed;
    await rig.send(rig.source.take(100));
    answers.push(performance.now() - sinceMs);
  }
  return { ...(await rig.finish(count, answers)), eventsPerSecond: undefined };
}

/** Over HTTP, what is no event is refused by its index; what is late becomes a dead letter all the same. */
export async function postBadEvents(rig: EmbeddedRig, count: number): Promise<Measurement> {
  rig.start();
  await rig.send(rig.source.take(100));
  // Event time must not stand still meanwhile, or the clock would move it on (W5).
  const settledMs = performance.now() + SETTLED_MS;
  while (performance.now() < settledMs) {
    await rig.send(rig.source.take(50));
    await delay(200);
  }
  const { streamIds } = rig.source;
  const refused = { malformed: 0, ahead: 0, late: 0 };
  for (let post = 0; post < count; post++) {
    await rig.send(rig.source.take(100));
    const base = { type: "chat", stream_id: streamIds[post % streamIds.length], user_id: "u", username: "u" };
    const late = {
      ...base,
      event_id: `late${post}`,
      message: "m",
      timestamp: rig.source.reachedMs - 2 * 3_600_000,
    };
    const bad = [
      late,
      { ...base, event_id: `ahead${post}`, message: "m", timestamp: Date.now() + 24 * 3_600_000 },
      ...Array.from({ length: 5 }, (_, at) => ({ ...base, event_id: `bad${post}-${at}`, message: at })),
    ];
    const { accepted, rejected } = await rig.post(bad);
    const codes = rejected.map(({ index, code }) => `${index} ${code}`).join();
    const wanted = "1 future_timestamp,2 missing_field,3 missing_field,4 missing_field,5 missing_field,6 missing_field";
    if (accepted !== 1 || codes !== wanted) throw new Error(`post ${post} was answered by ${accepted}, ${codes}`);
    rig.ledger.addDeadLetter("late", encoded(late as EventInput));
    refused.late += 1;
    refused.ahead += 1;
    refused.malformed += 5;
  }
  const { malformed, ahead, late } = refused;
  return rig.finish(
    1,
    [],
    [
      `${malformed} that are no events and ${ahead} early ones were refused by index, ${late} late ones are dead letters`,
    ],
  );
}

/** The one must be refused by its index, the 999 others taken. */
export async function poisonPosts(rig: EmbeddedRig, count: number): Promise<Measurement> {
  rig.start();
  await rig.untilServing();
  const answers: number[] = [];
  for (let round = 0; round < count; round++) {
    const events = rig.source.take(999);
    rig.ledger.add(events);
    const body: unknown[] = [...events];
    body.splice(500, 0, ["no event", 5, null, { type: "chat" }][round % 4]);
    const sinceMs = performance.now();
    const { accepted, rejected } = await rig.post(body);
    answers.push(performance.now() - sinceMs);
    if (accepted !== 999 || rejected.length !== 1 || rejected[0]!.index !== 500) {
      throw new Error(`${accepted} of 999 were accepted`);
    }
  }
  return { ...(await rig.finish(count, answers)), eventsPerSecond: undefined };
}
