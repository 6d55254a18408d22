import { writeFile } from "node:fs/promises";
import { runScenario } from "./scenario.js";

const result = await runScenario();
await writeFile(new URL("./expected.json", import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
console.log(result);
