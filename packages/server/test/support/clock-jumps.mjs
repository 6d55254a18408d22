import process from "node:process";

/**
 * Moves the clock of a program as if somebody had set it: at each SIGUSR2 to the next of these, ahead of the real one by ms.
 */
const JUMPS = [3_600_000, 0, -3_600_000, 10_000, -10_000, 1_000, 0];

const realNow = Date.now.bind(Date);
let at = -1;
process.on("SIGUSR2", () => (at += 1));
Date.now = () => realNow() + (at < 0 ? 0 : (JUMPS[at % JUMPS.length] ?? 0));
