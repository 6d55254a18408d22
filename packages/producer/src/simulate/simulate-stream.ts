import {
  compileSchema,
  InvalidOptionError,
  parseEvent,
  parseInstant,
  streamIdSchema,
  type EventInput,
  type StreamEvent,
} from "@telemetra/core";
import { createRandom, hashText, type Random } from "../random.js";
import { createCrowd, type Crowd } from "./crowd.js";
import { findEmotes } from "./emotes.js";
import { say } from "./phrases.js";
import type { Draft, Line, Scene } from "./scene.js";
import { script } from "./script.js";
import { createViewers, type Viewers } from "./viewers.js";

export interface SimulatedStreamOptions {
  readonly streamId: string;
  /** Any finite number: the same seed tells the same story. */
  readonly seed: number;
  /** Time of the first event, in epoch milliseconds. */
  readonly startMs: number;
  /** Chat messages per second in quiet talk, above 0 up to 100,000. Default 4. */
  readonly rate?: number;
}

const VIEWER_INTERVAL_MS = 15_000;

const checkStreamId = compileSchema(streamIdSchema);
const STREAM_ID_RULE = "1 to 128 of A–Z a–z 0–9 _ . : -, and not `.`, `..` or `health`";

/**
 * An endless stream with a personality: small talk, then a clutch, a raid, a train of subscriptions, a copypasta, a
 * heartbreak, a dull stretch; somebody gives money now and then, and the viewers are counted every 15 s. Something moves
 * within the first minute, the first clutch comes after about a hundred seconds, and a highlight every two minutes or so.
 *
 * Pure: the events, their order (by time) and their ids follow from the options. All chatters are invented.
 *
 * @throws InvalidOptionError for an option out of its range
 */
export function simulateStream(options: SimulatedStreamOptions): Generator<StreamEvent, never, undefined> {
  const { streamId, seed, startMs, rate = 4 } = options;
  if (!Number.isFinite(seed)) throw new InvalidOptionError("seed", seed, "a finite number");
  if (!Number.isFinite(rate) || rate <= 0 || rate > 100_000) {
    throw new InvalidOptionError("rate", rate, "a number of messages per second above 0, up to 100000");
  }
  if (checkStreamId(streamId, "") !== undefined) throw new InvalidOptionError("streamId", streamId, STREAM_ID_RULE);
  if (parseInstant(startMs) !== startMs) throw new InvalidOptionError("startMs", startMs, "epoch milliseconds");
  return tell(streamId, seed, startMs, rate);
}

/** The stream itself, once its options are known to be good. */
function* tell(
  streamId: string,
  seed: number,
  startMs: number,
  rate: number,
): Generator<StreamEvent, never, undefined> {
  const random = createRandom(seed).fork(streamId);
  const usualViewers = viewersForRate(rate);
  const context: Story = {
    rate,
    viewers: usualViewers,
    random: random.fork("chat"),
    crowd: createCrowd(random.fork("crowd"), crowdForRate(rate)),
    audience: createViewers(random.fork("viewers"), usualViewers),
    event: eventMaker(streamId, seed, startMs),
  };

  const title = say(random, "title");
  const category = say(random, "category");
  yield context.event(startMs, {
    type: "stream_meta",
    event_type: "stream_start",
    new_title: title,
    new_category: category,
    started_at: startMs,
  });
  yield context.event(startMs, { type: "viewer", ...countViewers(context, 0, 1) });

  let sceneStartMs = startMs;
  for (const makeScene of script(random.fork("script"))) {
    const scene = makeScene(context);
    yield* play(scene, sceneStartMs, startMs, context);
    sceneStartMs += scene.durationMs;
  }
  throw new Error("the script has no end");
}

interface Story {
  readonly rate: number;
  readonly viewers: number;
  readonly random: Random;
  readonly crowd: Crowd;
  readonly audience: Viewers;
  readonly event: (atMs: number, draft: AnyDraft) => StreamEvent;
}

/** One scene, from `sceneStartMs` for as long as it lasts. */
function* play(
  scene: Scene,
  sceneStartMs: number,
  startMs: number,
  story: Story,
): Generator<StreamEvent, void, undefined> {
  const { random, rate } = story;
  const endMs = sceneStartMs + scene.durationMs;
  const happenings = [...scene.happenings].sort((a, b) => a.atMs - b.atMs);
  let happening = happenings.shift();
  let viewersAtMs = startMs + (Math.floor((sceneStartMs - startMs) / VIEWER_INTERVAL_MS) + 1) * VIEWER_INTERVAL_MS;
  // Messages come as a Poisson process whose rate changes: drawn at the highest rate, then thinned out.
  const maxPerSecond = rate * scene.maxRate;
  let chatAtMs = sceneStartMs + random.gapMs(maxPerSecond);

  for (;;) {
    const happeningAtMs = happening === undefined ? Infinity : sceneStartMs + happening.atMs;
    const atMs = Math.min(chatAtMs, happeningAtMs, viewersAtMs);
    if (atMs >= endMs) return;
    const elapsedMs = atMs - sceneStartMs;
    if (atMs === happeningAtMs && happening !== undefined) {
      yield story.event(atMs, happening.what);
      happening = happenings.shift();
    } else if (atMs === viewersAtMs) {
      const target = scene.viewersAt?.(elapsedMs) ?? 1;
      yield story.event(atMs, { type: "viewer", ...countViewers(story, VIEWER_INTERVAL_MS, target) });
      viewersAtMs += VIEWER_INTERVAL_MS;
    } else {
      if (random.chance(scene.rateAt(elapsedMs) / scene.maxRate)) {
        yield story.event(atMs, chat(story.crowd, scene.line(elapsedMs)));
      }
      chatAtMs += random.gapMs(maxPerSecond);
    }
  }
}

function chat(crowd: Crowd, line: Line): AnyDraft {
  const chatter = line.by === "newcomer" ? crowd.newcomer() : crowd.regular();
  const badges = [...chatter.badges];
  return { type: "chat", ...chatter, badges, message: line.message, emotes: findEmotes(line.message) };
}

function countViewers({ audience }: Story, elapsedMs: number, target: number) {
  const count = audience.next(elapsedMs, target);
  return { viewer_count: count, peak_viewers: audience.peak };
}

/** How many watch for so many messages per second: large audiences chat less per head. */
function viewersForRate(rate: number): number {
  return Math.min(400_000, Math.max(8, Math.round(160 * rate ** 1.9)));
}

function crowdForRate(rate: number): number {
  return Math.max(6, Math.min(50_000, Math.round(200 * rate)));
}

type AnyDraft = Draft | Placeless<EventInput>;
type Placeless<T> = T extends EventInput ? Omit<T, "event_id" | "timestamp" | "stream_id"> : never;

/** Gives drafts their id, time and stream. Ids count up and hold what makes this stream differ from every other. */
function eventMaker(streamId: string, seed: number, startMs: number): (atMs: number, draft: AnyDraft) => StreamEvent {
  const name = streamId.length <= 64 ? streamId : hashText(streamId).toString(36);
  const prefix = `${name}:${hashText(String(seed)).toString(36)}:${startMs.toString(36)}`;
  let count = 0;
  return (atMs, draft) => {
    const event_id = `${prefix}:${(count++).toString(36)}`;
    const parsed = parseEvent({ ...draft, event_id, timestamp: Math.floor(atMs), stream_id: streamId });
    if (!parsed.ok) throw new Error(`simulated event refused: ${parsed.error.detail}`);
    return parsed.event;
  };
}
