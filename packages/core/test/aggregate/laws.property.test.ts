import fc from "fast-check";
import {
  combine,
  count,
  countDistinct,
  last,
  max,
  mean,
  min,
  quantiles,
  select,
  selectEach,
  sum,
  sumByKey,
  topK,
  variance,
} from "@telemetra/core/aggregate";
import { aggregatorLaws } from "./aggregator-laws.js";

/** Sums that leave the safe integers on the way, halves, negative zero, and what is no number. */
const anyNumber = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -1000, max: 1000 }).map((whole) => whole / 8) },
  { weight: 2, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 900_719_925_474, -900_719_925_474) },
);
const word = fc.constantFrom("", "a", "b", "c", "é", "모자", "😀", "A", "ab", "ba", "\0", "\ud800");
const reading = fc.record({ atMs: fc.integer({ min: 0, max: 5 }), plate: word, speed: anyNumber });

aggregatorLaws("count", count(), fc.anything());
aggregatorLaws("sum", sum(), anyNumber);
aggregatorLaws("mean", mean(), anyNumber);
aggregatorLaws("variance", variance({ decimals: 2 }), anyNumber);
aggregatorLaws("min", min(), anyNumber);
aggregatorLaws("max", max(), anyNumber);
aggregatorLaws(
  "last, of numbers",
  last(byTime, (value: Reading) => Math.trunc(value.atMs / 2)),
  reading,
);
aggregatorLaws(
  "last, of text",
  last(byTime, (value: Reading) => value.plate),
  reading,
);
aggregatorLaws("countDistinct, exact", countDistinct(), word);
aggregatorLaws("countDistinct, estimated", countDistinct({ exactLimit: 3 }), word, { maxLength: 12 });
aggregatorLaws("topK, exact", topK({ k: 3 }), word);
aggregatorLaws("topK, with more keys than it keeps", topK({ k: 2, maxKeys: 4 }), word, { isExact: false });
aggregatorLaws("quantiles", quantiles([0, 0.1, 0.5, 0.95, 1]), anyNumber);
aggregatorLaws("quantiles, with more buckets than they keep", quantiles([0.1, 0.5, 1], { maxBuckets: 16 }), anyNumber, {
  maxLength: 120,
});
aggregatorLaws("sumByKey", sumByKey(plateOf, speedOf), reading);
aggregatorLaws("sumByKey, with more keys than it keeps", sumByKey(plateOf, speedOf, { maxKeys: 2 }), reading);
aggregatorLaws(
  "select",
  select((value: Reading) => (value.speed > 0 ? value.speed : undefined), sum()),
  reading,
);
aggregatorLaws(
  "selectEach",
  selectEach((words: string[]) => words, topK()),
  fc.array(word, { maxLength: 3 }),
);
aggregatorLaws(
  "combine",
  combine({ vehicles: count(), plates: select(plateOf, countDistinct()), fastest: select(speedOf, max()) }),
  reading,
);

interface Reading {
  readonly atMs: number;
  readonly plate: string;
  readonly speed: number;
}

function byTime(value: Reading): number {
  return value.atMs;
}

function plateOf(value: Reading): string {
  return value.plate;
}

function speedOf(value: Reading): number {
  return value.speed;
}
