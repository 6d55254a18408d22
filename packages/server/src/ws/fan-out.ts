import type { Lane, Place } from "../ports/hub.js";
import { SLICE_SIZE } from "./in-slices.js";

/** A frame as bytes, made once for all its readers. */
export interface Outgoing {
  readonly lane: Lane;
  /** Absent on a frame that is no part of the history: a repeat of what is known, for this process's readers only. */
  readonly place?: Place;
  readonly payload: Buffer;
}

export interface Reader {
  deliver(frame: Outgoing): void;
}

interface Job {
  readonly frame: Outgoing;
  readonly readers: readonly Reader[];
  readonly startedAtMs: number;
  next: number;
}

/**
 * Hands frames to their readers in the order they came, a slice at a time. One queue for all streams: whoever reads
 * two frames gets them in order, and a stream with ten thousand readers does not stop the requests of others.
 */
export class FanOut {
  readonly #jobs: Job[] = [];
  readonly #onDone: (elapsedMs: number) => void;
  #isScheduled = false;

  /** @param onDone called for each frame with the time it took to reach its last reader */
  constructor(onDone: (elapsedMs: number) => void) {
    this.#onDone = onDone;
  }

  send(frame: Outgoing, readers: Iterable<Reader>): void {
    this.#jobs.push({ frame, readers: [...readers], startedAtMs: performance.now(), next: 0 });
    // Few readers get their frame at once; a queue that is being worked on keeps its order.
    if (!this.#isScheduled) this.#work();
  }

  #work(): void {
    this.#isScheduled = false;
    let left = SLICE_SIZE;
    for (let job = this.#jobs[0]; job !== undefined; job = this.#jobs[0]) {
      while (left > 0 && job.next < job.readers.length) {
        job.readers[job.next++]?.deliver(job.frame);
        left--;
      }
      if (job.next < job.readers.length || left === 0) {
        this.#isScheduled = true;
        setImmediate(() => this.#work());
        return;
      }
      this.#jobs.shift();
      this.#onDone(performance.now() - job.startedAtMs);
    }
  }
}
