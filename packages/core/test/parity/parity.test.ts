import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { it } from "vitest";
import { bundleWorker } from "./bundle-worker.mjs";
import { expectSameAsEverywhere, expectSameFromWorker } from "./parity.js";
import type { WorkerAnswer } from "./scenario-worker.js";

/** What a page's worker has by itself. */
const POST_MESSAGE = `globalThis.postMessage = (answer) => require("node:worker_threads").parentPort.postMessage(answer);`;

it(
  "Node makes the same rows, moments and sessions as every other place, byte for byte",
  expectSameAsEverywhere,
  60_000,
);

it("a worker thread makes them from one bundled, minified script", { timeout: 60_000 }, async () => {
  const worker = new Worker(`${POST_MESSAGE}\n${await bundleWorker()}`, { eval: true });
  try {
    const [answer] = (await once(worker, "message")) as [WorkerAnswer];
    expectSameFromWorker(answer);
  } finally {
    await worker.terminate();
  }
});
