import { expectTypeOf } from "vitest";
import {
  combine,
  count,
  countDistinct,
  last,
  max,
  mean,
  quantile,
  quantiles,
  select,
  selectEach,
  sum,
  sumByKey,
  topK,
  variance,
  type Aggregator,
  type DistinctCount,
  type SumsByKey,
  type TopK,
} from "@telemetra/core/aggregate";
import {
  createWindows,
  hopping,
  session,
  tumbling,
  type AlignedShape,
  type ClosedWindow,
  type OpenWindow,
  type RetractedWindow,
  type SessionShape,
  type Windows,
  type WindowVerdict,
} from "@telemetra/core/windowing";

interface Reading {
  readonly camera: string;
  readonly plate: string;
  readonly kmh: number;
  readonly atMs: number;
  readonly lanes: readonly number[];
}

const shape = tumbling({ sizeMs: 60_000 });
expectTypeOf(shape).toEqualTypeOf<AlignedShape>();
expectTypeOf(hopping({ sizeMs: 60_000, hopMs: 10_000 })).toEqualTypeOf<AlignedShape>();
expectTypeOf(session({ gapMs: 30_000 })).toEqualTypeOf<SessionShape>();
// @ts-expect-error: a hop is needed where windows hop
hopping({ sizeMs: 60_000 });
// @ts-expect-error: sessions have no size
session({ sizeMs: 60_000 });

// What goes in and what comes out follow from the aggregator and `timeOf`.
const windows = createWindows({
  shape,
  timeOf: (reading: Reading) => reading.atMs,
  keyOf: (reading) => {
    expectTypeOf(reading).toEqualTypeOf<Reading>();
    return reading.camera;
  },
  aggregator: combine({
    readings: count(),
    plates: select((reading: Reading) => reading.plate, countDistinct()),
    common: select((reading: Reading) => reading.plate, topK({ k: 3 })),
    mean: select((reading: Reading) => reading.kmh, mean()),
    spread: select((reading: Reading) => reading.kmh, variance()),
    fastest: select((reading: Reading) => reading.kmh, max()),
    median: select((reading: Reading) => reading.kmh, quantile(0.5)),
    some: select((reading: Reading) => reading.kmh, quantiles([0.5, 0.95])),
    total: select((reading: Reading) => reading.kmh, sum()),
    lanes: selectEach((reading: Reading) => reading.lanes, sum()),
    byCamera: sumByKey(
      (reading: Reading) => reading.camera,
      (reading) => reading.kmh,
    ),
    newest: last(
      (reading: Reading) => reading.atMs,
      (reading) => reading.plate,
    ),
  }),
});

interface Summary {
  readings: number;
  plates: DistinctCount;
  common: TopK;
  mean: number | null;
  spread: number | null;
  fastest: number | null;
  median: number | null;
  some: (number | null)[];
  total: number;
  lanes: number;
  byCamera: SumsByKey;
  newest: string | null;
}

expectTypeOf(windows).toEqualTypeOf<Windows<Reading, Summary>>();
windows.on("window", (closed) => {
  expectTypeOf(closed).toEqualTypeOf<ClosedWindow<Summary>>();
  expectTypeOf(closed.value.plates.isExact).toEqualTypeOf<boolean>();
  // @ts-expect-error: not a part of the aggregator
  void closed.value.speed;
});
windows.on("late", (event) => expectTypeOf(event).toEqualTypeOf<Reading>());
windows.on("retract", (retracted) => {
  expectTypeOf(retracted).toEqualTypeOf<RetractedWindow>();
  // @ts-expect-error: what is retracted has no value any more
  void retracted.value;
});
// @ts-expect-error: no such event
windows.on("closed", () => {});
expectTypeOf(windows.peek("bridge")).toEqualTypeOf<OpenWindow<Summary>[]>();
expectTypeOf<Parameters<(typeof windows)["push"]>>().toEqualTypeOf<[event: Reading]>();
expectTypeOf<WindowVerdict>().toEqualTypeOf<"accepted" | "late" | "invalid_time" | "future_time" | "too_many_keys">();
// @ts-expect-error: an event of another type
windows.push({ camera: "bridge" });

const timeOf = (reading: Reading) => reading.atMs;
// @ts-expect-error: the aggregator takes numbers, events are readings
createWindows({ shape, timeOf, aggregator: sum() });
// @ts-expect-error: a part of a reading that its aggregator cannot take
select((reading: Reading) => reading.plate, sum());
// @ts-expect-error: a time is a number
createWindows({ shape, timeOf: (reading: Reading) => reading.plate, aggregator: count() });
// @ts-expect-error: a shape is made by tumbling, hopping or session
createWindows({ shape: { sizeMs: 60_000 }, timeOf, aggregator: count() });
// @ts-expect-error: windows need an aggregator
createWindows({ shape, timeOf });

// Parts that are left out: `undefined` is no value.
expectTypeOf(select((reading: Reading) => (reading.kmh > 0 ? reading.kmh : undefined), mean())).toExtend<
  Aggregator<Reading, object, number | null>
>();

// One of your own.
interface Longest {
  plate: string;
}
const longest: Aggregator<string, Longest, number> = {
  create: () => ({ plate: "" }),
  add: (into, plate) => void (into.plate = plate.length > into.plate.length ? plate : into.plate),
  merge: (into, from) => void (into.plate = from.plate.length > into.plate.length ? from.plate : into.plate),
  finish: ({ plate }) => plate.length,
  snapshot: ({ plate }) => plate,
  restore: (snapshot) => ({ plate: snapshot as string }),
};
const own = createWindows({ shape, timeOf, aggregator: select((reading: Reading) => reading.plate, longest) });
expectTypeOf(own).toEqualTypeOf<Windows<Reading, number>>();
expectTypeOf(combine({ longest })).toExtend<Aggregator<string, object, { longest: number }>>();

// A count asks for nothing, and so lets nothing through that another part would not take.
// @ts-expect-error: objects cannot be summed
createWindows({ shape, timeOf: (reading: Reading) => reading.atMs, aggregator: combine({ n: count(), total: sum() }) });
