import type { StreamSlice } from "../counting/stream-slice.js";
import type { ChatEvent, EventType, StreamMetaEvent } from "../records/event.js";
import type { Moment, MomentPhase } from "../records/moment.js";
import { formatInstant } from "../time/instant.js";
import { ChatRateWatch } from "./chat-rate-watch.js";
import { EmoteWatch } from "./emote-watch.js";
import { evidenceOf, type Evidence, type Stretch } from "./evidence.js";
import { MessageSamples, type MessageSamplesSnapshot } from "./message-samples.js";
import type { FindMoments, MomentFinder, StreamView } from "./moment-finder.js";
import { momentId } from "./moment-id.js";
import { RaidWatch, type RaidSnapshot } from "./raid-watch.js";
import { RevenueWatch } from "./revenue-watch.js";
import { SentimentWatch } from "./sentiment-watch.js";
import { ViewerWatch } from "./viewer-watch.js";
import type { Finding, JudgedSlice, Watch } from "./watch.js";

/** Finds moments of all types: what the engine's option `moments` takes. */
export const findMoments: FindMoments = (stream) => new StreamMoments(stream);

/** Moments whose reasons are in the chat: for the others the chat may not have come as far as their own input. */
const CHAT_MOMENTS: ReadonlySet<string> = new Set(["chat_spike", "chat_drop", "sentiment_shift", "emote_burst"]);
/** Reasons look at no more than this much of the past. */
const MEMORY_MS = 60_000;
/** An input that was silent for so long has no past that matters, even when the stream lives on. Gifts are far apart. */
const MAX_GIFT_GAP_MS = 3_600_000;

/**
 * All watches of one stream. Each input has a cursor of its own: a slice is judged as soon as the input that a watch reads
 * has passed it (rule W10), from the input's first event to the end of the stream's life.
 */
