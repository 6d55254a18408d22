/**
 * Situations that every widget has to look right in, as what they leave in a store. Stories draw them and tests check
 * them. All are cut from one seeded stream whose clock stands still, so that a picture of them is the same every time.
 */
import type { EmoteCount } from "@telemetra/core";
import { DEMO_EMOTES } from "../../src/demo/demo-emotes.js";
import { DemoStream } from "../../src/demo/demo-stream.js";
import type { StreamStore } from "../../src/live/stream-store.js";
import { NOON_MS, someMetrics, someMoment, UNKNOWN_METRICS } from "./frames.js";

export type Scene = (store: StreamStore) => void;

const PAST_SECONDS = 620;

/** Ten minutes of an ordinary evening. */
export function playPast(store: StreamStore, seconds = PAST_SECONDS): DemoStream {
  const stream = new DemoStream({ startMs: NOON_MS - seconds * 1000 });
  const frame = stream.advance(seconds).at(-1);
  store.setState("connecting");
  store.addHistory(stream.history());
  store.addMoments(stream.moments);
  if (frame !== undefined) store.apply(frame);
  store.setState("live");
  return stream;
}

/** The stream is not known yet: connected, and nothing to say. */
const empty: Scene = (store) => {
  store.setState("live");
  store.apply(UNKNOWN_METRICS);
};

const connecting: Scene = (store) => store.setState("connecting");

const live: Scene = (store) => void playPast(store);

/** In the middle of a spike: above the threshold, its moment still open. */
const spike: Scene = (store) => {
  const stream = playPast(store);
  for (let second = 0; second < 1_200; second++) {
    for (const message of stream.advance(1)) store.apply(message);
    const { metrics, moments } = store;
    const isAbove = (metrics?.chat_rate ?? 0) > (metrics?.chat_rate_threshold ?? Infinity);
    if (isAbove && moments[0]?.ended_at === null) return;
  }
};

const stale: Scene = (store) => {
  playPast(store);
  store.setState("stale");
};

const reconnecting: Scene = (store) => {
  playPast(store);
  store.setState("waiting");
};

const offline: Scene = (store) => {
  playPast(store);
  store.setState("offline");
};

const hugeNumbers: Scene = (store) => {
  const start = { viewer_count: 2_345_678, chat_rate: 1_234, sentiment_score: -0.6 };
  for (let step = 0; step <= 40; step++) {
    const timestamp = new Date(NOON_MS + (step - 40) * 10_000).toISOString();
    const chat_rate = start.chat_rate * (1 + 0.5 * Math.sin(step / 4));
    const viewer_count = start.viewer_count + step * 12_345;
    const levels = { chat_rate_baseline: 620, chat_rate_threshold: 1_500 };
    const top_emotes: EmoteCount[] = DEMO_EMOTES.slice(0, 10).map(({ name, url }, index) => {
      const count = Math.round(90_000 / (index + 1));
      return url === undefined ? { name: name.repeat(4), count } : { name, count, url };
    });
    store.apply(someMetrics({ offset: step + 1, timestamp, ...start, chat_rate, viewer_count, ...levels, top_emotes }));
  }
  const description = `${"Chat is a hundred times as fast as usual, and nobody stops writing. ".repeat(3)}Donaudampfschifffahrtsgesellschaftskapitän!`;
  store.addMoments([
    someMoment({
      moment_id: "huge",
      severity: 1,
      description,
      metadata: { top_emotes: [{ name: "GG", count: 98_765 }] },
    }),
  ]);
  store.setState("live");
};

export const SCENES = { empty, connecting, live, spike, stale, reconnecting, offline, hugeNumbers } as const;
export type SceneName = keyof typeof SCENES;
