import { setTimeout as delay } from "node:timers/promises";
import { encodeEvent, parseEvent, type EventInput } from "@telemetra/core";
import { seeded } from "../../integration/numbered-events.js";
import { until } from "../../support/until.js";
import type { LedgerEventsOptions } from "../../ledger/ledger-events.js";
import { EmbeddedRig } from "./embedded-rig.js";
import { FullRig, statusOf, type RigOptions } from "./full-rig.js";
import type { Measurement } from "./measurement.js";

/** Services that may be ended and started again. */
export interface Services {
  readonly brokers: string;
  readonly databaseServer: string;
  readonly endBroker: () => Promise<void>;
  readonly startBroker: () => Promise<void>;
  readonly endDatabase: (signal: "SIGINT" | "SIGQUIT") => Promise<void>;
  readonly startDatabase: () => Promise<void>;
}

export interface Fault {
  readonly id: string;
  /** What is done, for the document. */
  readonly what: string;
  /** How often, or how long, in the short form and in the long one. */
  readonly short: number;
  readonly long: number;
  /** Longest time that one of these may take, s. */
  readonly secondsEach: number;
  readonly run: (services: Services, count: number) => Promise<Measurement>;
}

const clock = new URL("../../support/clock-jumps.mjs", import.meta.url).href;

