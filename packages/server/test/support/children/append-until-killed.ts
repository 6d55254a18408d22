import { writeSync } from "node:fs";
import { openLog, type LogConfig } from "../adapter-config.js";

/** Appends for ever and writes the id of every record that was acknowledged, one per line. */
const { config, streamId } = JSON.parse(process.argv[2]!) as { config: LogConfig; streamId: string };
const { port: log } = await openLog(config);
for (let number = 0; ; number++) {
  const ids = [0, 1, 2].map((part) => `${number}-${part}`);
  // Two appends of the same turn share a transaction: both have to be there.
  await Promise.all([
    log.append(ids.slice(0, 2).map((eventId) => ({ type: "chat", streamId, eventId, value: `"${eventId}"` }))),
    log.append(ids.slice(2).map((eventId) => ({ type: "viewer", streamId, eventId, value: `"${eventId}"` }))),
  ]);
  writeSync(1, `${ids.join("\n")}\n`);
}
