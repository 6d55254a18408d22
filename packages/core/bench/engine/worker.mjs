import { runTypeScript } from "../nab/run-type-script.mjs";

await runTypeScript(new URL("./worker.ts", import.meta.url));