/** The rows of the matrix over Kafka and PostgreSQL, in the order of the document. */
export const FAULTS: readonly Fault[] = [
  {
    id: "R1",
    what: "the process is killed (`kill -9`) at a random moment, and started again at once",
    short: process.env["CI"] === undefined ? 4 : 20,
    long: 100,
    secondsEach: 30,
    run: (services, count) =>
      withRig(services, {}, async (rig) => {
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
      }),
  },
  {
    id: "R2",
    what: "the process is killed right after the database has committed, before Kafka or anybody else hears of it",
    short: 4,
    long: 50,
    secondsEach: 25,
    run: (services, count) =>
      withRig(services, {}, async (rig) => {
        const random = seeded(2);
        const recoveries = [];
        rig.pump.start();
        for (let kill = 0; kill < count; kill++) {
          const sinceMs = performance.now();
          const child = rig.startChild("process-until-fault.ts", { dieAfter: 1 + Math.floor(random() * 12) });
          await child.exited;
          if (child.lines.at(-1) !== "committed")
            throw new Error(`the child ended without a commit: ${child.errors()}`);
          if (kill > 0) recoveries.push(() => rig.recovery(sinceMs));
        }
        await rig.start();
        await rig.untilCaughtUp();
        // Who has no second kill has caught up only with the last process, so that is no figure of a fault.
        const firsts = recoveries.map((recovery) => ({ firstCommitMs: recovery().firstCommitMs }));
        return rig.finish(count, firsts);
      }),
  },
  {
    id: "R3",
    what: "the process is stopped (`SIGSTOP`) right before a commit until another one has its partitions, then goes on",
    short: 3,
    long: 20,
    secondsEach: 40,
    run: (services, count) =>
      withRig(services, {}, async (rig) => {
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
      }),
  },
  {
    id: "R4",
    what: "PostgreSQL is away: a fast shutdown and a crash (`SIGINT`, `SIGQUIT`), seconds each",
    short: 4,
    long: 60,
    secondsEach: 6,
    run: (services, seconds) =>
      withRig(services, {}, async (rig) => {
        const service = await rig.start();
        await rig.untilServing(service);
        rig.pump.start();
        await rig.untilCommitted(2_000);
        const recoveries = [];
        const unreadyAfter = [];
        for (const signal of ["SIGINT", "SIGQUIT"] as const) {
          const endedMs = performance.now();
          await services.endDatabase(signal);
          await until(async () => (await statusOf(`${service.url}/ready`)) === 503, {
            timeoutMs: 10_000,
            what: "503 from /ready",
          });
          unreadyAfter.push(performance.now() - endedMs);
          if ((await statusOf(`${service.url}/liveness`)) !== 200)
            throw new Error("/liveness is not 200 without a database");
          await delay(Math.max(0, endedMs + seconds * 1_000 - performance.now()));
          await services.startDatabase();
          const sinceMs = performance.now();
          await rig.untilCommitted(1);
          await rig.untilCaughtUp(120_000);
          recoveries.push(rig.recovery(sinceMs));
          await rig.untilServing(service);
        }
        const seen = `\`/ready\` said 503 after ${unreadyAfter.map((ms) => `${(ms / 1_000).toFixed(1)} s`).join(" and ")}, \`/liveness\` 200`;
        return rig.finish(2, recoveries, [seen, `${seconds} s each`]);
      }),
  },
  {
    id: "R5",
    what: "every connection to PostgreSQL is terminated, again and again, each 200 ms",
    short: 20,
    long: 600,
    secondsEach: 2,
    run: (services, count) =>
      withRig(services, {}, async (rig) => {
        await rig.start();
        rig.pump.start();
        await rig.untilCommitted(1);
        let terminated = 0;
        for (let round = 0; round < count; round++) {
          const rows = await rig.database.query<{ ok: boolean }>(
            `SELECT pg_terminate_backend(pid) AS ok FROM pg_stat_activity
             WHERE datname = current_database() AND application_name = 'telemetra'`,
          );
          terminated += rows.length;
          await delay(200);
        }
        const sinceMs = performance.now();
        await rig.untilCommitted(1);
        await rig.untilCaughtUp();
        return rig.finish(count, [rig.recovery(sinceMs)], [`${terminated} connections ended`]);
      }),
  },
  {
    id: "R7",
    what: "the broker is killed (`kill -9`) and started again",
    short: 1,
    long: 20,
    secondsEach: 60,
    run: (services, count) =>
      withRig(services, {}, async (rig) => {
        await rig.start();
        rig.pump.start();
        const recoveries = [];
        for (let round = 0; round < count; round++) {
          await rig.untilCommitted(2_000);
          await services.endBroker();
          await delay(500);
          await services.startBroker();
          const sinceMs = performance.now();
          await rig.untilCommitted(2_000);
          await rig.untilCaughtUp();
          recoveries.push(rig.recovery(sinceMs));
        }
        return rig.finish(count, recoveries);
      }),
  },
  {
    id: "R8",
    what: "30 % of the events come twice, all are shuffled by up to 4.5 s, some are 2 h late, 5 % are no events, some are a day ahead; for seconds",
    short: 18,
    long: 180,
    secondsEach: 2,
    run: (services, seconds) =>
      withRig(services, { source: { repeats: 0.3, shuffleMs: 4_500 } }, async (rig) => {
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
      }),
  },
  {
    id: "R9",
    what: "a record that is no event in the midst of a batch of 1,000: broken JSON, broken UTF-8, nothing at all",
    short: 3,
    long: 30,
    secondsEach: 20,
    run: (services, count) =>
      withRig(services, { source: { streams: 1, messagesPerSecond: 200 } }, async (rig) => {
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
      }),
  },
  {
    id: "R10",
    what: "the clock of the process jumps: an hour ahead and back, an hour back, ten seconds either way",
    short: 7,
    long: 70,
    secondsEach: 10,
    run: (services, count) =>
      withRig(services, {}, async (rig) => {
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
      }),
  },
  {
    id: "scale",
    what: "one process becomes three, one of the three is killed (`kill -9`), two go on",
    short: 1,
    long: 20,
    secondsEach: 80,
    run: (services, count) =>
      withRig(services, {}, async (rig) => {
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
      }),
  },
];

