import type { EmoteCount } from "../records/metric-row.js";
import { topEmotes } from "../analytics/metric-row-of.js";
import type { StreamSlice } from "../analytics/stream-slice.js";
import type { Sample } from "./message-samples.js";

/** Why a moment happened, as far as the chat since its onset tells. */
export interface Evidence {
  readonly messages: number;
  readonly chatters: number;
  readonly top_emotes: EmoteCount[];
  readonly top_terms: { term: string; count: number }[];
  readonly sample_messages: string[];
  /** Share of the sampled messages that repeat another one's text, 0…1. */
  readonly repeated_ratio: number;
  /** True when most messages say the same long text: people paste, they do not react. */
  readonly is_copypasta: boolean;
}

const TOP = 5;
const SAMPLES = 3;
const MAX_SAMPLE_LENGTH = 200;
/** A paste is a text of at least this many characters that makes at least this share of the messages. */
const PASTE_LENGTH = 40;
const PASTE_SHARE = 0.4;

export function evidenceOf(slice: StreamSlice | undefined, samples: readonly Sample[]): Evidence {
  const texts = new Map<string, number>();
  const terms = new Map<string, number>();
  for (const { text, emotes } of samples) {
    count(texts, fold(text));
    for (const term of termsOf(text, emotes)) count(terms, term);
  }
  const [mostSaid, times] = top(texts, 1)[0] ?? ["", 0];
  return {
    messages: slice?.chatCount ?? 0,
    chatters: slice?.chatters.count() ?? 0,
    top_emotes: slice === undefined ? [] : topEmotes(slice).slice(0, TOP),
    top_terms: top(terms, TOP).map(([term, uses]) => ({ term, count: uses })),
    sample_messages: choose(samples, texts),
    repeated_ratio: samples.length === 0 ? 0 : (samples.length - texts.size) / samples.length,
    is_copypasta: mostSaid.length >= PASTE_LENGTH && times >= PASTE_SHARE * samples.length && times >= SAMPLES,
  };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function top(counts: Map<string, number>, limit: number): [string, number][] {
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, limit);
}

function fold(text: string): string {
  return text.toLowerCase().replace(/\s+/g, " ").trim();
}

/** Words of three letters and more that are no emote, each once a message. */
function termsOf(text: string, emotes: readonly string[]): Set<string> {
  const names = new Set(emotes);
  const words = text.split(/\s+/).filter((word) => !names.has(word));
  return new Set(
    words
      .map((word) => word.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""))
      .filter((word) => word.length >= 3 && word.length <= 40),
  );
}

/** What was said most often first, then what was said first; each text once. */
function choose(samples: readonly Sample[], texts: ReadonlyMap<string, number>): string[] {
  const chosen = new Map<string, string>();
  const ranked = samples.toSorted((a, b) => (texts.get(fold(b.text)) ?? 0) - (texts.get(fold(a.text)) ?? 0));
  for (const { text } of ranked) {
    const folded = fold(text);
    if (folded !== "" && !chosen.has(folded)) chosen.set(folded, shorten(text));
    if (chosen.size === SAMPLES) break;
  }
  return [...chosen.values()];
}

function shorten(text: string): string {
  return text.length > MAX_SAMPLE_LENGTH ? `${text.slice(0, MAX_SAMPLE_LENGTH).toWellFormed()}…` : text;
}
