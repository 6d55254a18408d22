import { isUtf8 } from "node:buffer";
import { EVENT_TYPES, formatInstant, type EventType } from "@telemetra/core";
import {
  formatPlace,
  type DeadLetterQuery,
  type DeadLetters,
  type LogPlace,
  type StoredDeadLetter,
} from "../ports/dead-letters.js";
import type { EventLog } from "../ports/event-log.js";

/** Which dead letters are meant. */
export interface DeadLetterFilter {
  readonly code?: string;
  readonly topic?: EventType;
  /** The stream that the bytes name. */
  readonly stream?: string;
  readonly isNew?: boolean;
}

/** Something cannot be done as it was asked for; the message is one line. */
export class DeadLetterError extends Error {
  override readonly name = "DeadLetterError";
  readonly code = "dead_letter";
}

const PAGE_LETTERS = 500;
const PLACE = /^([a-z_]+)\/(\d{1,9})\/(\d{1,15})$/;

/** Reads `chat/0/123`; undefined for anything else. */
export function parsePlace(text: string): LogPlace | undefined {
  const parts = PLACE.exec(text);
  const topic = EVENT_TYPES.find((type) => type === parts?.[1]);
  if (parts === null || topic === undefined) return undefined;
  return { topic, partition: Number(parts[2]), offset: Number(parts[3]) };
}

/** All letters that are meant, a page at a time. */
async function* select(
  letters: Pick<DeadLetters, "list">,
  order: DeadLetterQuery["order"],
  { stream, ...filter }: DeadLetterFilter,
  wanted = Infinity,
): AsyncGenerator<readonly StoredDeadLetter[]> {
  // Which letters are of a stream only their bytes tell, so then there may be many to look at.
  const limit = stream === undefined ? Math.min(PAGE_LETTERS, wanted) : PAGE_LETTERS;
  let after: StoredDeadLetter | undefined;
  for (;;) {
    const page = await letters.list({
      limit,
      order,
      ...filter,
      ...(after === undefined ? {} : { after }),
    });
    yield stream === undefined ? page : page.filter((letter) => streamOf(letter) === stream);
    after = page.at(-1);
    if (page.length < limit || after === undefined) return;
  }
}

/** The newest ones, newest first. */
export async function newestDeadLetters(
  letters: Pick<DeadLetters, "list">,
  filter: DeadLetterFilter,
  limit: number,
): Promise<readonly StoredDeadLetter[]> {
  const found: StoredDeadLetter[] = [];
  for await (const page of select(letters, "newest", filter, limit)) {
    found.push(...page);
    if (found.length >= limit) break;
  }
  return found.slice(0, limit);
}

/** @throws DeadLetterError that names the first place without a letter */
export async function findDeadLetters(
  letters: Pick<DeadLetters, "find">,
  places: readonly LogPlace[],
): Promise<readonly StoredDeadLetter[]> {
  const found = await letters.find(places);
  const known = new Set(found.map(formatPlace));
  const missing = places.find((place) => !known.has(formatPlace(place)));
  if (missing !== undefined) throw new DeadLetterError(`there is no dead letter ${formatPlace(missing)}`);
  return found;
}

/**
 * Puts letters back into the log, oldest first. What has been put back before is left out, or refused when it was named.
 * A process that dies in between has put back some that are not marked: putting them back again does no harm, because a
 * repeated `event_id` counts once.
 *
 * @returns how many were put back
 */
export async function replayDeadLetters(
  letters: DeadLetters,
  log: Pick<EventLog, "appendAgain">,
  chosen: readonly LogPlace[] | DeadLetterFilter,
  force: boolean,
): Promise<number> {
  if (isPlaces(chosen)) {
    const found = await findDeadLetters(letters, chosen);
    const again = found.find(({ replayedAtMs }) => replayedAtMs !== null);
    if (again !== undefined && !force) {
      const at = formatInstant(again.replayedAtMs!);
      throw new DeadLetterError(`${formatPlace(again)} was put back at ${at} already: add --force to do it again`);
    }
    await putBack(letters, log, found);
    return found.length;
  }
  // What is put back and fails again is a new letter, which must not be put back in the same run.
  const [newest] = await letters.list({ limit: 1, order: "newest" });
  let count = 0;
  for await (const page of select(letters, "oldest", { ...chosen, ...(force ? {} : { isNew: true }) })) {
    const ours = page.filter(({ writtenAtMs }) => writtenAtMs <= newest!.writtenAtMs);
    await putBack(letters, log, ours);
    count += ours.length;
    if (page.some(({ writtenAtMs }) => writtenAtMs > newest!.writtenAtMs)) break;
  }
  return count;
}