/** The rows for the embedded service: events come over HTTP, into a file. */
export const EMBEDDED_FAULTS: readonly Fault[] = [
  {
    id: "R1-embedded",
    what: "embedded: the process is killed (`kill -9`) at a random moment, and started again at once",
    short: 4,
    long: 100,
    secondsEach: 15,
    run: (_services, count) =>
      withEmbeddedRig({}, async (rig) => {
        const random = seeded(21);
        const answers: number[] = [];
        rig.start();
        await rig.send(rig.source.take(500));
        for (let kill = 0; kill < count; kill++) {
          const aliveMs = performance.now() + 300 + random() * 2_000;
          // The kill comes in the midst of a post.
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
      }),
  },
  {
    id: "R8-embedded",
    what: "embedded: 30 % of the events come twice, all are shuffled by up to 4.5 s, some are 2 h late, 5 % are no events, some are a day ahead; posts",
    short: 150,
    long: 2_000,
    secondsEach: 0.2,
    run: (_services, count) =>
      withEmbeddedRig({ repeats: 0.3, shuffleMs: 4_500 }, async (rig) => {
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
          const wanted =
            "1 future_timestamp,2 missing_field,3 missing_field,4 missing_field,5 missing_field,6 missing_field";
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
      }),
  },
  {
    id: "R9-embedded",
    what: "embedded: something that is no event in the midst of 1,000 that are posted together",
    short: 3,
    long: 30,
    secondsEach: 10,
    run: (_services, count) =>
      withEmbeddedRig({ messagesPerSecond: 80 }, async (rig) => {
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
      }),
  },
];

async function withEmbeddedRig(
  source: Partial<LedgerEventsOptions>,
  run: (rig: EmbeddedRig) => Promise<Measurement>,
): Promise<Measurement> {
  const rig = await EmbeddedRig.open(source);
  try {
    return await run(rig);
  } finally {
    await rig.close();
  }
}

/** Records that must not count. */
class BadRecords {
  readonly #rig: FullRig;
  readonly #random = seeded(8);
  readonly #counts = { broken: 0, late: 0, ahead: 0 };
  #number = 0;

  constructor(rig: FullRig) {
    this.#rig = rig;
  }

  /** Those that belong to this many good ones: 5 % are no events, 1 % is late, 0.4 % are ahead of time. */
  next(good: number, canBeLate: boolean): { topic: "chat"; streamId: string; value: string }[] {
    const { ledger, source } = this.#rig;
    return Array.from({ length: Math.round(good * 0.064) }, () => {
      const number = this.#number++;
      const streamId = source.streamIds[number % source.streamIds.length]!;
      const base = {
        type: "chat",
        event_id: `bad${number}`,
        stream_id: streamId,
        user_id: "u",
        username: "u",
        message: "m",
      } as const;
      const kind = this.#random();
      let value: string;
      let code: string;
      if (kind < 0.156 && canBeLate) {
        value = encoded({ ...base, timestamp: source.reachedMs - 2 * 3_600_000 });
        code = "late";
        this.#counts.late += 1;
      } else if (kind < 0.22) {
        value = encoded({ ...base, timestamp: Date.now() + 24 * 3_600_000 });
        code = "future_timestamp";
        this.#counts.ahead += 1;
      } else if (kind < 0.6) {
        value = `{"event_id":"bad${number}","stream_id":`;
        code = "invalid_json";
        this.#counts.broken += 1;
      } else {
        value = JSON.stringify({ ...base, timestamp: source.reachedMs, message: number });
        code = "invalid_field";
        this.#counts.broken += 1;
      }
      ledger.addDeadLetter(code, value);
      return { topic: "chat", streamId, value };
    });
  }

  summary(): string {
    const { broken, late, ahead } = this.#counts;
    return `${broken} that are no events, ${late} late and ${ahead} early ones are dead letters, byte by byte`;
  }
}

/** As long as a topic that brings nothing may still hold the first event of a stream, nothing is late (F3). */
const SETTLED_MS = 12_000;

function encoded(event: EventInput): string {
  const parsed = parseEvent(event);
  if (!parsed.ok) throw new Error(parsed.error.detail);
  return encodeEvent(parsed.event);
}

async function withRig(
  { brokers, databaseServer }: Services,
  options: Partial<RigOptions>,
  run: (rig: FullRig) => Promise<Measurement>,
): Promise<Measurement> {
  const rig = await FullRig.open({ brokers, databaseServer, ...options });
  try {
    return await run(rig);
  } finally {
    await rig.close();
  }
}
