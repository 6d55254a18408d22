import { openLog, type LogConfig } from "../adapter-config.js";
import { recordingConsumer } from "../recording-consumer.js";

/** Consumes for ever and writes which partitions it was given, one line for each assignment. */
const { config } = JSON.parse(process.argv[2]!) as { config: LogConfig };
const { port: log } = await openLog(config);
const recorder = recordingConsumer();
await log.consume({
  ...recorder,
  async onAssigned(partitions, signal) {
    console.log(JSON.stringify(partitions));
    return recorder.onAssigned(partitions, signal);
  },
});
