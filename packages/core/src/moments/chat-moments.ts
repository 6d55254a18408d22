import type { ResolvedOptions } from "../analytics/engine-options.js";
import type { ChatEvent } from "../records/event.js";
import type { Moment, MomentPhase } from "../records/moment.js";
import { formatInstant } from "../time/instant.js";
import { CHAT_SPIKE_DEFAULTS, ChatSpikeDetector, type ChatSpikeSnapshot, type SpikeChange } from "./chat-spike.js";
import { momentId } from "./moment-id.js";
import { RecentChat, type RecentChatSnapshot } from "./recent-chat.js";

/**
 * Watches one stream's chat for spikes: counts messages per slice, hands every slice that the chat's own watermark
 * has passed to the detector (rule W10: it waits for no other input), and turns its episodes into moments with reasons.
 */
export class ChatMoments {
  readonly #streamId: string;
  readonly #options: ResolvedOptions;
  readonly #emit: (moment: Moment, phase: MomentPhase) => void;
  readonly #detector = new ChatSpikeDetector();
  readonly #recent: RecentChat;
  /** Messages in the slices that are not judged yet, by slice index. */
  readonly #pending = new Map<number, number>();
  /** The next slice to judge; undefined while there is nothing to compare with. */
  #nextIndex: number | undefined;
  #silentSlices = 0;

  constructor(streamId: string, options: ResolvedOptions, emit: (moment: Moment, phase: MomentPhase) => void) {
    this.#streamId = streamId;
    this.#options = options;
    this.#emit = emit;
    this.#recent = new RecentChat(options.maxRecentMessages);
  }

  add(event: ChatEvent): void {
    const index = this.#indexOf(event.timestamp);
    this.#nextIndex ??= index;
    this.replay(event);
  }

  /** Counts a message again after a restart; slices that were judged before it stay judged. */
  replay(event: ChatEvent): void {
    this.#recent.add(event);
    const index = this.#indexOf(event.timestamp);
    if (this.#nextIndex === undefined || index < this.#nextIndex) return;
    this.#pending.set(index, (this.#pending.get(index) ?? 0) + 1);
  }

  /** Judges every slice that ended at or before the watermark of the chat. */
  advance(watermarkMs: number): void {
    if (this.#nextIndex === undefined || watermarkMs === -Infinity) return;
    const { sliceMs } = this.#options.shape;
    const silenceLimit = Math.ceil(this.#options.streamTimeoutMs / sliceMs);
    while ((this.#nextIndex + 1) * sliceMs <= watermarkMs) {
      const index: number = this.#nextIndex;
      const count = this.#pending.get(index) ?? 0;
      this.#pending.delete(index);
      this.#nextIndex = index + 1;
      this.#silentSlices = count === 0 ? this.#silentSlices + 1 : 0;
      this.#report(this.#detector.update(index, count), index);
      if (this.#silentSlices >= silenceLimit) {
        this.#restart(index);
        if (this.#nextIndex === undefined) return;
      }
    }
  }

  /** The stream ended: what goes on ends with it, and another life starts without a past. */
  end(atMs: number): void {
    const index = this.#indexOf(atMs);
    this.advance((index + 1) * this.#options.shape.sliceMs);
    this.#restart(index);
  }

  #restart(index: number): void {
    this.#report(this.#detector.reset(index), index);
    this.#silentSlices = 0;
    const next = Math.min(...this.#pending.keys());
    this.#nextIndex = next === Infinity ? undefined : next;
  }

  #indexOf(instantMs: number): number {
    return Math.floor(instantMs / this.#options.shape.sliceMs);
  }

  #report(change: SpikeChange | undefined, index: number): void {
    if (change !== undefined) this.#emit(this.#momentOf(change, index), change.phase);
  }

  #momentOf({ phase, episode }: SpikeChange, index: number): Moment {
    const { sliceMs } = this.#options.shape;
    const perSecond = 1000 / (CHAT_SPIKE_DEFAULTS.judgedSlices * sliceMs);
    const onsetMs = episode.onset * sliceMs;
    const endMs = (phase === "closed" ? episode.end + 1 : index + 1) * sliceMs;
    const rate = episode.peakCount * perSecond;
    const usual = episode.baseline * perSecond;
    return {
      moment_id: momentId(this.#streamId, "chat_spike", onsetMs),
      stream_id: this.#streamId,
      timestamp: formatInstant(onsetMs),
      detected_at: formatInstant((index + 1) * sliceMs + this.#options.watermark.maxOutOfOrdernessMs),
      peaked_at: formatInstant(episode.peak * sliceMs),
      ended_at: phase === "closed" ? formatInstant(endMs) : null,
      moment_type: "chat_spike",
      description: describe(rate, usual, phase === "closed" ? endMs - onsetMs : undefined),
      metric_name: "chat_rate",
      metric_value: rate,
      threshold: episode.threshold * perSecond,
      z_score: episode.zScore,
      severity: episode.zScore / (episode.zScore + CHAT_SPIKE_DEFAULTS.raiseAt),
      metadata: {
        baseline: usual,
        window_ms: CHAT_SPIKE_DEFAULTS.judgedSlices * sliceMs,
        ...this.#recent.between(onsetMs, endMs),
      },
    };
  }

  snapshot(): ChatMomentsSnapshot {
    return {
      detector: this.#detector.snapshot(),
      nextIndex: this.#nextIndex ?? null,
      silentSlices: this.#silentSlices,
      pending: [...this.#pending],
      recent: this.#recent.snapshot(),
    };
  }

  restore(snapshot: ChatMomentsSnapshot): void {
    this.#detector.restore(snapshot.detector);
    this.#nextIndex = snapshot.nextIndex ?? undefined;
    this.#silentSlices = snapshot.silentSlices;
    for (const [index, count] of snapshot.pending) this.#pending.set(index, count);
    this.#recent.restore(snapshot.recent);
  }
}

/** Without `pending` and `recent`, which reading the log again rebuilds, it is small. */
export interface ChatMomentsSnapshot {
  readonly detector: ChatSpikeSnapshot;
  readonly nextIndex: number | null;
  readonly silentSlices: number;
  readonly pending: readonly (readonly [index: number, count: number])[];
  readonly recent: RecentChatSnapshot;
}

function describe(rate: number, usual: number, durationMs: number | undefined): string {
  const how = usual < 0.05 ? "out of near silence" : `${times(rate / usual)} the usual ${round(usual)}`;
  if (durationMs === undefined) return `Chat jumped to ${round(rate)} messages/s, ${how}.`;
  return `Chat ran at up to ${round(rate)} messages/s for ${Math.round(durationMs / 1000)} s, ${how}.`;
}

function times(ratio: number): string {
  return ratio >= 10 ? `${Math.round(ratio)} times` : `${round(ratio)} times`;
}

function round(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Math.round(value * 10) / 10);
}
