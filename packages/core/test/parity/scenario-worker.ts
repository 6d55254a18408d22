import { runScenario, type ScenarioResult } from "./scenario.js";

/** What a worker says when it is done: the result, and whether there is a page where it ran. */
export interface WorkerAnswer {
  readonly result?: ScenarioResult;
  readonly failure?: string;
  readonly hasPage: boolean;
}

const hasPage = "document" in globalThis;
runScenario().then(
  (result) => postMessage({ result, hasPage } satisfies WorkerAnswer),
  (error: unknown) => postMessage({ failure: String(error), hasPage } satisfies WorkerAnswer),
);
