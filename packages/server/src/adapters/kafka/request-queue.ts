import { createRequire } from "node:module";

interface RequestQueue {
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  readonly throttledUntil: number;
  readonly pending: readonly unknown[];
  checkPendingRequests(): void;
}

/** The only release whose inside is known here; any other is left as it is. */
const KNOWN_VERSION = "2.2.4";
const CHECK_INTERVAL_MS = 10;

/**
 * Stops the client from waking up a thousand times a second when it has nothing to do: its request queue sets its timer
 * again for ever, by a delay that is negative while the broker does not throttle. Here it sets one only while requests
 * wait. To be called before the first connection.
 */
export function calmRequestQueue(): void {
  const require = createRequire(import.meta.url);
  const { version } = require("kafkajs/package.json") as { version: string };
  if (version !== KNOWN_VERSION) return;
  const { prototype } = require("kafkajs/src/network/requestQueue") as { prototype: object };
  Object.assign(prototype, { scheduleCheckPendingRequests });
}

function scheduleCheckPendingRequests(this: RequestQueue): void {
  if (this.throttleCheckTimeoutId !== null || this.pending.length === 0) return;
  const waitMs = this.throttledUntil - Date.now();
  this.throttleCheckTimeoutId = setTimeout(
    () => {
      this.throttleCheckTimeoutId = null;
      this.checkPendingRequests();
    },
    waitMs > 0 ? waitMs : CHECK_INTERVAL_MS,
  );
}
