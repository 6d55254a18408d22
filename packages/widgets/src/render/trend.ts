import type { RatePoint } from "../live/rate-history.js";

/** How viewers changed over `spanMs` up to the newest point; undefined while either end is unknown. */
export function viewerTrend(history: readonly RatePoint[], spanMs = 60_000): number | undefined {
  const now = history.findLast(({ viewerCount }) => viewerCount !== null);
  if (now === undefined) return undefined;
  const then = history.findLast(({ timeMs, viewerCount }) => timeMs <= now.timeMs - spanMs && viewerCount !== null);
  if (then === undefined || now.timeMs - then.timeMs > 2 * spanMs) return undefined;
  return (now.viewerCount ?? 0) - (then.viewerCount ?? 0);
}

/** The chat rate as a multiple of its usual value, to one decimal; undefined while either is unknown. */
export function usualRatio(
  chatRate: number | null | undefined,
  baseline: number | null | undefined,
): number | undefined {
  if (chatRate === null || chatRate === undefined || !baseline) return undefined;
  return Math.min(99, Math.round((chatRate / baseline) * 10) / 10);
}

/** Whether a value is known, and known to be above its threshold. */
export function isAbove(value: number | null | undefined, threshold: number | null | undefined): boolean {
  return value !== null && value !== undefined && threshold !== null && threshold !== undefined && value > threshold;
}
