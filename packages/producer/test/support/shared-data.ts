import { existsSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../../../..");
const folder = process.env["TELEMETRA_SHARED"] ?? join(root, "../shared");

/** Path of a data set that is too large, or not ours, to be in the repository; `undefined` where it is not at hand. */
export function sharedData(path: string): string | undefined {
  const file = join(folder, "data", path);
  return existsSync(file) ? file : undefined;
}

/** The recording that every clone has. */
export const CHAT_RECORDING = join(root, "examples/data/chat-recording.txt.gz");
