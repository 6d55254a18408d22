import { setTimeout as delay } from "node:timers/promises";
import type { EventInput } from "@telemetra/core";
import { freePort } from "../../../../../scripts/services/free-port.mjs";
import { Ledger, compareEntries } from "../../ledger/ledger.js";
import { LedgerEvents, type LedgerEventsOptions } from "../../ledger/ledger-events.js";
import { runProgram, type RunningProgram } from "../../support/program.js";
import { ServiceClient } from "../../support/service-client.js";
import { makeTempFolder } from "../../support/temp-folder.js";
import { until } from "../../support/until.js";
import type { Measurement } from "./measurement.js";
import { readLogEnds, readSqliteLedger } from "./sqlite-ledger.js";

export interface Verdicts {
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: readonly { readonly index: number; readonly code: string }[];
}

const START_MS = Date.UTC(2026, 0, 1, 18, 0, 7, 313);
/** What is posted together has to be near enough in event time to come in any order. */
const POST_EVENTS = 100;
const ANSWER_MS = 60_000;

/** A show over HTTP into an embedded service with a data folder of its own. */
export class EmbeddedRig {
  readonly ledger = new Ledger();
  readonly source: LedgerEvents;
  readonly #folder = makeTempFolder();
  readonly #port: number;
  readonly #client: ServiceClient;
  #program: RunningProgram | undefined;
  #answered = 0;
  #startedMs: number | undefined;
  #stoppedMs = 0;

  private constructor(port: number, source: Partial<LedgerEventsOptions>) {
    this.#port = port;
    this.#client = new ServiceClient(port);
    this.source = new LedgerEvents({ seed: 8, startMs: START_MS, ...source });
  }

  static async open(source: Partial<LedgerEventsOptions> = {}): Promise<EmbeddedRig> {
    return new EmbeddedRig(await freePort(), source);
  }

  start(): void {
    const args = [
      "--source",
      "none",
      "--port",
      String(this.#port),
      "--data-dir",
      this.#folder.path,
      "--log-level",
      "error",
    ];
    this.#program = runProgram("src/main.ts", { cwd: this.#folder.path, args });
  }

  async kill(signal: "SIGKILL" | "SIGTERM" = "SIGKILL"): Promise<void> {
    this.#program?.child.kill(signal);
    await this.#program?.exited;
  }

  /** Posts what counts, again and again until somebody has taken it. */
  async send(events: readonly EventInput[]): Promise<void> {
    for (let from = 0; from < events.length; from += POST_EVENTS) {
      const some = events.slice(from, from + POST_EVENTS);
      this.ledger.add(some);
      await this.post(some);
    }
  }

  async post(events: readonly unknown[]): Promise<Verdicts> {
    this.#startedMs ??= performance.now();
    const verdicts = await until(() => this.#tryToPost(events), {
      timeoutMs: ANSWER_MS,
      what: "an answer to the post",
    });
    this.#answered += events.length;
    this.#stoppedMs = performance.now();
    return verdicts;
  }

  async untilServing(): Promise<void> {
    await until(async () => (await this.#client.status("/ready").catch(() => undefined)) === 200, {
      timeoutMs: 30_000,
    });
  }

  /** Lets the show end, waits until every stream has, and compares what is in the file. */
  async finish(times: number, firstAnswersMs: readonly number[], notes: readonly string[] = []): Promise<Measurement> {
    const seconds = (this.#stoppedMs - this.#startedMs!) / 1_000;
    const eventsPerSecond = Math.round(this.#answered / seconds);
    await this.send(this.source.takeRest());
    await this.send(this.source.ends());
    await until(
      async () => {
        const response = await fetch(`${this.#client.url}/api/v1/streams`).catch(() => undefined);
        const streams = response?.status === 200 ? ((await response.json()) as { is_live: boolean }[]) : [];
        return streams.length === this.source.streamIds.length && streams.every(({ is_live }) => !is_live);
      },
      { timeoutMs: 60_000, what: "the end of every stream" },
    );
    await this.kill("SIGTERM");
    const expected = new Map([...this.ledger.expected(), ...readLogEnds(this.#folder.path)]);
    const { windows, moments } = this.ledger.size;
    return {
      times,
      events: this.ledger.events,
      eventsPerSecond,
      windows,
      moments,
      differences: compareEntries(expected, readSqliteLedger(this.#folder.path)),
      firstCommitMs: firstAnswersMs,
      caughtUpMs: [],
      notes,
    };
  }

  async close(): Promise<void> {
    await this.kill();
    this.#folder.remove();
  }

  async #tryToPost(events: readonly unknown[]): Promise<Verdicts | undefined> {
    try {
      const response = await this.#client.post(events);
      return response.status === 202 || response.status === 422 ? verdictsOf(await response.json()) : undefined;
    } catch {
      // Nobody there: killed, or not up again yet.
      await delay(20);
      return undefined;
    }
  }
}

function verdictsOf(body: unknown): Verdicts {
  const { accepted = 0, duplicates = 0, rejected = [] } = body as Partial<Verdicts>;
  return { accepted, duplicates, rejected };
}
