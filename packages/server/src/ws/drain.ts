import type { Session } from "./session.js";

/** Sockets closed in a second at most, as long as the drain time allows: 200 readers that come back are no storm. */
const CLOSES_PER_SECOND = 200;
/** A closed socket whose reader does not answer is cut after this. */
const LINGER_MS = 1_000;
const STEP_MS = 50;

/** "Service restart": the reader comes back. */
const SERVICE_RESTART = 1012;

export interface DrainOptions {
  readonly maxDurationMs: number;
  /** In [0, 1). */
  readonly random: () => number;
}

/**
 * Sends every reader away, evenly over the time it takes: first a message that says when to come back, each another
 * time, then the close. Resolves when all are gone.
 */
export async function drainSessions(sessions: readonly Session[], options: DrainOptions): Promise<void> {
  const durationMs = Math.min(options.maxDurationMs, (sessions.length / CLOSES_PER_SECOND) * 1_000);
  const steps = Math.max(1, Math.ceil(durationMs / STEP_MS));
  let closed = 0;
  for (let step = 1; step <= steps; step++) {
    const until = Math.ceil((sessions.length * step) / steps);
    for (; closed < until; closed++) {
      const session = sessions[closed];
      session?.say({ type: "reconnect", retry_after_ms: retryAfterMs(durationMs, options.random()) });
      session?.close(SERVICE_RESTART, "service restart");
    }
    if (step < steps) await delay(STEP_MS);
  }
  const deadlineMs = performance.now() + LINGER_MS;
  while (performance.now() < deadlineMs && sessions.some((session) => !session.isGone)) await delay(STEP_MS);
  for (const session of sessions) session.terminate();
}

/** From half a second on, over at least a second and twice the drain: they left over one drain and return over two. */
function retryAfterMs(durationMs: number, random: number): number {
  return Math.round(500 + random * Math.max(1_000, 2 * durationMs));
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
