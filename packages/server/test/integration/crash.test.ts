import { createServer, type AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { EventInput, MetricRow } from "@telemetra/core";
import { oracleRows } from "../../../core/test/support/oracle.js";
import { runProgram, type RunningProgram } from "../support/program.js";
import { makeTempFolder } from "../support/temp-folder.js";
import { until } from "../support/until.js";
import { numberedEvents, seeded } from "./numbered-events.js";

/** How often the service is killed; `TELEMETRA_CRASHES` asks for more. */
const CRASHES = Number(process.env["TELEMETRA_CRASHES"] ?? (process.env["CI"] === undefined ? 6 : 20));
const BATCH = 250;
/** Event time runs this much faster than the clock, so that windows close all the time while the service dies. */
const EVENTS_PER_SECOND = 60;

let folder: ReturnType<typeof makeTempFolder>;
let service: RunningProgram | undefined;
let port: number;

beforeEach(async () => {
  folder = makeTempFolder();
  port = await freePort();
});

afterEach(async () => {
  service?.child.kill("SIGKILL");
  await service?.exited;
  folder.remove();
});

function start(): RunningProgram {
  const args = ["--source", "none", "--port", String(port), "--data-dir", folder.path, "--log-level", "error"];
  return (service = runProgram("src/main.ts", { cwd: folder.path, args }));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port: free } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return free;
}

/** Posts until somebody says that it was taken, as any careful client does. */
async function post(events: readonly EventInput[]): Promise<{ accepted: number; duplicates: number }> {
  const answer = await until(
    async () => {
      try {
        const response = await fetch(`http://127.0.0.1:${port}/api/v1/events`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(events),
        });
        return response.status === 202
          ? ((await response.json()) as { accepted: number; duplicates: number })
          : undefined;
      } catch {
        // Nobody there: killed, or not up again yet.
        return undefined;
      }
    },
    { timeoutMs: 20_000, what: "an answer to the post" },
  );
  return answer;
}

async function get<T>(path: string): Promise<T> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  expect(response.status, path).toBe(200);
  return (await response.json()) as T;
}

describe("a service that is killed again and again", () => {
  it(
    `R1: loses nothing, repeats nothing and changes nothing over ${CRASHES} kills`,
    async () => {
      const events = numberedEvents(CRASHES * 4_000, EVENTS_PER_SECOND);
      const random = seeded(7);
      let kills = 0;
      let isDone = false;
      const murder = (async () => {
        while (!isDone && kills < CRASHES) {
          start();
          // At a random moment of its life, the start included.
          const livesMs = 300 + random() * 2_200;
          const bornMs = performance.now();
          await until(() => isDone || performance.now() - bornMs > livesMs);
          if (isDone) return;
          kills += 1;
          service?.child.kill("SIGKILL");
          await service?.exited;
        }
        if (!isDone) start();
      })();
      const total = { accepted: 0, duplicates: 0 };
      for (let from = 0; from < events.length; from += BATCH) {
        const { accepted, duplicates } = await post(events.slice(from, from + BATCH));
        total.accepted += accepted;
        total.duplicates += duplicates;
        // Keep feeding until every kill has happened.
        if (from + BATCH >= events.length - BATCH) await until(() => kills >= CRASHES, { timeoutMs: 120_000 });
      }
      isDone = true;
      await murder;
      expect(kills).toBe(CRASHES);
      expect(total.accepted + total.duplicates).toBe(events.length);

      const expected = oracleRows(events);
      for (const streamId of ["ledger_0", "ledger_1", "ledger_2"]) {
        const own = expected.filter((row) => row.stream_id === streamId).map(comparable);
        const rows = await until(
          async () => {
            const page = await get<MetricRow[]>(`/api/v1/streams/${streamId}/metrics?limit=1000`);
            const { is_live } = await get<{ is_live: boolean }>(`/api/v1/streams/${streamId}`);
            return !is_live && page.length >= Math.min(1000, own.length) ? page : undefined;
          },
          { timeoutMs: 30_000, what: `every row of ${streamId}` },
        );
        expect(rows.toReversed().map(comparable)).toEqual(own.slice(-1000));
      }
    },
    CRASHES * 10_000 + 60_000,
  );
});

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
