import { writeSync } from "node:fs";
import { openStore, type StoreConfig } from "../adapter-config.js";
import { makeBatch, makeRow, makeTransaction } from "../records.js";

/** Commits for ever, one transaction and one row a time, and writes the offset of every commit that returned. */
const { config, streamId } = JSON.parse(process.argv[2]!) as { config: StoreConfig; streamId: string };
const { port: store } = await openStore(config);
const [claim] = await store.claim([{ topic: "transaction", partition: 0 }], "child");
for (let offset = 0; ; offset++) {
  const position = {
    topic: "transaction",
    partition: 0,
    epoch: claim!.epoch,
    nextOffset: offset + 1,
    lowOffset: offset,
  } as const;
  await store.commit(
    makeBatch({
      positions: [position],
      events: [makeTransaction({ stream_id: streamId, event_id: String(offset), amount: 1 })],
      rows: [makeRow({ stream_id: streamId, startMs: offset * 60_000, chat_count: 1 })],
      states: [{ streamId, partition: 0, state: { offset } }],
    }),
  );
  writeSync(1, `${offset}\n`);
}
