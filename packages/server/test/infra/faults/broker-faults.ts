import { setTimeout as delay } from "node:timers/promises";
import type { Services } from "./fault.js";
import type { FullRig } from "./full-rig.js";
import type { Measurement } from "./measurement.js";

/** The only broker; events that come meanwhile wait at whoever sends them. */
export async function killBroker(rig: FullRig, count: number, services: Services): Promise<Measurement> {
  await rig.start();
  rig.pump.start();
  const recoveries = [];
  for (let round = 0; round < count; round++) {
    await rig.untilCommitted(2_000);
    await services.endBroker();
    await delay(500);
    await services.startBroker();
    const sinceMs = performance.now();
    await rig.untilCommitted(2_000);
    await rig.untilCaughtUp();
    recoveries.push(rig.recovery(sinceMs));
  }
  return rig.finish(count, recoveries);
}
