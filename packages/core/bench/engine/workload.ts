import { Random } from "./random.js";

export interface WorkloadOptions {
  readonly streams: number;
  /** Events per stream and second of event time, all kinds; the mean where streams are not alike. */
  readonly perSecond: number;
  /** Whether all streams have as many events, or by Zipf's law few have most, as on a platform. Default "alike". */
  readonly spread?: "alike" | "zipf";
  /** Emote names in use, the same in every stream. Default 500. */
  readonly emotes?: number;
  /** People who may chat in a stream. Default 2000. */
  readonly chatters?: number;
  readonly seed?: number;
}

const START_MS = Date.UTC(2025, 0, 1, 20);
const VIEWER_SHARE = 0.03;
const TRANSACTION_SHARE = 0.01;
/**
 * Viewer counts and donations come from one stream in ten. If they came from all, rarely, they would hold back the windows
 * of each for minutes while a backlog is read, and no run could be long enough for a state that is full.
 */
const WATCHED = 10;
/** In words, for the report. */
export const EVENTS = "96 % chat of all streams, 3 % viewer counts and 1 % donations of one stream in ten";
const EMOTE_SHARE = 0.35;
/** One event in ten is behind the others, by less than the 5 s that the engine waits at its defaults. */
const DELAYED_SHARE = 0.1;
const MAX_DELAY_MS = 4_000;

/** Messages with their emotes and beginnings of ids are made in advance; the events draw from them. */
const MESSAGES = 60_000;
const ID_BEGINNINGS = 4_096;

/**
 * Events of a platform as JSON, one after the other without end: streams mixed, in the order of event time but for some
 * delays, every id once. The text is put together by hand, because making it takes longer than what is measured.
 */
export class Workload {
  readonly #random: Random;
  readonly #options: Required<WorkloadOptions>;
  readonly #messages: readonly string[];
  readonly #idBeginnings: readonly string[];
  #made = 0;
  #second = { atMs: NaN, text: "" };

  constructor(phrases: readonly string[], options: WorkloadOptions) {
    this.#options = { spread: "alike", emotes: 500, chatters: 2_000, seed: 20_250_101, ...options };
    this.#random = new Random(this.#options.seed);
    const emotes = Array.from({ length: this.#options.emotes }, (_, rank) => `demo${rank.toString(36)}Emote`);
    this.#messages = Array.from({ length: MESSAGES }, () => this.#message(phrases, emotes));
    this.#idBeginnings = Array.from({ length: ID_BEGINNINGS }, () => this.#idBeginning());
  }

  take(count: number): string[] {
    // Out of bytes, as texts come into a service: in one piece each, and not shared with anything.
    return Array.from({ length: count }, () => Buffer.from(this.#next()).toString());
  }

  #next(): string {
    const random = this.#random;
    const { streams, perSecond, spread } = this.#options;
    const number = this.#made++;
    const delayMs = random.unit() < DELAYED_SHARE ? random.below(MAX_DELAY_MS) : 0;
    const atMs = START_MS + Math.floor((number * 1000) / (streams * perSecond)) - delayMs;
    const kind = random.unit();
    const isChat = kind >= TRANSACTION_SHARE + VIEWER_SHARE;
    const drawn = spread === "zipf" ? random.zipf(streams) : random.below(streams);
    const stream = isChat ? drawn : drawn - (drawn % WATCHED);
    const common = `"event_id":"${this.#eventId(number)}","timestamp":"${this.#instant(atMs)}","stream_id":"stream-${stream}"`;
    if (!isChat && kind >= TRANSACTION_SHARE) {
      return `{"type":"viewer",${common},"viewer_count":${500 + random.below(200)}}`;
    }
    const chatter = random.zipf(this.#options.chatters);
    // The same people are not in every channel.
    const userId = 100_000_000 + ((stream * 7_919 + chatter * 104_729) % 800_000_000);
    const person = `"user_id":"${userId}","username":"viewer_${stream}_${chatter}"`;
    if (!isChat) {
      const cents = 100 + random.below(2_000);
      return `{"type":"transaction",${common},${person},"transaction_type":"donation","amount":${cents / 100},"currency":"USD"}`;
    }
    return `{"type":"chat",${common},${person},${this.#messages[random.below(MESSAGES)] ?? ""},${chatter % 3 === 0 ? SUBSCRIBER : PASSER_BY}}`;
  }

  /** Two fields of a chat message. */
  #message(phrases: readonly string[], emotes: readonly string[]): string {
    const random = this.#random;
    const phrase = phrases[random.below(phrases.length)] ?? "";
    if (random.unit() >= EMOTE_SHARE) return `"message":${JSON.stringify(phrase)},"emotes":[]`;
    const used = Array.from({ length: 1 + random.zipf(4) }, () => emotes[random.zipf(emotes.length)] ?? "");
    return `"message":${JSON.stringify(`${phrase} ${used.join(" ")}`)},"emotes":${JSON.stringify(used)}`;
  }

  #idBeginning(): string {
    const hex = [this.#random.bits(), this.#random.bits(), this.#random.bits()].map((bits) => bits.toString(16));
    const digits = hex.map((text) => text.padStart(8, "0")).join("");
    return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}`;
  }

  /** As long as the ids of the platforms; the number of the event in it keeps it the only one. */
  #eventId(number: number): string {
    return `${this.#idBeginnings[this.#random.bits() % ID_BEGINNINGS] ?? ""}-${String(number).padStart(12, "0")}`;
  }

  /** ISO 8601; only the first event of a second costs a date. */
  #instant(epochMs: number): string {
    const ms = epochMs % 1000;
    if (epochMs - ms !== this.#second.atMs) {
      const atMs = epochMs - ms;
      this.#second = { atMs, text: new Date(atMs).toISOString().slice(0, -4) };
    }
    return `${this.#second.text}${String(ms).padStart(3, "0")}Z`;
  }
}

const SUBSCRIBER = `"badges":["subscriber/6"],"is_subscriber":true,"is_moderator":false`;
const PASSER_BY = `"badges":[],"is_subscriber":false,"is_moderator":false`;
