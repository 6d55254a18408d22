import { encodeEvent, parseEvent, type EventInput, type EventType } from "@telemetra/core";
import { createKafkaClient } from "../../src/adapters/kafka/kafka-client.js";
import { partitionOf } from "../../src/adapters/kafka/partition-of.js";
import { PartitionSender, type KeyedValue } from "../../src/adapters/kafka/partition-sender.js";
import { seeded } from "../../test/integration/numbered-events.js";

export interface BacklogOptions {
  readonly brokers: readonly string[];
  readonly topics: Readonly<Record<EventType, string>>;
  readonly partitions: number;
  readonly streams: number;
  readonly events: number;
}

const WORDS = "what a day no way gg I love this is the last level never seen that before who are you why though".split(
  " ",
);
const EMOTES = ["LUL", "Kappa", "PogChamp", "NotLikeThis", "BibleThump"];
/** Of all streams together, by event time. */
const EVENTS_PER_SECOND = 20_000;
const START_MS = Date.UTC(2026, 0, 1, 12);
const LOT_EVENTS = 40_000;

/** Writes events to Kafka: 96 % chat, 3 % viewer counts, 1 % donations, chatters and emotes by chance, in order of time. */
export async function writeBacklog({ brokers, topics, partitions, streams, events }: BacklogOptions): Promise<void> {
  const sender = new PartitionSender(
    createKafkaClient("bench", brokers, () => {}),
    60_000,
  );
  const random = seeded(streams);
  for (let from = 0; from < events; from += LOT_EVENTS) {
    const lots = new Map<string, { topic: string; partition: number; records: KeyedValue[] }>();
    for (let number = from; number < Math.min(events, from + LOT_EVENTS); number++) {
      const event = eventOf(number, streams, random);
      const partition = partitionOf(event.stream_id, partitions);
      const key = `${event.type}/${partition}`;
      let lot = lots.get(key);
      if (lot === undefined) lots.set(key, (lot = { topic: topics[event.type], partition, records: [] }));
      const parsed = parseEvent(event);
      if (!parsed.ok) throw new Error(parsed.error.detail);
      lot.records.push({ key: event.stream_id, value: encodeEvent(parsed.event) });
    }
    await Promise.all(
      [...lots.values()].map(({ topic, partition, records }) => sender.send(topic, partition, records)),
    );
  }
  await sender.close();
}

function eventOf(number: number, streams: number, random: () => number): EventInput {
  const base = {
    event_id: `e${number}`,
    stream_id: `stream_${Math.floor(random() * streams)}`,
    timestamp: START_MS + Math.floor((number / EVENTS_PER_SECOND) * 1_000),
  };
  const kind = random();
  if (kind < 0.03) return { ...base, type: "viewer", viewer_count: Math.floor(random() * 5_000) };
  const person = Math.floor(random() ** 2 * 5_000);
  const who = { user_id: `u${person}`, username: `person_${person}` };
  if (kind < 0.04) {
    const amount = Math.floor(random() * 5_000) / 100;
    return { ...base, ...who, type: "transaction", transaction_type: "donation", amount, currency: "EUR" };
  }
  const emotes = random() < 0.33 ? [EMOTES[Math.floor(random() ** 2 * EMOTES.length)]!] : [];
  const words = Array.from({ length: 2 + Math.floor(random() * 8) }, () => WORDS[Math.floor(random() * WORDS.length)]);
  return { ...base, ...who, type: "chat", message: [...words, ...emotes].join(" "), emotes };
}
