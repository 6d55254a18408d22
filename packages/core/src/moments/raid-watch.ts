import type { StreamMetaEvent } from "../records/event.js";
import type { Episode } from "./episode.js";
import { severityOfRatio, type Finding } from "./watch.js";

/** How long a raid is told as going on. */
const RAID_MS = 60_000;
/** A jump of the viewers and a burst of chat this close together look like a raid. */
const TOGETHER_MS = 60_000;
/** What looks like a raid this close to a known one is that one. */
const SAME_MS = 120_000;
/** More at once than anybody has seen. */
const MAX_RAIDS = 16;

/**
 * Raids: told by their event at once, or recognised by their shape, a jump of the viewers together with a burst of chat.
 * The halves of a shape come from inputs that go on at their own pace, so they wait until both have come as far, and are
 * matched in the order in which they were found: what is told does not depend on which input was ahead.
 */
export class RaidWatch {
  #open: Raid[] = [];
  /** The newest raids. */
  #known: Raid[] = [];
  #waiting: Half[] = [];
  /** The newest half of each kind that has found no partner. */
  #single: Partial<Record<HalfKind, Half>> = {};

  raided(event: StreamMetaEvent): readonly Finding[] {
    const raiders = event.raiders ?? null;
    const from = event.from_stream_id ?? null;
    return this.#tell({ onsetMs: event.timestamp, detectedMs: event.timestamp, raiders, from, recognisedBy: "event" });
  }

  /** A spike of the chat or of the viewers opened. */
  noteHalf(kind: HalfKind, { onsetMs, detectedMs, peak, usual }: Readonly<Episode>): void {
    this.#waiting.push({ kind, onsetMs, detectedMs, gained: peak - usual });
  }

  /** Nothing goes on and nothing waits: time alone brings nothing. */
  get isIdle(): boolean {
    return this.#waiting.length === 0 && this.#open.length === 0;
  }

  /** Whether an announced raid explains that the viewers jump. */
  explains(atMs: number): boolean {
    return this.#known.some(
      ({ recognisedBy, onsetMs }) => recognisedBy === "event" && onsetMs <= atMs && atMs < onsetMs + RAID_MS,
    );
  }

  /** @param atMs how far both inputs of a shape have come @param nowMs how far any input has come */
  advance(atMs: number, nowMs: number): readonly Finding[] {
    const findings: Finding[] = [];
    const isDue = ({ detectedMs }: Half): boolean => detectedMs <= atMs;
    if (this.#waiting.some(isDue)) {
      const due = this.#waiting.filter(isDue).sort((a, b) => a.detectedMs - b.detectedMs || (a.kind < b.kind ? -1 : 1));
      this.#waiting = this.#waiting.filter((half) => !isDue(half));
      for (const half of due) findings.push(...this.#match(half));
    }
    return [...findings, ...this.#close((raid) => nowMs - raid.onsetMs >= RAID_MS)];
  }

  end(): readonly Finding[] {
    const findings = this.advance(Infinity, Infinity);
    this.#single = {};
    this.#known = [];
    return findings;
  }

  #match(half: Half): readonly Finding[] {
    this.#single[half.kind] = half;
    const { chat, viewers } = this.#single;
    if (chat === undefined || viewers === undefined) return [];
    if (Math.abs(chat.onsetMs - viewers.onsetMs) > TOGETHER_MS) return [];
    this.#single = {};
    const onsetMs = Math.min(chat.onsetMs, viewers.onsetMs);
    const { detectedMs } = half;
    // A raid that was announced later than this was found is not known yet, whichever came first.
    if (this.#known.some((known) => known.onsetMs <= detectedMs && Math.abs(known.onsetMs - onsetMs) < SAME_MS))
      return [];
    return this.#tell({ onsetMs, detectedMs, raiders: viewers.gained, from: null, recognisedBy: "shape" });
  }

  #tell(raid: Raid): readonly Finding[] {
    this.#known = [...this.#known, raid].slice(-MAX_RAIDS);
    this.#open.push(raid);
    const tooMany = this.#open.length > MAX_RAIDS ? this.#close((open) => open === this.#open[0]) : [];
    return [...tooMany, finding("opened", raid)];
  }

  #close(isOver: (raid: Raid) => boolean): readonly Finding[] {
    const over = this.#open.filter(isOver);
    if (over.length > 0) this.#open = this.#open.filter((raid) => !over.includes(raid));
    return over.map((raid) => finding("closed", raid));
  }

  snapshot(): RaidSnapshot {
    return {
      open: [...this.#open],
      known: [...this.#known],
      waiting: [...this.#waiting],
      single: { ...this.#single },
    };
  }

  restore({ open, known, waiting, single }: RaidSnapshot): void {
    this.#open = [...open];
    this.#known = [...known];
    this.#waiting = [...waiting];
    this.#single = { ...single };
  }
}

type HalfKind = "chat" | "viewers";

interface Half {
  readonly kind: HalfKind;
  readonly onsetMs: number;
  readonly detectedMs: number;
  readonly gained: number;
}

interface Raid {
  readonly onsetMs: number;
  readonly detectedMs: number;
  /** Null when the event did not tell. */
  readonly raiders: number | null;
  readonly from: string | null;
  readonly recognisedBy: "event" | "shape";
}

export interface RaidSnapshot {
  readonly open: readonly Raid[];
  readonly known: readonly Raid[];
  readonly waiting: readonly Half[];
  readonly single: Readonly<Partial<Record<HalfKind, Half>>>;
}

function finding(phase: "opened" | "closed", raid: Raid): Finding {
  const { onsetMs, detectedMs, raiders, from, recognisedBy } = raid;
  const who = from === null ? "" : ` by ${from}`;
  const size = raiders === null ? "" : ` with ${raiders} viewers`;
  const description =
    recognisedBy === "event"
      ? `Raid${who}${size}.`
      : `Looks like a raid: ${raiders ?? 0} more viewers and a burst of chat.`;
  return {
    phase,
    type: "raid",
    scope: from ?? "",
    metric: "raiders",
    severity: severityOfRatio(1 + Math.log2(1 + (raiders ?? 0)) / 2),
    description,
    details: { recognised_by: recognisedBy, ...(from === null ? {} : { from_stream_id: from }) },
    episode: {
      onsetMs,
      detectedMs,
      peakMs: onsetMs,
      lastActiveMs: onsetMs + RAID_MS,
      peak: raiders ?? 0,
      usual: 0,
      threshold: 0,
      zScore: null,
      toldPeak: raiders ?? 0,
      toldMs: detectedMs,
    },
  };
}
