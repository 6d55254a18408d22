import { runTypeScript } from "./run-type-script.mjs";

await runTypeScript(new URL("./main.ts", import.meta.url));
