import { writeSync } from "node:fs";
import { openStore, type StoreConfig } from "../adapter-config.js";
import { makeBatch, makeChat, makeMoment, makeRow, makeTransaction, makeViewers } from "../records.js";

/** Commits for ever, a minute of event time a commit, and refreshes roll-ups beside; writes the offset of every commit that returned. */
const { config, streamId } = JSON.parse(process.argv[2]!) as { config: StoreConfig; streamId: string };
const { port: store } = await openStore(config);
const [claim] = await store.claim([{ topic: "chat", partition: 0 }], "child");
void (async () => {
  for (;;) {
    await store.refreshRollups();
    await new Promise(setImmediate);
  }
})();
for (let offset = 0; ; offset++) {
  const timestamp = offset * 60_000;
  const place = { stream_id: streamId, event_id: String(offset), timestamp };
  await store.commit(
    makeBatch({
      positions: [
        { topic: "chat", partition: 0, epoch: claim!.epoch, nextOffset: offset + 1, lowOffset: offset } as const,
      ],
      events: [makeChat(place), makeViewers({ ...place, viewer_count: offset }), makeTransaction(place)],
      rows: [makeRow({ stream_id: streamId, startMs: timestamp, chat_count: 1 })],
      moments: [makeMoment({ stream_id: streamId, number: offset, atMs: timestamp })],
    }),
  );
  writeSync(1, `${offset}\n`);
}
