import type { Moment } from "@telemetra/core";
import type { RatePoint } from "../live/rate-history.js";
import { rateAt, xOf, yOf, type ChartFrame } from "./chart-geometry.js";

/** A moment on a chart: a pin at its onset and a band over its episode. */
export interface ChartPin {
  readonly moment: Moment;
  readonly x: number;
  /** Where the line is at the onset; the lower edge when that is not known. */
  readonly y: number;
  /** Right end of the episode: its end, or now while it goes on. */
  readonly endX: number;
}

/**
 * The moments to pin, oldest first. Where two pins would touch, the one with the greater severity stays.
 *
 * @param moments Newest first, as the store has them.
 * @param spacing Least distance of two pins, px.
 */
export function chartPins(
  moments: readonly Moment[],
  history: readonly RatePoint[],
  frame: ChartFrame,
  spacing: number,
): ChartPin[] {
  const startMs = frame.nowMs - frame.spanMs;
  const pins: ChartPin[] = [];
  for (const moment of [...moments].sort((left, right) => right.severity - left.severity)) {
    const onsetMs = Date.parse(moment.timestamp);
    if (onsetMs < startMs || onsetMs > frame.nowMs) continue;
    const x = xOf(frame, onsetMs);
    if (pins.some((pin) => Math.abs(pin.x - x) < spacing)) continue;
    const endMs = moment.ended_at === null ? frame.nowMs : Math.min(Date.parse(moment.ended_at), frame.nowMs);
    pins.push({ moment, x, y: yOf(frame, rateAt(history, onsetMs) ?? 0), endX: Math.max(x, xOf(frame, endMs)) });
  }
  return pins.sort((left, right) => left.x - right.x);
}
