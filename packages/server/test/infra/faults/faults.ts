import type { LedgerEventsOptions } from "../../ledger/ledger-events.js";
import { killBroker } from "./broker-faults.js";
import { endDatabase, terminateConnections } from "./database-faults.js";
import { killEmbedded, poisonPosts, postBadEvents } from "./embedded-faults.js";
import { EmbeddedRig } from "./embedded-rig.js";
import type { Fault, Services } from "./fault.js";
import { FullRig, type RigOptions } from "./full-rig.js";
import type { Measurement } from "./measurement.js";
import { freezeBeforeCommit, jumpClock, killAfterCommit, killAtRandom, killOneOfThree } from "./process-faults.js";
import { mixInBadRecords, poisonBatches } from "./record-faults.js";

/** The rows of the matrix over Kafka and PostgreSQL, in the order of the document. */
export const FAULTS: readonly Fault[] = [
  {
    id: "R1",
    what: "the process is killed (`kill -9`) at a random moment, and started again at once",
    short: process.env["CI"] === undefined ? 4 : 20,
    long: 100,
    secondsEach: 30,
    run: overFullRig(killAtRandom),
  },
  {
    id: "R2",
    what: "the process is killed right after the database has committed, before Kafka or anybody else hears of it",
    short: 4,
    long: 50,
    secondsEach: 25,
    run: overFullRig(killAfterCommit),
  },
  {
    id: "R3",
    what: "the process is stopped (`SIGSTOP`) right before a commit until another one has its partitions, then goes on",
    short: 3,
    long: 20,
    secondsEach: 40,
    run: overFullRig(freezeBeforeCommit),
  },
  {
    id: "R4",
    what: "PostgreSQL is away: a fast shutdown and a crash (`SIGINT`, `SIGQUIT`), seconds each",
    short: 4,
    long: 60,
    secondsEach: 6,
    run: overFullRig(endDatabase),
  },
  {
    id: "R5",
    what: "every connection to PostgreSQL is terminated, again and again, each 200 ms",
    short: 20,
    long: 600,
    secondsEach: 2,
    run: overFullRig(terminateConnections),
  },
  {
    id: "R7",
    what: "the broker is killed (`kill -9`) and started again",
    short: 1,
    long: 20,
    secondsEach: 60,
    run: overFullRig(killBroker),
  },
  {
    id: "R8",
    what: "30 % of the events come twice, all are shuffled by up to 4.5 s, some are 2 h late, 5 % are no events, some are a day ahead; for seconds",
    short: 18,
    long: 180,
    secondsEach: 2,
    run: overFullRig(mixInBadRecords, { source: { repeats: 0.3, shuffleMs: 4_500 } }),
  },
  {
    id: "R9",
    what: "a record that is no event in the midst of a batch of 1,000: broken JSON, broken UTF-8, nothing at all",
    short: 3,
    long: 30,
    secondsEach: 20,
    run: overFullRig(poisonBatches, { source: { streams: 1, messagesPerSecond: 200 } }),
  },
  {
    id: "R10",
    what: "the clock of the process jumps: an hour ahead and back, an hour back, ten seconds either way",
    short: 7,
    long: 70,
    secondsEach: 10,
    run: overFullRig(jumpClock),
  },
  {
    id: "scale",
    what: "one process becomes three, one of the three is killed (`kill -9`), two go on",
    short: 1,
    long: 20,
    secondsEach: 80,
    run: overFullRig(killOneOfThree),
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
    run: overEmbeddedRig(killEmbedded),
  },
  {
    id: "R8-embedded",
    what: "embedded: 30 % of the events come twice, all are shuffled by up to 4.5 s, some are 2 h late, 5 % are no events, some are a day ahead; posts",
    short: 150,
    long: 2_000,
    secondsEach: 0.2,
    run: overEmbeddedRig(postBadEvents, { repeats: 0.3, shuffleMs: 4_500 }),
  },
  {
    id: "R9-embedded",
    what: "embedded: something that is no event in the midst of 1,000 that are posted together",
    short: 3,
    long: 30,
    secondsEach: 10,
    run: overEmbeddedRig(poisonPosts, { messagesPerSecond: 80 }),
  },
];

/** A fault that happens to a show over Kafka and PostgreSQL. */
function overFullRig(
  happen: (rig: FullRig, count: number, services: Services) => Promise<Measurement>,
  options: Partial<RigOptions> = {},
): Fault["run"] {
  return async (services, count) => {
    const { brokers, databaseServer } = services;
    const rig = await FullRig.open({ brokers, databaseServer, ...options });
    try {
      return await happen(rig, count, services);
    } finally {
      await rig.close();
    }
  };
}

/** A fault that happens to a show over HTTP into a file. */
function overEmbeddedRig(
  happen: (rig: EmbeddedRig, count: number) => Promise<Measurement>,
  source: Partial<LedgerEventsOptions> = {},
): Fault["run"] {
  return async (_services, count) => {
    const rig = await EmbeddedRig.open(source);
    try {
      return await happen(rig, count);
    } finally {
      await rig.close();
    }
  };
}
