import { setTimeout as delay } from "node:timers/promises";
import { seeded } from "../../integration/numbered-events.js";
import { until } from "../../support/until.js";
import type { FullRig } from "./full-rig.js";
import type { Measurement } from "./measurement.js";

const clock = new URL("../../support/clock-jumps.mjs", import.meta.url).href;

/** Kills fall into the work of the process most of the time, else into its start; each counts until the next one. */
export async function killAtRandom(rig: FullRig, count: number): Promise<Measurement> {
  const random = seeded(1);
  const kills: number[] = [];
  let service = await rig.start();
  rig.pump.start();
  await rig.untilCommitted(1);
  for (let kill = 0; kill < count; kill++) {
    // Most of the time anywhere in its work, else anywhere in its start.
    const isStarting = random() < 0.3;
    if (!isStarting) await rig.untilCommitted(1);
    await delay(random() * (isStarting ? 6_000 : 2_500));
    await rig.kill(service);
    kills.push(performance.now());
    service = await rig.start();
  }
  await rig.untilCaughtUp();
  return rig.finish(
    count,
    kills.map((atMs, at) => rig.recovery(atMs, kills[at + 1])),
  );
}

/** Each child kills itself between the two commits, after a seeded number of them. */
export async function killAfterCommit(rig: FullRig, count: number): Promise<Measurement> {
  const random = seeded(2);
  const recoveries = [];
  rig.pump.start();
  for (let kill = 0; kill < count; kill++) {
    const sinceMs = performance.now();
    const child = rig.startChild("process-until-fault.ts", { dieAfter: 1 + Math.floor(random() * 12) });
    await child.exited;
    if (child.lines.at(-1) !== "committed") throw new Error(`the child ended without a commit: ${child.errors()}`);
    if (kill > 0) recoveries.push(() => rig.recovery(sinceMs));
  }
  await rig.start();
  await rig.untilCaughtUp();
  // Who has no second kill has caught up only with the last process, so that is no figure of a fault.
  const firsts = recoveries.map((recovery) => ({ firstCommitMs: recovery().firstCommitMs }));
  return rig.finish(count, firsts);
}

/** A child that freezes itself wakes up as a zombie: every write of it must be refused. */
export async function freezeBeforeCommit(rig: FullRig, count: number): Promise<Measurement> {
  const recoveries = [];
  rig.pump.start();
  await rig.start();
  await rig.untilCommitted(1);
  let refused = 0;
  for (let freeze = 0; freeze < count; freeze++) {
    const child = rig.startChild("process-until-fault.ts", { freezeEvery: 8 });
    await child.untilLines(1);
    const sinceMs = performance.now();
    const partition = Number(/\d+/.exec(child.lines[0]!)![0]);
    // The other one owns the partition, and has written.
    await until(
      async () => {
        const [row] = await rig.database.query<{ owner: string }>(
          "SELECT owner FROM log_positions WHERE topic = 'chat' AND partition = $1",
          [partition],
        );
        return row !== undefined && !row.owner.startsWith("child");
      },
      { timeoutMs: 30_000, what: "another owner" },
    );
    await rig.untilCommitted(2_000);
    recoveries.push(rig.recovery(sinceMs));
    process.kill(child.pid, "SIGCONT");
    await child.untilLines(2);
    if (child.lines[1] === "fenced") refused += 1;
    await child.kill();
  }
  await rig.untilCaughtUp();
  if (refused !== count) throw new Error(`${refused} of ${count} writes of zombies were refused`);
  return rig.finish(count, recoveries, [`${refused} of ${count} writes of zombies were refused`]);
}

/** Each signal makes the clock of the process jump once more, see `clock-jumps.mjs`. */
export async function jumpClock(rig: FullRig, count: number): Promise<Measurement> {
  const service = await rig.start([clock]);
  rig.pump.start();
  await rig.untilServing(service);
  const recoveries = [];
  for (let jump = 0; jump < count; jump++) {
    await rig.untilCommitted(1_000);
    service.program.child.kill("SIGUSR2");
    const sinceMs = performance.now();
    await rig.untilCommitted(1_000);
    recoveries.push(rig.recovery(sinceMs));
  }
  return rig.finish(count, recoveries);
}

/** Caught up is when the two that go on have committed what the dead one owned, to the end of every partition. */
export async function killOneOfThree(rig: FullRig, count: number): Promise<Measurement> {
  rig.pump.start();
  let running = [await rig.start()];
  const random = seeded(10);
  const recoveries = [];
  for (let round = 0; round < count; round++) {
    await rig.untilCommitted(2_000);
    while (running.length < 3) running.push(await rig.start());
    await Promise.all(running.map((service) => rig.untilServing(service)));
    await rig.untilCommitted(2_000);
    const victim = running[Math.floor(random() * running.length)]!;
    await rig.kill(victim);
    const sinceMs = performance.now();
    running = running.filter((service) => service !== victim);
    // What nobody reads any more has come by then.
    await delay(1_000);
    await rig.untilAllCommitted();
    recoveries.push({ caughtUpMs: performance.now() - sinceMs });
  }
  return rig.finish(count, recoveries);
}
