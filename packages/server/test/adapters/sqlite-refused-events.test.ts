import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { refusedEventsContract } from "../contract/refused-events.contract.js";
import { makeTempFolder } from "../support/temp-folder.js";

refusedEventsContract("SqliteResultStore", async () => {
  const folder = makeTempFolder();
  return {
    config: { adapter: "sqlite", dataDir: folder.path },
    refuseLargeAmounts: async () => {
      const db = new DatabaseSync(join(folder.path, "telemetra.sqlite"));
      db.exec(`CREATE TRIGGER refuse BEFORE INSERT ON transactions WHEN NEW.amount > 100
               BEGIN SELECT RAISE(ABORT, 'too much money'); END`);
      db.close();
    },
    dispose: async () => folder.remove(),
  };
});
