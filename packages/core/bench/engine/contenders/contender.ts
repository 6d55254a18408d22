import type { ChatEvent, StreamEvent } from "../../../src/records/event.js";

/** What everybody computes for each window in which somebody wrote. */
export interface WindowCounts {
  readonly stream_id: string;
  readonly start_ms: number;
  readonly chat_count: number;
  readonly unique_chatters: number;
  /** The ten most used: count descending, then name by UTF-16 code unit. */
  readonly top_emotes: readonly { readonly name: string; readonly count: number }[];
  /** Mean compound score; null when nobody scores. */
  readonly sentiment_score: number | null;
}

export interface ContenderOptions {
  readonly sizeMs: number;
  readonly hopMs: number;
  readonly maxOutOfOrdernessMs: number;
  /** Compound score of a message in ten thousandths; without it there is no sentiment. */
  readonly scoreOf?: ((event: ChatEvent) => number) | undefined;
}

/** One way to compute windows. */
export interface Contender {
  push(event: StreamEvent): void;
  /** No more events will come: closes what is open. */
  finish(): void;
}

export type OpenContender = (options: ContenderOptions, onRow: (row: WindowCounts) => void) => Contender;

/** What a window holds while it is open, without slices: shared by those that copy each event into all of its windows. */
export class WindowTally {
  count = 0;
  scoreSum = 0;
  readonly chatters = new Set<string>();
  readonly emotes = new Map<string, number>();

  add(event: ChatEvent, score: number): void {
    this.count += 1;
    this.scoreSum += score;
    this.chatters.add(event.user_id);
    for (const { name } of event.emotes) this.emotes.set(name, (this.emotes.get(name) ?? 0) + 1);
  }

  row(streamId: string, startMs: number, isScored: boolean): WindowCounts {
    const ranked = [...this.emotes].sort(([nameA, a], [nameB, b]) => b - a || (nameA < nameB ? -1 : 1));
    return {
      stream_id: streamId,
      start_ms: startMs,
      chat_count: this.count,
      unique_chatters: this.chatters.size,
      top_emotes: ranked.slice(0, 10).map(([name, count]) => ({ name, count })),
      sentiment_score: isScored ? this.scoreSum / this.count / 10_000 : null,
    };
  }
}
