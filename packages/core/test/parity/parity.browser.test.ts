import { inject, it } from "vitest";
import { expectSameAsEverywhere, expectSameFromWorker } from "./parity.js";
import type { WorkerAnswer } from "./scenario-worker.js";

it(
  "a browser makes the same rows, moments and sessions as every other place, byte for byte",
  expectSameAsEverywhere,
  60_000,
);

it("a web worker makes them from one bundled, minified script", { timeout: 60_000 }, async () => {
  const address = URL.createObjectURL(new Blob([inject("parityWorker")], { type: "text/javascript" }));
  const worker = new Worker(address);
  try {
    const answer = await new Promise<WorkerAnswer>((resolve, reject) => {
      worker.addEventListener("message", ({ data }: MessageEvent<WorkerAnswer>) => resolve(data));
      worker.addEventListener("error", ({ message }) => reject(new Error(message)));
    });
    expectSameFromWorker(answer);
  } finally {
    worker.terminate();
    URL.revokeObjectURL(address);
  }
});
