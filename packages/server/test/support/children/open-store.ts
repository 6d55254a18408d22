import { openStore, type StoreConfig } from "../adapter-config.js";

/** Says that it is ready, opens the store when its input ends, so that several of these do it at once, and closes it. */
const { config } = JSON.parse(process.argv[2]!) as { config: StoreConfig };
console.log("ready");
await new Promise((resolve) => process.stdin.on("end", resolve).resume());
const opened = await openStore(config);
await opened.port.ping();
await opened.close();
