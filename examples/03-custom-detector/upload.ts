/** What the encoder says that it sends, once a second. */
export interface Sample {
  readonly atMs: number;
  readonly kbits: number;
}

const START_MS = Date.UTC(2026, 0, 1, 20);
const SECONDS = 600;
/** The network swallows a packet or two: one low number, and all is well again. */
const HICCUPS = new Set([95, 180, 333]);

/** Invented: ten minutes around 6,000 kbit/s, with three hiccups, half a minute of trouble and a hanging encoder. */
export function upload(): Sample[] {
  return Array.from({ length: SECONDS }, (_, second) => ({ atMs: START_MS + second * 1000, kbits: kbitsAt(second) }));
}

function kbitsAt(second: number): number {
  if (HICCUPS.has(second)) return 2_300;
  // The line is shared for a while: a little less than usual, and hardly a number that gives it away.
  if (second >= 240 && second < 270) return 5_900 + unrest(second);
  // The encoder hangs, and its last number stands.
  if (second >= 450 && second < 480) return 6_000 + unrest(449);
  return 6_000 + unrest(second);
}

/** Within ±100, in no order that one could see. */
function unrest(second: number): number {
  return ((second * 7_919 + ((second * second * 31) % 97)) % 201) - 100;
}
