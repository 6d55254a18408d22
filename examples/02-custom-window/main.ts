import { combine, count, countDistinct, quantile, select } from "@telemetra/core/aggregate";
import { createWindows, tumbling } from "@telemetra/core/windowing";
import { readings, type Reading } from "./readings.js";

const windows = createWindows({
  shape: tumbling({ sizeMs: 5 * 60_000 }),
  timeOf: (reading: Reading) => Date.parse(reading.read_at),
  keyOf: (reading) => reading.camera,
  aggregator: combine({
    vehicles: count(),
    plates: select((reading: Reading) => reading.plate, countDistinct()),
    speed: select((reading: Reading) => reading.speed_kmh, quantile(0.95)),
  }),
  // A camera on time is less than ten seconds behind; for half a minute more, a window is corrected.
  maxOutOfOrdernessMs: 10_000,
  allowedLatenessMs: 30_000,
  // An empty road is a result, too.
  keepAliveMs: 5 * 60_000,
});

windows.on("window", ({ key, startMs, value, revision }) => {
  const from = new Date(startMs).toISOString().slice(11, 16);
  const speed = value.speed === null ? "no speed" : `95 % at most ${value.speed.toFixed(0)} km/h`;
  const correction = revision === 0 ? "" : `  (correction ${revision})`;
  console.log(`${from}  ${key}  ${value.vehicles} vehicles, ${value.plates.count} plates, ${speed}${correction}`);
});
windows.on("late", (reading) => console.log(`late   ${reading.camera}  ${reading.plate} of ${reading.read_at}`));

for (const reading of readings()) windows.push(reading);
windows.flush();
