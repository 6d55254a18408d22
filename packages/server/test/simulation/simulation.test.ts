import { describe, expect, it } from "vitest";
import { simulate, type Outcome, type SimulationOptions } from "./simulate.js";

/** `TELEMETRA_SEEDS` asks for more. */
const SEEDS = Number(process.env["TELEMETRA_SEEDS"] ?? 200);
const asked = process.env["TELEMETRA_SEED"];
const seeds = asked === undefined ? Array.from({ length: SEEDS }, (_, at) => at + 1) : [Number(asked)];

function complaint(seed: number, { faults }: Outcome): string {
  return [
    `seed ${seed}: ${faults.length} faults`,
    ...faults.slice(0, 5),
    `alone: TELEMETRA_SEED=${seed} npm test -- --project server simulation`,
  ].join("\n");
}

/** The first seed that notices a broken promise. */
async function firstToNotice(broken: Omit<SimulationOptions, "seed">): Promise<number | undefined> {
  for (const seed of seeds) {
    const { faults } = await simulate({ seed, ...broken });
    if (faults.length > 0) return seed;
  }
  return undefined;
}

describe("a simulated service to which everything happens", () => {
  it(
    `§6: holds exactly what the ledger says, for each of ${seeds.length} seeds`,
    async () => {
      const failures: string[] = [];
      const sum: Record<string, number> = {};
      for (const seed of seeds) {
        const outcome = await simulate({ seed });
        if (outcome.faults.length > 0) failures.push(complaint(seed, outcome));
        for (const [name, count] of Object.entries(outcome.counts)) sum[name] = (sum[name] ?? 0) + count;
      }
      expect(failures.slice(0, 3).join("\n\n")).toBe("");
      if (asked !== undefined) return;
      // It says nothing unless it happened.
      for (const what of ["kills", "freezes", "rebalances", "fenced", "moments"]) {
        expect(sum[what], what).toBeGreaterThan(seeds.length / 2);
      }
    },
    SEEDS * 2_000,
  );

  it("does the same again for the same seed", async () => {
    expect(await simulate({ seed: 5 })).toEqual(await simulate({ seed: 5 }));
  });

  const broken: Record<string, Omit<SimulationOptions, "seed">> = {
    "a store that does not fence": { store: { takesZombies: true } },
    "results that are told before they are committed": { store: { acknowledgesEarly: true } },
    "a low offset that is too high": { store: { forgetsLowOffsets: true } },
    "state of streams that is not kept": { store: { forgetsStates: true } },
    "positions that are not kept": { store: { forgetsPositions: true } },
    "positions that move without the results": { store: { movesPositionsAlone: true } },
    "a log that leaves a record out": { logSkips: 1 },
  };
  it.each(Object.keys(broken))(
    "notices %s",
    async (name) => {
      const seed = await firstToNotice(broken[name]!);
      expect(seed, `one of ${seeds.length} seeds notices`).toBeDefined();
    },
    300_000,
  );
});
