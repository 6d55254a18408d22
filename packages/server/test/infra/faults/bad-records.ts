import { seeded } from "../../integration/numbered-events.js";
import type { FullRig } from "./full-rig.js";
import { encoded } from "./pump.js";

/** As long as a topic that brings nothing may still hold the first event of a stream, nothing is late (F3). */
export const SETTLED_MS = 12_000;

/** Records that must not count. */
export class BadRecords {
  readonly #rig: FullRig;
  readonly #random = seeded(8);
  readonly #counts = { broken: 0, late: 0, ahead: 0 };
  #number = 0;

  constructor(rig: FullRig) {
    this.#rig = rig;
  }

  /** Those that belong to this many good ones: 5 % are no events, 1 % is late, 0.4 % are ahead of time. */
  next(good: number, canBeLate: boolean): { topic: "chat"; streamId: string; value: string }[] {
    const { ledger, source } = this.#rig;
    return Array.from({ length: Math.round(good * 0.064) }, () => {
      const number = this.#number++;
      const streamId = source.streamIds[number % source.streamIds.length]!;
      const base = {
        type: "chat",
        event_id: `bad${number}`,
        stream_id: streamId,
        user_id: "u",
        username: "u",
        message: "m",
      } as const;
      const kind = this.#random();
      let value: string;
      let code: string;
      if (kind < 0.156 && canBeLate) {
        value = encoded({ ...base, timestamp: source.reachedMs - 2 * 3_600_000 });
        code = "late";
        this.#counts.late += 1;
      } else if (kind < 0.22) {
        value = encoded({ ...base, timestamp: Date.now() + 24 * 3_600_000 });
        code = "future_timestamp";
        this.#counts.ahead += 1;
      } else if (kind < 0.6) {
        value = `{"event_id":"bad${number}","stream_id":`;
        code = "invalid_json";
        this.#counts.broken += 1;
      } else {
        value = JSON.stringify({ ...base, timestamp: source.reachedMs, message: number });
        code = "invalid_field";
        this.#counts.broken += 1;
      }
      ledger.addDeadLetter(code, value);
      return { topic: "chat", streamId, value };
    });
  }

  summary(): string {
    const { broken, late, ahead } = this.#counts;
    return `${broken} that are no events, ${late} late and ${ahead} early ones are dead letters, byte by byte`;
  }
}
