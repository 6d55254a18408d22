import type { DeadLetterDesk } from "../service.js";
import type { DeadLetterRequest } from "./dead-letter-commands.js";
import {
  findDeadLetters,
  newestDeadLetters,
  renderDetails,
  renderJson,
  renderTable,
  replayDeadLetters,
} from "./dead-letters.js";

/** Does what was asked and returns what to print. @throws DeadLetterError, StorageError */
export async function runDeadLetters(desk: DeadLetterDesk, request: DeadLetterRequest): Promise<string> {
  const { letters } = desk;
  if (request.kind === "list") {
    const found = await newestDeadLetters(letters, request.filter, request.limit);
    if (request.json) return linesOf(found.map(renderJson));
    return found.length === 0 ? "There are no such dead letters.\n" : renderTable(found);
  }
  if (request.kind === "show") {
    const found = await findDeadLetters(letters, request.places);
    return request.json ? linesOf(found.map(renderJson)) : found.map(renderDetails).join("\n");
  }
  const count = await replayDeadLetters(letters, desk.log(), request.chosen, request.force);
  if (count === 0) return "There is nothing to put back.\n";
  return `${count} ${count === 1 ? "dead letter was" : "dead letters were"} put back into the log.\n`;
}

function linesOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
