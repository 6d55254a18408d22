import { runTypeScript } from "../../bench/nab/run-type-script.mjs";

await runTypeScript(new URL("./write-engine-snapshot.ts", import.meta.url));
