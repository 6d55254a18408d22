import { setTimeout as delay } from "node:timers/promises";
import { until } from "../../support/until.js";
import type { Services } from "./fault.js";
import { statusOf, type FullRig } from "./full-rig.js";
import type { Measurement } from "./measurement.js";

/** One shutdown and one crash; meanwhile the service must say that it is not ready, and that it lives. */
export async function endDatabase(rig: FullRig, seconds: number, services: Services): Promise<Measurement> {
  const service = await rig.start();
  await rig.untilServing(service);
  rig.pump.start();
  await rig.untilCommitted(2_000);
  const recoveries = [];
  const unreadyAfter = [];
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    const endedMs = performance.now();
    await services.endDatabase(signal);
    await until(async () => (await statusOf(`${service.url}/ready`)) === 503, {
      timeoutMs: 10_000,
      what: "503 from /ready",
    });
    unreadyAfter.push(performance.now() - endedMs);
    if ((await statusOf(`${service.url}/liveness`)) !== 200) throw new Error("/liveness is not 200 without a database");
    await delay(Math.max(0, endedMs + seconds * 1_000 - performance.now()));
    await services.startDatabase();
    const sinceMs = performance.now();
    await rig.untilCommitted(1);
    await rig.untilCaughtUp(120_000);
    recoveries.push(rig.recovery(sinceMs));
    await rig.untilServing(service);
  }
  const seen = `\`/ready\` said 503 after ${unreadyAfter.map((ms) => `${(ms / 1_000).toFixed(1)} s`).join(" and ")}, \`/liveness\` 200`;
  return rig.finish(2, recoveries, [seen, `${seconds} s each`]);
}

/** Ends the connections of the service, not those of the test. */
export async function terminateConnections(rig: FullRig, count: number): Promise<Measurement> {
  await rig.start();
  rig.pump.start();
  await rig.untilCommitted(1);
  let terminated = 0;
  for (let round = 0; round < count; round++) {
    const rows = await rig.database.query<{ ok: boolean }>(
      `SELECT pg_terminate_backend(pid) AS ok FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'telemetra'`,
    );
    terminated += rows.length;
    await delay(200);
  }
  const sinceMs = performance.now();
  await rig.untilCommitted(1);
  await rig.untilCaughtUp();
  return rig.finish(count, [rig.recovery(sinceMs)], [`${terminated} connections ended`]);
}