export class StreamMoments implements MomentFinder {
  readonly #view: StreamView;
  readonly #samples: MessageSamples;
  readonly #watches: Readonly<Record<string, Watch>>;
  /** The greater goes before the lesser that it explains. */
  readonly #watchesOf: Readonly<Record<WatchedInput, readonly Watch[]>>;
  /** How much of the past is surely kept, whatever the windows and wherever a restart was. */
  readonly #memoryMs: number;
  readonly #raids = new RaidWatch();
  readonly #cursors: Record<WatchedInput, Cursor> = {
    chat: new Cursor(),
    viewer: new Cursor(),
    transaction: new Cursor(),
  };
  /** The same for every slice: most are looked at and forgotten. */
  readonly #judged: Writable<JudgedSlice> = {
    index: 0,
    startMs: 0,
    endMs: 0,
    slice: undefined,
    people: (fromIndex) => this.#view.merged(this.#sinceMs(fromIndex), this.#judged.endMs)?.chatterCount ?? 0,
    samples: (fromIndex) => this.#samples.between(this.#sinceMs(fromIndex), this.#judged.endMs),
    isExplained: false,
  };
  /** Reasons of the open episodes, as they were at the last telling of a new peak, by moment id. */
  readonly #reasons = new Map<string, Evidence>();

  constructor(view: StreamView) {
    const { sliceMs, sizeMs, hopMs } = view.shape;
    this.#view = view;
    this.#samples = new MessageSamples(sliceMs);
    const keptMs = Math.min(MEMORY_MS, sizeMs - hopMs + view.allowedLatenessMs);
    this.#memoryMs = Math.max(1, Math.floor(keptMs / sliceMs)) * sliceMs;
    const chatRate = new ChatRateWatch(sliceMs);
    const emotes = new EmoteWatch(sliceMs, view.emoteNames);
    const sentiment = new SentimentWatch(sliceMs);
    const viewers = new ViewerWatch();
    const revenue = new RevenueWatch(sliceMs);
    this.#watches = { chatRate, emotes, sentiment, viewers, revenue };
    this.#watchesOf = { chat: [chatRate, emotes, sentiment], viewer: [viewers], transaction: [revenue] };
  }

  addChat(event: ChatEvent): void {
    this.#samples.add(event);
  }

  saw(input: EventType, atMs: number): void {
    if (input === "stream_meta") return;
    const cursor = this.#cursors[input];
    const index = Math.floor(atMs / this.#view.shape.sliceMs);
    // Until the first slice is judged an older event may still come within the bound.
    if (cursor.next === undefined || (cursor.isFresh && index < cursor.next)) {
      cursor.next = index;
      cursor.isFresh = true;
    }
  }

  raided(event: StreamMetaEvent): void {
    this.#tell(this.#raids.raided(event));
  }

  advance(): void {
    const view = this.#view;
    // All are read before any is judged: what is told must not depend on the order of the inputs.
    const chat = view.watermarkOf("chat");
    const viewer = view.watermarkOf("viewer");
    const transaction = view.watermarkOf("transaction");
    this.#advance("chat", chat);
    this.#advance("viewer", viewer);
    this.#advance("transaction", transaction);
    if (this.#raids.isIdle) return;
    const newest = Math.max(chat, viewer, transaction, view.watermarkOf("stream_meta"));
    this.#tell(this.#raids.advance(Math.min(chat, viewer), newest));
  }

  end(atMs: number): void {
    const { sliceMs } = this.#view.shape;
    for (const input of WATCHED) {
      this.#advance(input, (Math.floor(atMs / sliceMs) + 1) * sliceMs);
      this.#stop(input, atMs);
    }
    this.#tell(this.#raids.end());
  }

  forget(): void {
    for (const watch of Object.values(this.#watches)) watch.forget?.();
  }

  #advance(input: WatchedInput, watermarkMs: number): void {
    const cursor = this.#cursors[input];
    const { shape, streamTimeoutMs } = this.#view;
    const { sliceMs } = shape;
    const maxGap = (input === "transaction" ? MAX_GIFT_GAP_MS : streamTimeoutMs) / sliceMs;
    while (cursor.next !== undefined && (cursor.next + 1) * sliceMs <= watermarkMs) {
      const index: number = cursor.next;
      const slice = this.#view.sliceAt(index);
      if (slice?.holds(input) === true) cursor.newest = index;
      if (index - cursor.newest > maxGap) {
        this.#stop(input, index * sliceMs);
        cursor.next = this.#view.nextIndex(input, index);
        continue;
      }
      cursor.next = index + 1;
      cursor.isFresh = false;
      this.#judge(input, index, slice);
    }
  }

  #judge(input: WatchedInput, index: number, slice: StreamSlice | undefined): void {
    const judged = this.#judged;
    judged.index = index;
    judged.startMs = index * this.#view.shape.sliceMs;
    judged.endMs = judged.startMs + this.#view.shape.sliceMs;
    judged.slice = slice;
    judged.isExplained = input === "viewer" && this.#raids.explains(judged.endMs);
    if (input === "chat") this.#samples.expire(judged.endMs - this.#memoryMs);
    for (const watch of this.#watchesOf[input]) {
      this.#tell(watch.update(judged), judged.endMs);
      judged.isExplained ||= watch.explains?.(judged.endMs) === true;
    }
  }

  /** Where a slice begins, or what is remembered when that is later. */
  #sinceMs(fromIndex: number): number {
    return Math.max(fromIndex * this.#view.shape.sliceMs, this.#judged.endMs - this.#memoryMs);
  }

  #stop(input: WatchedInput, atMs: number): void {
    for (const watch of this.#watchesOf[input]) this.#tell(watch.end(atMs));
    this.#cursors[input].next = undefined;
    this.#cursors[input].isFresh = true;
  }

  /** @param judgedMs end of the slice that brought them; undefined when no slice did, and their reasons stay as they are */
  #tell(findings: readonly Finding[], judgedMs?: number): void {
    for (const finding of findings) {
      this.#view.emit(this.#momentOf(finding, judgedMs), finding.phase);
      if (finding.phase !== "opened") continue;
      if (finding.type === "chat_spike") this.#raids.noteHalf("chat", finding.episode);
      if (finding.type === "viewer_spike") this.#raids.noteHalf("viewers", finding.episode);
    }
  }

  #momentOf(finding: Finding, judgedMs: number | undefined): Moment {
    const { phase, episode, type, scope, metric, severity, description, details } = finding;
    const { streamId, shape, maxOutOfOrdernessMs } = this.#view;
    const id = momentId(streamId, type, episode.onsetMs, scope);
    const evidence = CHAT_MOMENTS.has(type) ? this.#evidence(id, phase, episode.onsetMs, judgedMs) : undefined;
    // Only what is judged on slices waits for the watermark, which trails the newest event by the bound.
    const waitedMs = type === "raid" ? 0 : maxOutOfOrdernessMs;
    return {
      moment_id: id,
      stream_id: streamId,
      timestamp: formatInstant(episode.onsetMs),
      detected_at: formatInstant(episode.detectedMs + waitedMs),
      peaked_at: formatInstant(episode.peakMs),
      ended_at: phase === "closed" ? formatInstant(Math.max(episode.onsetMs, episode.lastActiveMs)) : null,
      moment_type: type,
      description,
      metric_name: metric,
      metric_value: episode.peak,
      threshold: episode.threshold,
      z_score: episode.zScore,
      // People who paste are fewer thoughts than they are messages.
      severity: evidence?.is_copypasta === true ? severity / 2 : severity,
      metadata: { baseline: episode.usual, window_ms: shape.sliceMs, ...evidence, ...details },
    };
  }

  /**
   * The reasons of a moment are those of its last peak while its onset is remembered: what is said at the end is not why
   * it began.
   */
  #evidence(id: string, phase: MomentPhase, onsetMs: number, judgedMs: number | undefined): Evidence {
    const { sliceMs } = this.#view.shape;
    const oldestMs = judgedMs === undefined ? Infinity : judgedMs - this.#memoryMs;
    let evidence = this.#reasons.get(id);
    if (evidence === undefined || (phase !== "closed" && onsetMs >= oldestMs)) {
      const toMs = judgedMs ?? onsetMs;
      const fromMs = Math.max(Math.floor(onsetMs / sliceMs) * sliceMs, oldestMs);
      evidence = evidenceOf(this.#stretch(fromMs, toMs), this.#stretch(oldestMs, fromMs), toMs - fromMs);
    }
    if (phase === "closed") this.#reasons.delete(id);
    else this.#reasons.set(id, evidence);
    return evidence;
  }

  #stretch(fromMs: number, toMs: number): Stretch {
    return { counted: this.#view.merged(fromMs, toMs), samples: this.#samples.between(fromMs, toMs) };
  }

  /** @param isWhole with what the log can bring back, too */
  snapshot(isWhole: boolean): StreamMomentsSnapshot {
    return {
      watches: Object.fromEntries(Object.entries(this.#watches).map(([name, watch]) => [name, watch.snapshot()])),
      raids: this.#raids.snapshot(),
      cursors: WATCHED.map((input) => {
        const { next, newest, isFresh } = this.#cursors[input];
        return [next ?? null, newest, isFresh];
      }),
      reasons: [...this.#reasons],
      samples: isWhole ? this.#samples.snapshot() : [],
    };
  }

  restore(snapshot: StreamMomentsSnapshot): void {
    for (const [name, state] of Object.entries(snapshot.watches)) this.#watches[name]?.restore(state as never);
    this.#raids.restore(snapshot.raids);
    WATCHED.forEach((input, index) => {
      const [next, newest, isFresh] = snapshot.cursors[index] ?? [null, 0, true];
      Object.assign(this.#cursors[input], { next: next ?? undefined, newest, isFresh });
    });
    for (const [id, evidence] of snapshot.reasons) this.#reasons.set(id, evidence);
    this.#samples.restore(snapshot.samples);
  }
}

/** Without `samples`, which reading the log again rebuilds, it is small. */
export interface StreamMomentsSnapshot {
  readonly watches: Readonly<Record<string, unknown>>;
  readonly raids: RaidSnapshot;
  readonly cursors: readonly (readonly [next: number | null, newest: number, isFresh: boolean])[];
  readonly reasons: readonly (readonly [id: string, evidence: Evidence])[];
  readonly samples: MessageSamplesSnapshot;
}

type Writable<T> = { -readonly [Field in keyof T]: T[Field] };

const WATCHED = ["chat", "viewer", "transaction"] as const;
type WatchedInput = (typeof WATCHED)[number];

class Cursor {
  /** Index of the next slice to judge; undefined while the input has said nothing in this life. */
  next: number | undefined;
  /** Index of the newest judged slice that held something of the input. */
  newest = 0;
  /** True until the first slice is judged. */
  isFresh = true;
}
