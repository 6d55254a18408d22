import { readFileSync } from "node:fs";

/** Version of this package. Sources and build both lie one folder below its package.json. */
export const version: string = (
  JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string }
).version;
