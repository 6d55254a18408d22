import type { Logger } from "../logger.js";
import { remedyFor, type StorageError, type StorageErrorCode } from "../ports/storage-error.js";

export interface PatienceOptions {
  readonly logger: Logger;
  /** For delays and durations; goes forward only. */
  readonly monotonicMs?: () => number;
  /** How long to wait before the n-th retry, ms. Default 100 ms, doubled up to 2 s, with jitter. */
  readonly retryDelayMs?: (attempt: number) => number;
}

/** Between two lines of the log that say the same. */
const REMINDER_MS = 30_000;
/** A call that takes longer is trouble, though nobody has said no. */
const SLOW_MS = 5_000;

const REASONS: Readonly<Partial<Record<StorageErrorCode, string>>> = {
  unavailable: "the database cannot be used",
  disk_full: "the disk of the database is full",
  data_read_only: "the database is read-only",
};

/**
 * Makes calls of the result store, again and again while they fail for a passing reason, and knows how that goes. One
 * call at a time.
 */
export class Patience {
  readonly #logger: Logger;
  readonly #monotonicMs: () => number;
  readonly #retryDelayMs: (attempt: number) => number;
  /** The call in hand: since when, and why it has failed so far. */
  #call: { readonly sinceMs: number; reason?: string } | undefined;
  #retries = 0;

  constructor(options: PatienceOptions) {
    this.#logger = options.logger;
    this.#monotonicMs = options.monotonicMs ?? (() => performance.now());
    this.#retryDelayMs = options.retryDelayMs ?? defaultRetryDelayMs;
  }

  /** Calls that had to be made again, since the start. */
  get retries(): number {
    return this.#retries;
  }

  /** Why the call in hand is in trouble, as a sentence without secrets. */
  trouble(): string | undefined {
    if (this.#call === undefined) return undefined;
    const forMs = this.#monotonicMs() - this.#call.sinceMs;
    if (this.#call.reason !== undefined) return `${this.#call.reason}, for ${seconds(forMs)}`;
    return forMs > SLOW_MS ? `the database has not answered for ${seconds(forMs)}` : undefined;
  }

  /**
   * @param what continues "… could not": e.g. "results could not be written"
   * @param signal ends the patience: the last error is thrown then
   * @throws at once what waiting cannot mend
   */
  async untilDone<T>(what: string, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const call: { readonly sinceMs: number; reason?: string } = { sinceMs: this.#monotonicMs() };
    this.#call = call;
    let toldMs = -Infinity;
    try {
      for (let attempt = 1; ; attempt++) {
        try {
          const result = await work();
          if (attempt > 1) this.#tellSuccess(what, call.sinceMs, attempt);
          return result;
        } catch (error) {
          if (remedyFor(error) !== "wait" || signal.aborted) throw error;
          const { code, message } = error as StorageError;
          call.reason = REASONS[code] ?? code;
          this.#retries++;
          const nowMs = this.#monotonicMs();
          if (nowMs - toldMs >= REMINDER_MS) {
            toldMs = nowMs;
            const facts = { code, reason: message, attempt, for_seconds: Math.round((nowMs - call.sinceMs) / 1_000) };
            this.#logger.error(facts, `${what}; it is tried again until it works`);
          }
          await delayUnlessAborted(this.#retryDelayMs(attempt), signal);
          if (signal.aborted) throw error;
        }
      }
    } finally {
      this.#call = undefined;
    }
  }

  #tellSuccess(what: string, sinceMs: number, attempts: number): void {
    const forMs = this.#monotonicMs() - sinceMs;
    this.#logger.info({ attempts, for_seconds: Math.round(forMs / 1_000) }, `it works again: ${what} for a while`);
  }
}

/** With some jitter, so that several processes do not come back to the database at the same instant. */
function defaultRetryDelayMs(attempt: number): number {
  return Math.min(2_000, 50 * 2 ** Math.min(attempt, 7)) * (0.75 + Math.random() / 2);
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1_000)} s`;
}

function delayUnlessAborted(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(done, delayMs);
    signal.addEventListener("abort", done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
  });
}
