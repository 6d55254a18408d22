import type { EventInput, MetricRow } from "../../src/index.js";
import { Engine } from "../../src/analytics/engine.js";
import type { EngineSnapshot } from "../../src/analytics/engine-snapshot.js";
import type { EngineOptions } from "../../src/analytics/engine-options.js";
import { findMoments } from "../../src/moments/stream-moments.js";

/** What is stored: the state of an engine in the middle of the story, and the rows that it still has to bring. */
export interface GoldenSnapshot {
  readonly snapshot: EngineSnapshot;
  readonly rows: readonly MetricRow[];
}

/** The story is told this far when the snapshot is taken. */
const CUT = 400;
const START_MS = Date.UTC(2026, 0, 1, 12, 0, 3);

/** No lexicon: a stored state must not depend on what words mean today. */
const scorer = {
  compound: (text: string) => (text.length % 9) / 4 - 1,
  label: (compound: number) => (compound > 0 ? "positive" : compound < 0 ? "negative" : "neutral"),
};

const options: EngineOptions = { scorer: scorer as never, moments: findMoments, minSamples: 3 };

/**
 * Six minutes of two streams, the same in every version: every kind of event, disorder, repetitions, an event that
 * corrects, one that is late, a stream that ends and begins again. Only ever add to a copy of it.
 */
function story(): EventInput[] {
  const events: EventInput[] = [];
  for (let step = 0; step < 720; step++) {
    // Every seventh event is four seconds older than its place; every 90th is older than the bound.
    const lateMs = step % 90 === 60 ? 40_000 : step % 7 === 3 ? 4_000 : 0;
    const base = {
      event_id: `e${step % 50 === 49 ? step - 1 : step}`,
      timestamp: START_MS + step * 500 - lateMs,
      stream_id: step % 3 === 0 ? "one" : "two",
    };
    const who = { user_id: `u${(step * 7) % 23}`, username: `user ${(step * 7) % 23}` };
    if (step % 30 === 11) {
      events.push({ ...base, type: "viewer", viewer_count: 100 + ((step * 13) % 40) });
    } else if (step % 40 === 17) {
      const currency = ["USD", "EUR", "bits"][step % 3] ?? "USD";
      events.push({ ...base, ...who, type: "transaction", transaction_type: "gift", amount: step / 100, currency });
    } else if (step === 300) {
      events.push({ ...base, type: "stream_meta", event_type: "stream_end" });
    } else {
      const emotes =
        step % 4 === 0 ? ["LUL", { name: "모자", id: "1", url: `https://emotes.example/${step % 5}` }] : [];
      events.push({ ...base, ...who, type: "chat", message: "so it goes ".repeat(step % 5), emotes });
    }
  }
  return events;
}

/** Tells the first part and takes the snapshot, then goes on from it. */
export function tellFromTheBeginning(): GoldenSnapshot {
  const engine = new Engine(options);
  story()
    .slice(0, CUT)
    .forEach((event) => tell(engine, event));
  const snapshot = JSON.parse(JSON.stringify(engine.snapshot())) as EngineSnapshot;
  return { snapshot, rows: tellFrom(snapshot) };
}

/** Restores the snapshot and tells the rest; the rows of both streams until nothing is open. */
export function tellFrom(snapshot: EngineSnapshot): MetricRow[] {
  const engine = new Engine({ ...options, snapshot });
  const rows: MetricRow[] = [];
  engine.on("window", (row) => rows.push(row));
  story()
    .slice(CUT)
    .forEach((event) => tell(engine, event));
  engine.flush();
  return rows;
}

function tell(engine: Engine, event: EventInput): void {
  engine.advanceTo((event.timestamp as number) + 86_400_000);
  engine.push(event);
}
