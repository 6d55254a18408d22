import type { Random } from "../random.js";
import type { SceneMaker } from "./scene.js";
import { clutch } from "./scenes/clutch.js";
import { copypasta } from "./scenes/copypasta.js";
import { dull } from "./scenes/dull.js";
import { heartbreak } from "./scenes/heartbreak.js";
import { opening } from "./scenes/opening.js";
import { quiet } from "./scenes/quiet.js";
import { raid } from "./scenes/raid.js";
import { subTrain } from "./scenes/sub-train.js";

/** What makes a stream worth watching: each comes once before any comes again. */
const HIGHLIGHTS: readonly SceneMaker[] = [raid, subTrain, copypasta, heartbreak, clutch, dull];

/** The endless order of scenes: the opening, a first clutch, then highlights with quiet talk between them. */
export function* script(random: Random): Generator<SceneMaker, never, undefined> {
  yield opening;
  yield clutch;
  for (;;) {
    for (const highlight of shuffled(HIGHLIGHTS, random)) {
      yield quiet;
      yield highlight;
    }
  }
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const keyed = items.map((item) => ({ item, key: random.next() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}