async function putBack(
  letters: Pick<DeadLetters, "markReplayed">,
  log: Pick<EventLog, "appendAgain">,
  page: readonly StoredDeadLetter[],
): Promise<void> {
  if (page.length === 0) return;
  await log.appendAgain(
    page.map((letter) => {
      const streamId = streamOf(letter);
      return { ...letter, ...(streamId === undefined ? {} : { streamId }) };
    }),
  );
  await letters.markReplayed(page);
}

function isPlaces(chosen: readonly LogPlace[] | DeadLetterFilter): chosen is readonly LogPlace[] {
  return Array.isArray(chosen);
}

/** The stream that the bytes name, if they can be read that far. */
function streamOf({ bytes }: StoredDeadLetter): string | undefined {
  try {
    const { stream_id: streamId } = JSON.parse(Buffer.from(bytes).toString("utf8")) as { readonly stream_id?: unknown };
    return typeof streamId === "string" && streamId !== "" ? streamId : undefined;
  } catch {
    return undefined;
  }
}

/** One line of JSON. `value` is the record as text; `value_base64` comes in its place when it is no text in UTF-8. */
export function renderJson(letter: StoredDeadLetter): string {
  const { topic, partition, offset, code, detail, writtenAtMs, replayedAtMs, bytes } = letter;
  return JSON.stringify({
    place: formatPlace(letter),
    topic,
    partition,
    offset,
    code,
    detail,
    stream_id: streamOf(letter) ?? null,
    written_at: formatInstant(writtenAtMs),
    replayed_at: replayedAtMs === null ? null : formatInstant(replayedAtMs),
    ...(isUtf8(bytes)
      ? { value: Buffer.from(bytes).toString("utf8") }
      : { value_base64: Buffer.from(bytes).toString("base64") }),
  });
}

export function renderTable(letters: readonly StoredDeadLetter[]): string {
  const rows = letters.map((letter) => [
    formatPlace(letter),
    formatInstant(letter.writtenAtMs),
    letter.replayedAtMs === null ? "" : "put back",
    streamOf(letter) ?? "",
    letter.code,
    letter.detail,
  ]);
  const all = [["PLACE", "WRITTEN", "", "STREAM", "CODE", "DETAIL"], ...rows].map((row) => row.map(printable));
  const widths = all[0]!.map((_, column) => Math.min(40, Math.max(...all.map((row) => row[column]!.length))));
  return all
    .map(
      (row) =>
        `${row
          .map((cell, at) => cell.padEnd(widths[at]!))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

export function renderDetails(letter: StoredDeadLetter): string {
  const text = Buffer.from(letter.bytes).toString("utf8");
  const lines = [
    ["Place", formatPlace(letter)],
    ["Written", formatInstant(letter.writtenAtMs)],
    ["Put back", letter.replayedAtMs === null ? "never" : formatInstant(letter.replayedAtMs)],
    ["Stream", streamOf(letter) ?? "not readable"],
    ["Code", letter.code],
    ["Detail", letter.detail],
    ["Bytes", `${letter.bytes.length}${isUtf8(letter.bytes) ? "" : ", no text in UTF-8: --json gives them in base64"}`],
    ["Value", text],
  ] as const;
  return lines.map(([name, value]) => `${name.padEnd(10)}${printable(value)}\n`).join("");
}

/** What somebody sent must not move the cursor of who looks at it. */
function printable(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu,
    (char) => `\\u${char.codePointAt(0)!.toString(16).padStart(4, "0")}`,
  );
}
