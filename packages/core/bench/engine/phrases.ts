import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";

const RECORDING = resolve(import.meta.dirname, "../../../../examples/data/chat-recording.txt.gz");

/** What people wrote in the recorded chat: real lengths, real words, real repetition. */
export function readPhrases(): readonly string[] {
  const lines = gunzipSync(readFileSync(RECORDING)).toString().split("\n");
  const texts = lines.flatMap((line) => / PRIVMSG #\S+ :(.*?)\r?$/.exec(line)?.[1] ?? []);
  // A slice of the whole log would be slower to read than a message that came by itself.
  return JSON.parse(JSON.stringify(texts)) as string[];
}
