/**
 * A clock that goes on when it is set back: never slower than time really passes, so that what waits for it does not wait
 * until it has caught up with itself. It follows a clock that is set ahead, because a machine that slept looks the same.
 *
 * @param now epoch ms; may jump
 * @param monotonicMs only goes forward
 */
export function onwardClock(now: () => number, monotonicMs: () => number = () => performance.now()): () => number {
  let lastMs = -Infinity;
  let atMs = monotonicMs();
  return () => {
    const elapsedMs = monotonicMs() - atMs;
    atMs += elapsedMs;
    lastMs = Math.max(now(), lastMs + elapsedMs);
    return Math.floor(lastMs);
  };
}
