import { describe } from "vitest";
import { consumptionContract } from "./event-log/consumption.contract.js";
import { endsContract } from "./event-log/ends.contract.js";
import { eventIdsContract, type EventLogTraits } from "./event-log/event-ids.contract.js";
import { keepingContract } from "./event-log/keeping.contract.js";
import { useLogBench, type EventLogHarness } from "./event-log/log-bench.js";
import { placesContract } from "./event-log/places.contract.js";

/** Every promise of the `EventLog` port as a test; any adapter can be put to it. */
export function eventLogContract(
  name: string,
  createHarness: () => Promise<EventLogHarness>,
  traits: EventLogTraits,
): void {
  describe(`${name} keeps the EventLog contract`, { timeout: 30_000 }, () => {
    const bench = useLogBench(createHarness);
    describe("what is kept", () => keepingContract(bench));
    describe("event ids", () => eventIdsContract(bench, traits));
    describe("partitions and offsets", () => placesContract(bench));
    describe("its end", () => endsContract(bench));
    describe("a consumption", () => consumptionContract(bench));
  });
}
