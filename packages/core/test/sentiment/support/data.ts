import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { SentimentLabel } from "../../../src/sentiment/message-score.js";

export interface ReferenceRow {
  readonly text: string;
  readonly compound: number;
  readonly pos: number;
  readonly neu: number;
  readonly neg: number;
}

export interface LabelledMessage {
  readonly label: SentimentLabel;
  readonly log: string;
  readonly text: string;
}

/** Rows of a file in `test/sentiment/data`, one JSON value a line. */
export function dataRows<Row>(name: string): Row[] {
  return jsonLines<Row>(resolve(import.meta.dirname, "../data", name));
}

/** Path below the folder of large data sets that are not part of the repository; undefined where they are missing. */
export function sharedPath(...parts: string[]): string | undefined {
  const folder = process.env["TELEMETRA_SHARED"] ?? resolve(import.meta.dirname, "../../../../../../shared");
  const path = resolve(folder, ...parts);
  return existsSync(path) ? path : undefined;
}

export function jsonLines<Row>(path: string): Row[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Row);
}
