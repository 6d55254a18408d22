import { InvalidOptionError, parseEvent, type StreamEvent } from "@telemetra/core";
import { mergeByTime } from "../merge-by-time.js";
import { paced } from "../paced.js";
import type { EventSource } from "../source.js";
import type { Wait } from "../wait.js";
import { simulateStream } from "./simulate-stream.js";

export interface SimulatedSourceOptions {
  /** Stream ids. Default: a big, a mid-sized and a small one, see `DEFAULT_CHANNELS`. */
  readonly channels?: readonly string[];
  /** The same seed tells the same stories. Default 1. */
  readonly seed?: number;
  /**
   * Chat messages per second in quiet talk, all streams together; the first stream gets the most, the third and later ones
   * the least. Default: 12 for the first, 4 for the second, 0.8 for each further one.
   */
  readonly rate?: number;
  /** The clock, in epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number;
  /** Default: a timer. */
  readonly wait?: Wait;
}

export const DEFAULT_CHANNELS: readonly string[] = Object.freeze(["demo_arcade", "demo_speedrun", "demo_garden"]);

const USUAL_RATES = [12, 4] as const;
const SMALL_RATE = 0.8;

/**
 * Simulated streams on the real clock: every event carries the time at which it comes. When the machine slept or the
 * reader stood still, the stories go on where they were, at the time it is now, without a flood.
 *
 * @throws InvalidOptionError for an option out of its range
 */
export function simulatedSource(options: SimulatedSourceOptions = {}): EventSource {
  const { now = Date.now } = options;
  simulatedStreams(options, now());
  return {
    name: "simulate",
    batches: (signal) =>
      paced(mergeByTime(simulatedStreams(options, now())), {
        now,
        signal,
        restamp: atTime,
        ...(options.wait === undefined ? {} : { wait: options.wait }),
      }),
  };
}

/** The streams of a simulation, each from `startMs` on. @throws InvalidOptionError for an option out of its range */
export function simulatedStreams(
  { channels = DEFAULT_CHANNELS, seed = 1, rate }: Pick<SimulatedSourceOptions, "channels" | "seed" | "rate">,
  startMs: number,
): Generator<StreamEvent, never, undefined>[] {
  if (channels.length === 0) throw new InvalidOptionError("channels", "[]", "at least one stream id");
  const twice = channels.find((channel, index) => channels.indexOf(channel) !== index);
  if (twice !== undefined) {
    throw new InvalidOptionError("channels", channels.join(","), `different ids; ${twice} is twice in it`);
  }
  const usualRates = channels.map((_, index) => USUAL_RATES[index] ?? SMALL_RATE);
  const scale = rate === undefined ? 1 : rate / usualRates.reduce((sum, usual) => sum + usual, 0);
  return channels.map((streamId, index) =>
    simulateStream({ streamId, seed, startMs, rate: (usualRates[index] ?? SMALL_RATE) * scale }),
  );
}

/** The same event at another time. */
function atTime(event: StreamEvent, timestamp: number): StreamEvent {
  if (event.timestamp === timestamp) return event;
  const parsed = parseEvent({ ...event, timestamp });
  if (!parsed.ok) throw new Error(`simulated event refused: ${parsed.error.detail}`);
  return parsed.event;
}
