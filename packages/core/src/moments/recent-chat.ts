import type { ChatEvent } from "../records/event.js";
import type { EmoteCount } from "../records/metric-row.js";

interface Message {
  readonly atMs: number;
  readonly userId: string;
  readonly text: string;
  readonly emotes: readonly string[];
}

/** Why a moment happened, as far as the messages since its onset tell. */
export interface ChatEvidence {
  readonly chatters: number;
  readonly top_emotes: EmoteCount[];
  readonly top_terms: { term: string; count: number }[];
  readonly sample_messages: string[];
  /** Share of messages whose text (folded) was said before since the onset, 0 to 1: high for a copypasta. */
  readonly repeated_ratio: number;
}

const SAMPLES = 3;
const TOP = 5;
const MAX_SAMPLE_LENGTH = 200;

/** The newest messages of a stream, a bounded ring: what the reasons of a moment are taken from. */
export class RecentChat {
  readonly #messages: Message[] = [];
  readonly #limit: number;
  #next = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(event: ChatEvent): void {
    const emotes = event.emotes.length === 0 ? NONE : event.emotes.map(({ name }) => name);
    this.#messages[this.#next] = { atMs: event.timestamp, userId: event.user_id, text: event.message, emotes };
    this.#next = (this.#next + 1) % this.#limit;
  }

  /** Evidence from the messages in `[fromMs, toMs)`. */
  between(fromMs: number, toMs: number): ChatEvidence {
    const messages = this.#messages
      .filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
      .sort((a, b) => a.atMs - b.atMs || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
    const emotes = new Map<string, number>();
    const terms = new Map<string, number>();
    const texts = new Map<string, number>();
    const users = new Set<string>();
    for (const { userId, text, emotes: used } of messages) {
      users.add(userId);
      count(texts, fold(text));
      for (const name of used) count(emotes, name);
      for (const term of termsOf(text, used)) count(terms, term);
    }
    const repeated = messages.length - texts.size;
    return {
      chatters: users.size,
      top_emotes: top(emotes).map(([name, times]) => ({ name, count: times })),
      top_terms: top(terms).map(([term, times]) => ({ term, count: times })),
      sample_messages: sample(messages, texts),
      repeated_ratio: messages.length === 0 ? 0 : repeated / messages.length,
    };
  }

  snapshot(): readonly Message[] {
    return [...this.#messages.slice(this.#next), ...this.#messages.slice(0, this.#next)];
  }

  restore(messages: readonly Message[]): void {
    this.#messages.push(...messages.slice(-this.#limit));
    this.#next = this.#messages.length % this.#limit;
  }
}

export type RecentChatSnapshot = readonly Message[];

const NONE: readonly string[] = Object.freeze([]);

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function top(counts: Map<string, number>): [string, number][] {
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, TOP);
}

function fold(text: string): string {
  return text.toLowerCase().replace(/\s+/g, " ").trim();
}

/** Words of three letters and more that are no emote, each once a message, so that one spammer does not make a term. */
function termsOf(text: string, emotes: readonly string[]): Set<string> {
  const names = new Set(emotes);
  const words = text.split(/\s+/).filter((word) => !names.has(word));
  return new Set(
    words
      .map((word) => word.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""))
      .filter((word) => word.length >= 3 && word.length <= 40),
  );
}

/** The texts said most often first, then the earliest: what the chat as a whole said. */
function sample(messages: readonly Message[], texts: Map<string, number>): string[] {
  const samples: string[] = [];
  const taken = new Set<string>();
  const ranked = messages.toSorted((a, b) => (texts.get(fold(b.text)) ?? 0) - (texts.get(fold(a.text)) ?? 0));
  for (const { text } of ranked) {
    const folded = fold(text);
    if (folded === "" || taken.has(folded)) continue;
    taken.add(folded);
    samples.push(text.length > MAX_SAMPLE_LENGTH ? `${text.slice(0, MAX_SAMPLE_LENGTH)}…`.toWellFormed() : text);
    if (samples.length === SAMPLES) break;
  }
  return samples;
}
