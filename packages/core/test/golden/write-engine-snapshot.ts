import { writeFile } from "node:fs/promises";
import { tellFromTheBeginning } from "./engine-story.js";

// For a new version of the snapshot, under a new name: a released file stays as it is, or it proves nothing. Format it
// with prettier afterwards.
const golden = tellFromTheBeginning();
const file = new URL(`./engine-snapshot-v${golden.snapshot.version}.json`, import.meta.url);
await writeFile(file, `${JSON.stringify(golden)}\n`);
console.log(`${golden.rows.length} rows after the snapshot`);
