import {
  combine,
  count,
  countDistinct,
  last,
  quantiles,
  select,
  sum,
  topK,
  variance,
} from "../../src/aggregate/index.js";
import { createEngine, encodeEvent, parseEventJson, type EventInput } from "../../src/index.js";
import { createWindows, session } from "../../src/windowing/index.js";
import { seededRandom } from "../support/seeded-random.js";

/** How many there were of something, and a digest of every byte of them in their order. */
export interface Digest {
  readonly count: number;
  readonly sha256: string;
}

/** What a machine made of the scenario. */
export interface ScenarioResult {
  readonly rows: Digest;
  readonly sessions: Digest;
  readonly encoded_events: Digest;
  readonly moments: Digest;
  readonly snapshot: Digest;
}

const START_MS = Date.UTC(2026, 0, 1, 19, 30);
const STREAMS = 8;
const SECONDS = 900;
const WORDS = (
  "what a play that was so good LUL Kappa PogChamp gg wp nope terrible lag again hype love this not bad at all " +
  "monkaS KEKW 😂 ❤️ 😭 모자 größe WHAT!!! no way :( :) amazing worst ever clutch"
).split(" ");
const EMOTES = new Set(["LUL", "Kappa", "PogChamp", "monkaS", "KEKW"]);

/**
 * A quarter of an hour of eight streams through the engine, from JSON text to rows and moments, with the default scorer,
 * a clock, disorder, repetitions and a snapshot in the middle; and its chatters' sessions through an operator with every
 * kind of sketch. Only numbers decide what happens, so the result is the same wherever JavaScript is.
 */
export async function runScenario(): Promise<ScenarioResult> {
  const lines: Record<keyof ScenarioResult, string[]> = {
    rows: [],
    sessions: [],
    encoded_events: [],
    moments: [],
    snapshot: [],
  };
  const listen = (engine: ReturnType<typeof createEngine>) => {
    engine.on("window", (row) => lines.rows.push(JSON.stringify(row)));
    engine.on("moment", (moment, phase) => lines.moments.push(JSON.stringify([phase, moment], inTwelveDigits)));
    return engine;
  };
  const windows = chatterSessions();
  windows.on("window", (result) => lines.sessions.push(JSON.stringify(result)));
  windows.on("retract", (result) => lines.sessions.push(JSON.stringify(["retracted", result])));

  const arrivals = scenarioEvents();
  let engine = listen(createEngine());
  arrivals.forEach(({ event, arrivesMs }, index) => {
    if (index === Math.floor(arrivals.length / 2)) {
      const snapshot: unknown = JSON.parse(JSON.stringify(engine.snapshot()));
      lines.snapshot.push(JSON.stringify(snapshot, inTwelveDigits));
      engine = listen(createEngine({ snapshot: snapshot as never }));
    }
    if (index % 50 === 0) engine.advanceTo(arrivesMs);
    const parsed = parseEventJson(JSON.stringify(event));
    if (!parsed.ok) throw new Error(parsed.error.detail);
    lines.encoded_events.push(encodeEvent(parsed.event));
    engine.push(parsed.event);
    if (parsed.event.type === "chat") windows.push(parsed.event);
  });
  engine.flush();
  windows.flush();
  return {
    rows: await digestOf(lines.rows),
    sessions: await digestOf(lines.sessions),
    encoded_events: await digestOf(lines.encoded_events),
    moments: await digestOf(lines.moments),
    snapshot: await digestOf(lines.snapshot),
  };
}

interface Arrival {
  readonly event: EventInput;
  readonly arrivesMs: number;
}

function scenarioEvents(): Arrival[] {
  const random = seededRandom(20_260_101);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const arrivals: Arrival[] = [];
  for (let stream = 0; stream < STREAMS; stream++) {
    for (let second = 0; second < SECONDS; second++) {
      // Each stream has a busy half minute of its own.
      const isBusy = second >= 300 + 40 * stream && second < 330 + 40 * stream;
      const messages = Math.floor(random() * (isBusy ? 24 : 5));
      for (let number = 0; number < messages; number++) {
        arrivals.push(arrivalOf(stream, second, number, random, pick));
      }
    }
  }
  const repeated = arrivals.filter((_, index) => index % 97 === 0);
  return [...arrivals, ...repeated].sort(
    (a, b) => a.arrivesMs - b.arrivesMs || (a.event.event_id < b.event.event_id ? -1 : 1),
  );
}

function arrivalOf(
  stream: number,
  second: number,
  number: number,
  random: () => number,
  pick: <T>(from: readonly T[]) => T,
): Arrival {
  const timestamp = START_MS + second * 1000 + Math.floor(random() * 1000);
  // One in two hundred is later than the bound: a correction or a late event.
  const delayMs = Math.floor(random() * (random() < 0.005 ? 120_000 : 5_000));
  const base = { event_id: `${stream}-${second}-${number}`, timestamp, stream_id: `stream_${stream}` };
  const user = `user_${Math.floor(random() * random() * 400)}`;
  const kind = random();
  const message = Array.from({ length: 1 + Math.floor(random() * 9) }, () => pick(WORDS));
  const who = { user_id: user, username: user };
  const chat: EventInput = {
    ...base,
    ...who,
    type: "chat",
    message: message.join(" "),
    emotes: message.filter((word) => EMOTES.has(word)),
  };
  const event: EventInput =
    kind < 0.97
      ? chat
      : kind < 0.99
        ? { ...base, type: "viewer", viewer_count: 100 * (stream + 1) + Math.floor(random() * 50) }
        : {
            ...base,
            ...who,
            type: "transaction",
            transaction_type: "donation",
            amount: Math.floor(random() * 10_000) / 100,
            currency: pick(["USD", "EUR", "bits"]),
          };
  return { event, arrivesMs: timestamp + delayMs };
}

/** A chatter's messages that are less than twenty seconds apart, and what every kind of aggregator makes of them. */
function chatterSessions() {
  interface Message {
    readonly timestamp: number;
    readonly user_id: string;
    readonly message: string;
  }
  const lengthOf = ({ message }: Message) => message.length;
  return createWindows({
    shape: session({ gapMs: 20_000 }),
    timeOf: ({ timestamp }: Message) => timestamp,
    keyOf: ({ user_id }) => user_id,
    aggregator: combine({
      messages: count(),
      texts: select(({ message }: Message) => message, countDistinct({ exactLimit: 8 })),
      words: select(({ message }: Message) => message.split(" ")[0], topK({ k: 2, maxKeys: 8 })),
      length: select(lengthOf, sum({ decimals: 0 })),
      spread: select(lengthOf, variance()),
      lengths: select((message: Message) => Math.sqrt(message.message.length), quantiles([0.1, 0.5, 0.99])),
      last: last(({ timestamp }: Message) => timestamp, lengthOf),
    }),
  });
}

/**
 * Detectors of moments weigh evidence with logarithms and exponentials, whose last digit the language leaves open: two
 * versions of V8 differ in it. Rows and windows need none and are compared to the last bit.
 */
function inTwelveDigits(_name: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(12)) : value;
}

async function digestOf(lines: readonly string[]): Promise<Digest> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(lines.join("\n")));
  const sha256 = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { count: lines.length, sha256 };
}
