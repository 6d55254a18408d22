import { EVENT_TYPES, type EventType } from "@telemetra/core";
import { Option, type Command } from "commander";
import type { LogPlace } from "../ports/dead-letters.js";
import type { ConfigRequest } from "./command-line.js";
import { parsePlace, type DeadLetterFilter } from "./dead-letters.js";
import { UsageError } from "./usage-error.js";

/** What is to be done with dead letters. */
export type DeadLetterRequest =
  | { readonly kind: "list"; readonly filter: DeadLetterFilter; readonly limit: number; readonly json: boolean }
  | { readonly kind: "show"; readonly places: readonly LogPlace[]; readonly json: boolean }
  | { readonly kind: "replay"; readonly chosen: readonly LogPlace[] | DeadLetterFilter; readonly force: boolean };

interface Options {
  readonly limit?: string;
  readonly code?: string;
  readonly topic?: EventType;
  readonly stream?: string;
  readonly new?: true;
  readonly all?: true;
  readonly force?: true;
  readonly json?: true;
}

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100_000;
const EXAMPLES = `
Examples:
  telemetra dlq list --code late --limit 10     the ten newest of a kind
  telemetra dlq list --json > letters.jsonl     for other programs, bytes included
  telemetra dlq show chat/0/123                 one of them, with its bytes
  telemetra dlq replay chat/0/123 chat/0/130    these again
  telemetra dlq replay --code future_timestamp  all of a kind that were not put back yet
`;

/** The commands for records that no event could be made of. */
export function addDeadLetterCommands(
  program: Command,
  config: () => ConfigRequest,
  run: (config: ConfigRequest, request: DeadLetterRequest) => Promise<void>,
): void {
  const group = program
    .command("dlq")
    .description("Dead letters: records that could not be taken in. List them, look at them, put them back.")
    .addHelpText("after", EXAMPLES)
    .action(() => {
      const [word] = group.args;
      const known = "there are list, show and replay (see telemetra dlq --help)";
      throw new UsageError(
        word === undefined ? `dlq needs a command; ${known}` : `dlq has no command ${quote(word)}; ${known}`,
      );
    })
    .allowExcessArguments();

  const list = group.command("list").description("The newest dead letters, newest first.");
  withFilter(list)
    .option("--new", "Only those that were never put back.")
    .option("--limit <count>", `How many at most. (default: ${DEFAULT_LIMIT})`)
    .option("--json", "A line of JSON each, with the record itself.")
    .allowExcessArguments()
    .action(async () => {
      refuseWords(list);
      const options = list.opts<Options>();
      const filter = { ...filterOf(options), ...(options.new === true ? { isNew: true } : {}) };
      await run(config(), { kind: "list", filter, limit: limitOf(options), json: options.json === true });
    });

  const show = group
    .command("show")
    .description("Everything that is known of dead letters, their bytes included.")
    .argument("[places...]", "Places as the list names them, e.g. chat/0/123.")
    .option("--json", "A line of JSON each.")
    .action(async (words: readonly string[]) => {
      if (words.length === 0) throw new UsageError("dlq show needs a place, e.g. chat/0/123 (see telemetra dlq list)");
      await run(config(), { kind: "show", places: placesOf(words), json: show.opts<Options>().json === true });
    });

  const replay = group.command("replay").description("Put dead letters back into the log, oldest first.");
  withFilter(replay)
    .argument("[places...]", "Places as the list names them, e.g. chat/0/123.")
    .option("--all", "All that were not put back yet.")
    .option("--force", "Those too that were put back before.")
    .action(async (words: readonly string[]) => {
      const options = replay.opts<Options>();
      await run(config(), { kind: "replay", chosen: chosenBy(words, options), force: options.force === true });
    });
}

function withFilter(command: Command): Command {
  return command
    .option("--code <code>", "Only those with this reason, e.g. invalid_json or late.")
    .addOption(new Option("--topic <kind>", "Only those of this kind of events.").choices(EVENT_TYPES))
    .option("--stream <id>", "Only those whose bytes name this stream.");
}

function filterOf({ code, topic, stream }: Options): DeadLetterFilter {
  return {
    ...(code === undefined ? {} : { code }),
    ...(topic === undefined ? {} : { topic }),
    ...(stream === undefined ? {} : { stream }),
  };
}

function chosenBy(words: readonly string[], options: Options): readonly LogPlace[] | DeadLetterFilter {
  const filter = filterOf(options);
  const isFiltered = options.all === true || Object.keys(filter).length > 0;
  if (words.length > 0 && isFiltered) throw new UsageError("dlq replay takes places or a choice, not both");
  if (words.length > 0) return placesOf(words);
  if (!isFiltered)
    throw new UsageError(
      "dlq replay needs to know which: places such as chat/0/123, --code, --topic, --stream or --all",
    );
  return filter;
}

function placesOf(words: readonly string[]): readonly LogPlace[] {
  return words.map((word) => {
    const place = parsePlace(word);
    if (place === undefined)
      throw new UsageError(`${quote(word)} is no place of a dead letter: those look like chat/0/123`);
    return place;
  });
}

function limitOf({ limit }: Options): number {
  if (limit === undefined) return DEFAULT_LIMIT;
  const count = /^\d{1,6}$/.test(limit) ? Number(limit) : 0;
  if (count >= 1 && count <= MAX_LIMIT) return count;
  throw new UsageError(`--limit is ${quote(limit)}, but must be a whole number from 1 to ${MAX_LIMIT}`);
}

function refuseWords(command: Command): void {
  const [word] = command.args;
  if (word !== undefined) throw new UsageError(`${quote(word)} is one word too many (see telemetra dlq --help)`);
}

function quote(word: string): string {
  return JSON.stringify(word.slice(0, 60));
}
