import type { StreamTotals } from "../counting/stream-totals.js";
import type { Sample } from "./message-samples.js";

/** Why a moment happened, as far as the chat since its onset tells. */
export interface Evidence {
  readonly messages: number;
  readonly chatters: number;
  /** Emotes in an average message. */
  readonly emote_density: number;
  /** Messages a second for each viewer; null when the number of viewers is not known. */
  readonly rate_per_viewer: number | null;
  readonly sentiment_score: number | null;
  /** `lift`: how many times more of the messages have it than just before; see `liftOf`. */
  readonly top_emotes: { name: string; count: number; url?: string; lift: number }[];
  readonly top_terms: { term: string; count: number; lift: number }[];
  readonly sample_messages: string[];
  /** Share of the sampled messages that repeat another one's text, 0…1. */
  readonly repeated_ratio: number;
  /** True when most messages say the same long text: people paste, they do not react. */
  readonly is_copypasta: boolean;
}

/** A stretch of chat: everything counted in it, and a few of its messages. */
export interface Stretch {
  readonly counted: StreamTotals | undefined;
  readonly samples: readonly Sample[];
}

const TOP = 5;
const SAMPLES = 3;
const MAX_SAMPLE_LENGTH = 200;
/** A paste is a text of at least this many characters, from several people, that makes at least this share of the messages. */
const PASTE_LENGTH = 40;
const PASTE_PEOPLE = 3;
const PASTE_SHARE = 0.4;

/** @param now the chat since the onset @param before the chat before it, as far as it is remembered */
export function evidenceOf(now: Stretch, before: Stretch, durationMs: number): Evidence {
  const { counted, samples } = now;
  const messages = counted?.chatCount ?? 0;
  const usualMessages = before.counted?.chatCount ?? 0;
  const texts = countOf(samples, ({ text }) => [fold(text)]);
  const usualTerms = countOf(before.samples, termsOf);
  const [mostSaid, times] = top(texts, 1)[0] ?? ["", 0];
  const pasters = new Set(samples.flatMap(({ text, user }) => (fold(text) === mostSaid ? user : [])));
  const viewers = (counted?.viewers ?? before.counted?.viewers)?.newest;
  return {
    messages,
    chatters: counted?.chatterCount ?? 0,
    emote_density: round((counted?.emoteUses ?? 0) / Math.max(1, messages)),
    rate_per_viewer: viewers === undefined || viewers === 0 ? null : round(messages / (durationMs / 1000) / viewers),
    sentiment_score: counted?.meanSentiment ?? null,
    top_emotes: (counted?.topEmotes(TOP) ?? []).map((emote) => ({
      ...emote,
      lift: liftOf(emote.count, messages, before.counted?.usesOf(emote.name), usualMessages),
    })),
    top_terms: top(countOf(samples, termsOf), TOP).map(([term, count]) => ({
      term,
      count,
      lift: liftOf(count, samples.length, usualTerms.get(term), before.samples.length),
    })),
    sample_messages: choose(samples, texts),
    repeated_ratio: samples.length === 0 ? 0 : round(1 - texts.size / samples.length),
    is_copypasta:
      mostSaid.length >= PASTE_LENGTH && pasters.size >= PASTE_PEOPLE && times >= PASTE_SHARE * samples.length,
  };
}

/** Ratio of two shares; half a use is added to each, so that what was not seen before has a lift as well. */
function liftOf(count: number, of: number, usualCount = 0, usualOf: number): number {
  return round(((count + 0.5) * (usualOf + 1)) / ((of + 1) * (usualCount + 0.5)));
}

function countOf(samples: readonly Sample[], keysOf: (sample: Sample) => Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const sample of samples) for (const key of keysOf(sample)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function top(counts: ReadonlyMap<string, number>, limit: number): [string, number][] {
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, limit);
}

function fold(text: string): string {
  return text.toLowerCase().replace(/\s+/g, " ").trim();
}

/** Words of three letters and more that are no emote, each once a message. */
function termsOf({ text, emotes }: Sample): Set<string> {
  const words = text.split(/\s+/).filter((word) => !emotes.includes(word));
  return new Set(
    words
      .map((word) => word.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""))
      .filter((word) => word.length >= 3 && word.length <= 40),
  );
}

/** What was said most often first, then what was said first; each text once. */
function choose(samples: readonly Sample[], texts: ReadonlyMap<string, number>): string[] {
  const firsts = new Map<string, string>();
  for (const { text } of samples) if (fold(text) !== "" && !firsts.has(fold(text))) firsts.set(fold(text), text);
  // Sorting keeps the order of those that are said as often.
  return [...firsts]
    .sort(([a], [b]) => (texts.get(b) ?? 0) - (texts.get(a) ?? 0))
    .slice(0, SAMPLES)
    .map(([, text]) => shorten(text));
}

function shorten(text: string): string {
  return text.length > MAX_SAMPLE_LENGTH ? `${text.slice(0, MAX_SAMPLE_LENGTH).toWellFormed()}…` : text;
}

/** Four decimals: enough for people, and small in a checkpoint. */
function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
