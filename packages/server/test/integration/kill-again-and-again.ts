import { expect } from "vitest";
import type { EventInput, MetricRow } from "@telemetra/core";
import { freePort } from "../../../../scripts/services/free-port.mjs";
import { oracleRows } from "../../../core/test/support/oracle.js";
import { runProgram, type RunningProgram } from "../support/program.js";
import { ServiceClient } from "../support/service-client.js";
import { makeTempFolder } from "../support/temp-folder.js";
import { until } from "../support/until.js";
import { numberedEvents, seeded } from "./numbered-events.js";

export interface KillOptions {
  readonly kills: number;
  /** Shortest and longest life, its start included. */
  readonly livesMs: readonly [shortest: number, longest: number];
  /** Events that are posted for each kill. */
  readonly eventsPerKill: number;
  /** Which services to use; embedded without. */
  readonly env?: Readonly<Record<string, string>>;
}

const BATCH = 250;
/** Event time runs much faster than the clock, so that windows close all the time while the service dies. */
const EVENTS_PER_SECOND = 60;

/**
 * Posts numbered events, as a careful client does, to a service that is killed at random moments of its life and started
 * again, and compares every row that REST shows in the end with an independent count.
 */
export async function killAgainAndAgain({ kills, livesMs, eventsPerKill, env = {} }: KillOptions): Promise<void> {
  const folder = makeTempFolder();
  const port = await freePort();
  const client = new ServiceClient(port);
  let service: RunningProgram | undefined;
  const start = (): void => {
    const args = ["--source", "none", "--port", String(port), "--data-dir", folder.path, "--log-level", "error"];
    service = runProgram("src/main.ts", { cwd: folder.path, args, env });
  };
  const kill = async (): Promise<void> => {
    service?.child.kill("SIGKILL");
    await service?.exited;
  };
  const get = async <T>(path: string): Promise<T | undefined> => {
    // A connection that the client kept may still lead to a service that was killed.
    const response = await fetch(client.url + path).catch(() => undefined);
    return response?.status === 200 ? ((await response.json()) as T) : undefined;
  };
  try {
    const events = numberedEvents(kills * eventsPerKill, EVENTS_PER_SECOND);
    const random = seeded(7);
    let killed = 0;
    const murder = (async () => {
      while (killed < kills) {
        start();
        const endMs = performance.now() + livesMs[0] + random() * (livesMs[1] - livesMs[0]);
        await until(() => performance.now() > endMs, { timeoutMs: livesMs[1] + 5_000 });
        await kill();
        killed += 1;
      }
      start();
    })();
    const total = { accepted: 0, duplicates: 0 };
    for (let from = 0; from < events.length; from += BATCH) {
      // The last post comes when every kill has happened, so that there is always something to lose.
      if (from + BATCH >= events.length) await murder;
      const { accepted, duplicates } = await post(client, events.slice(from, from + BATCH));
      total.accepted += accepted;
      total.duplicates += duplicates;
    }
    expect(killed).toBe(kills);
    expect(total.accepted + total.duplicates).toBe(events.length);

    const expected = oracleRows(events);
    for (const streamId of new Set(events.map((event) => event.stream_id))) {
      const own = expected.filter((row) => row.stream_id === streamId).map(comparable);
      const rows = await until(
        async () => {
          const page = await get<MetricRow[]>(`/api/v1/streams/${streamId}/metrics?limit=1000`);
          const stream = await get<{ is_live: boolean }>(`/api/v1/streams/${streamId}`);
          const isWhole = stream?.is_live === false && (page?.length ?? 0) >= Math.min(1000, own.length);
          return isWhole ? page : undefined;
        },
        { timeoutMs: 60_000, what: `every row of ${streamId}` },
      );
      expect(rows.toReversed().map(comparable)).toEqual(own.slice(-1000));
    }
  } finally {
    await kill();
    folder.remove();
  }
}

/** Posts until somebody says that it was taken. */
async function post(
  client: ServiceClient,
  events: readonly EventInput[],
): Promise<{ readonly accepted: number; readonly duplicates: number }> {
  return until(
    async () => {
      try {
        const response = await client.post(events);
        if (response.status !== 202) return undefined;
        return (await response.json()) as { accepted: number; duplicates: number };
      } catch {
        // Nobody there: killed, or not up again yet.
        return undefined;
      }
    },
    { timeoutMs: 60_000, what: "an answer to the post" },
  );
}

/** What the independent count knows of a row. */
function comparable(row: object): object {
  const own = { ...row } as Record<string, unknown>;
  for (const name of [
    "sentiment_score",
    "positive_count",
    "negative_count",
    "z_score",
    "is_anomaly",
    "revision",
    "is_final",
  ]) {
    delete own[name];
  }
  return own;
}
