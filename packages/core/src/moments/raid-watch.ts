import type { StreamMetaEvent } from "../records/event.js";
import type { Episode } from "./episode.js";
import { severityOfRatio, type Finding } from "./watch.js";

/** How long a raid is told as going on, and how close two raids can be. */
const RAID_MS = 60_000;
/** A jump of the viewers and a burst of chat this close together look like a raid. */
const TOGETHER_MS = 60_000;

/**
 * Raids: told by their event at once, or recognised by their shape, a jump of the viewers together with a burst of chat.
 * The two halves of a shape may be found in either order; what is told is the same.
 */
export class RaidWatch {
  #open: Raid[] = [];
  #lastOnsetMs = -Infinity;
  /** Onset and detection of the newest burst of chat and of the newest jump of the viewers. */
  #chat: Half | undefined;
  #viewers: Half | undefined;

  raided(event: StreamMetaEvent): readonly Finding[] {
    const raiders = event.raiders ?? null;
    const from = event.from_stream_id ?? null;
    return this.#tell({ onsetMs: event.timestamp, detectedMs: event.timestamp, raiders, from, recognisedBy: "event" });
  }

  chatBurst({ onsetMs, detectedMs }: Readonly<Episode>): readonly Finding[] {
    this.#chat = { onsetMs, detectedMs, gained: null };
    return this.#match();
  }

  viewersJumped({ onsetMs, detectedMs, peak, usual }: Readonly<Episode>): readonly Finding[] {
    this.#viewers = { onsetMs, detectedMs, gained: peak - usual };
    return this.#match();
  }

  /** Closes the raids that are over at this event time. */
  advance(nowMs: number): readonly Finding[] {
    return this.#close((raid) => nowMs - raid.onsetMs >= RAID_MS);
  }

  end(): readonly Finding[] {
    this.#chat = undefined;
    this.#viewers = undefined;
    return this.#close(() => true);
  }

  #match(): readonly Finding[] {
    const { chat, viewers } = { chat: this.#chat, viewers: this.#viewers };
    if (chat === undefined || viewers === undefined || Math.abs(chat.onsetMs - viewers.onsetMs) > TOGETHER_MS)
      return [];
    this.#chat = undefined;
    this.#viewers = undefined;
    return this.#tell({
      onsetMs: Math.min(chat.onsetMs, viewers.onsetMs),
      detectedMs: Math.max(chat.detectedMs, viewers.detectedMs),
      raiders: viewers.gained,
      from: null,
      recognisedBy: "shape",
    });
  }

  #tell(raid: Raid): readonly Finding[] {
    if (raid.recognisedBy === "shape" && Math.abs(raid.onsetMs - this.#lastOnsetMs) < 2 * RAID_MS) return [];
    this.#lastOnsetMs = Math.max(this.#lastOnsetMs, raid.onsetMs);
    this.#open.push(raid);
    return [finding("opened", raid)];
  }

  #close(isOver: (raid: Raid) => boolean): readonly Finding[] {
    const over = this.#open.filter(isOver);
    if (over.length > 0) this.#open = this.#open.filter((raid) => !isOver(raid));
    return over.map((raid) => finding("closed", raid));
  }

  snapshot(): RaidSnapshot {
    return {
      open: [...this.#open],
      lastOnsetMs: Number.isFinite(this.#lastOnsetMs) ? this.#lastOnsetMs : null,
      halves: [this.#chat ?? null, this.#viewers ?? null],
    };
  }

  restore({ open, lastOnsetMs, halves }: RaidSnapshot): void {
    this.#open = [...open];
    this.#lastOnsetMs = lastOnsetMs ?? -Infinity;
    [this.#chat, this.#viewers] = [halves[0] ?? undefined, halves[1] ?? undefined];
  }
}

interface Half {
  readonly onsetMs: number;
  readonly detectedMs: number;
  readonly gained: number | null;
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
  readonly lastOnsetMs: number | null;
  readonly halves: readonly [chat: Half | null, viewers: Half | null];
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
