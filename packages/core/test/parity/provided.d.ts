import type {} from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** A classic script that runs the scenario and posts a `WorkerAnswer`. */
    parityWorker: string;
  }
}
