import type { EventSource } from "@telemetra/producer";
import type { Logger } from "../logger.js";
import type { EventLog } from "../ports/event-log.js";
import { recordOf } from "./event-ingest.js";

export interface Feed {
  /** Resolves when the source is exhausted or the feed was stopped; rejects when the source or the log failed. */
  readonly done: Promise<void>;
  stop(): Promise<void>;
}

/** Reads a source into the log, as fast as the source gives and the log takes. */
export function startFeed(source: EventSource, log: Pick<EventLog, "append">, logger: Logger): Feed {
  const abort = new AbortController();
  const done = run();
  // Whoever wants the outcome asks for it; nobody asking is no crash.
  done.catch(() => undefined);
  return {
    done,
    async stop() {
      abort.abort();
      await done.catch(() => undefined);
    },
  };

  async function run(): Promise<void> {
    let appended = 0;
    let duplicates = 0;
    for await (const events of source.batches(abort.signal)) {
      const verdicts = await log.append(events.map(recordOf));
      for (const verdict of verdicts) verdict === "appended" ? (appended += 1) : (duplicates += 1);
    }
    logger.info({ source: source.name, appended, duplicates }, "source is exhausted");
  }
}
