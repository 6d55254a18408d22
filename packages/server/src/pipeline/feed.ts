import type { EventSource } from "@telemetra/producer";
import type { Logger } from "../logger.js";
import type { EventLog } from "../ports/event-log.js";
import { recordOf } from "./event-ingest.js";

export interface Feed {
  /** Resolves once the source gave its first events, or ended; rejects when there is nothing to be had from it. */
  readonly ready: Promise<void>;
  /** Resolves when the source is exhausted or the feed was stopped; rejects when the source or the log failed. */
  readonly done: Promise<void>;
  stop(): Promise<void>;
}

/** Reads a source into the log, as fast as the source gives and the log takes. */
export function startFeed(source: EventSource, log: Pick<EventLog, "append">, logger: Logger): Feed {
  const abort = new AbortController();
  let gaveFirst: () => void = () => {};
  const firstGiven = new Promise<void>((resolve) => (gaveFirst = resolve));
  const done = run();
  const ready = Promise.race([firstGiven, done]);
  // Whoever wants the outcomes asks for them; nobody asking is no crash.
  done.catch(() => undefined);
  ready.catch(() => undefined);
  return {
    ready,
    done,
    async stop() {
      abort.abort();
      await done.catch(() => undefined);
    },
  };

  async function run(): Promise<void> {
    const counts = { appended: 0, duplicate: 0 };
    for await (const events of source.batches(abort.signal)) {
      for (const verdict of await log.append(events.map(recordOf))) counts[verdict] += 1;
      gaveFirst();
    }
    logger.info({ source: source.name, ...counts }, abort.signal.aborted ? "source stopped" : "source is exhausted");
  }
}
