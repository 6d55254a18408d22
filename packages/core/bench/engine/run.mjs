import { runTypeScript } from "../nab/run-type-script.mjs";

await runTypeScript(new URL("./main.ts", import.meta.url));
