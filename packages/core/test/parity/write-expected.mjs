import { runTypeScript } from "../../bench/nab/run-type-script.mjs";

await runTypeScript(new URL("./write-expected.ts", import.meta.url));
