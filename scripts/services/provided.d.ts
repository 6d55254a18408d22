import type { Services } from "./all.mjs";

declare module "vitest" {
  interface ProvidedContext {
    services: Pick<Services, "addresses" | "missing">;
  }
}
