/** What became of a recording so far. */
export interface ReplayReport {
  /** Lines read, empty ones included; for a JSON document its comments. */
  readonly lines: number;
  /** Events read, those that the end of the file adds included. */
  readonly events: number;
  /** What gave no event and need not, by reason, such as `CLEARCHAT`. */
  readonly skipped: Readonly<Record<string, number>>;
  /** The first 20 lines (1-based) that would be events but could not be read. */
  readonly unreadable: readonly UnreadableLine[];
  readonly unreadableCount: number;
  /** False while the replay runs, and for one that ended early. */
  readonly isComplete: boolean;
}

export interface UnreadableLine {
  readonly line: number;
  readonly reason: string;
}

const MAX_LISTED = 20;
/** Reasons come out of the file, so their number has a limit; what is beyond it is counted together. */
const MAX_REASONS = 64;
const OTHER_REASONS = "other";

/** Counts while a recording is read. */
export class ReplayTally {
  lines = 0;
  events = 0;
  readonly #skipped = new Map<string, number>();
  readonly #unreadable: UnreadableLine[] = [];
  #unreadableCount = 0;

  /** The current line holds nothing to count. */
  skip(reason: string): void {
    const isRoom = this.#skipped.size < MAX_REASONS || this.#skipped.has(reason);
    const key = isRoom ? reason : OTHER_REASONS;
    this.#skipped.set(key, (this.#skipped.get(key) ?? 0) + 1);
  }

  /** The current line cannot be read. */
  refuse(reason: string): void {
    this.#unreadableCount += 1;
    if (this.#unreadable.length < MAX_LISTED) this.#unreadable.push({ line: this.lines, reason });
  }

  report(isComplete: boolean): ReplayReport {
    return {
      lines: this.lines,
      events: this.events,
      skipped: Object.fromEntries(this.#skipped),
      unreadable: [...this.#unreadable],
      unreadableCount: this.#unreadableCount,
      isComplete,
    };
  }
}
