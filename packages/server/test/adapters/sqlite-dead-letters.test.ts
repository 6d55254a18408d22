import { deadLettersContract } from "../contract/dead-letters.contract.js";
import { makeTempFolder } from "../support/temp-folder.js";

deadLettersContract("SqliteResultStore", async () => {
  const folder = makeTempFolder();
  return { config: { adapter: "sqlite", dataDir: folder.path }, dispose: async () => folder.remove() };
});
