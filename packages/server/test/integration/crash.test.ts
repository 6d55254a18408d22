import { describe, it } from "vitest";
import { killAgainAndAgain } from "./kill-again-and-again.js";

/** How often the service is killed; `TELEMETRA_CRASHES` asks for more. */
const KILLS = Number(process.env["TELEMETRA_CRASHES"] ?? (process.env["CI"] === undefined ? 6 : 20));

describe("an embedded service that is killed again and again", () => {
  it(
    `R1: loses nothing, repeats nothing and changes nothing over ${KILLS} kills`,
    () => killAgainAndAgain({ kills: KILLS, livesMs: [300, 2_500], eventsPerKill: 4_000 }),
    KILLS * 10_000 + 60_000,
  );
});
