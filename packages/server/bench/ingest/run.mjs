import { runTypeScript } from "../../../core/bench/nab/run-type-script.mjs";

// The packages of this repository are found by their names, as sources.
await import("../../test/support/sources.mjs");
await runTypeScript(new URL("./main.ts", import.meta.url));
