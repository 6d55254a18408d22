import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** A marathon, minute by minute. */
export interface Marathon {
  readonly name: string;
  readonly timesMs: readonly number[];
  /** Messages, tweets and donations of each minute. */
  readonly chats: readonly number[];
  readonly tweets: readonly number[];
  readonly donations: readonly number[];
}

export function loadMarathons(folder: string): Marathon[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".timeseries.csv.gz"));
  return files.sort().map((file) => {
    const [header = "", ...lines] = gunzipSync(readFileSync(join(folder, file)))
      .toString("utf8")
      .trim()
      .split("\n");
    const names = header.split(",");
    const rows = lines.map((line) => line.split(","));
    const column = (name: string): string[] => rows.map((row) => row[names.indexOf(name)] ?? "");
    const total = column("donations").map(Number);
    return {
      name: file.replace(".timeseries.csv.gz", ""),
      timesMs: column("time").map((time) => Date.parse(time)),
      chats: column("chats").map(Number),
      tweets: column("tweets").map(Number),
      // The count is cumulative, and was corrected downwards now and then.
      donations: total.map((count, row) => Math.max(0, count - (total[row - 1] ?? count))),
    };
  });
}
