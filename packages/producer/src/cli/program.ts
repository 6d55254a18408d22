import { Command, Option } from "commander";
import { collectStreams, durationMs, instantMs, positiveNumber, speed, target, wholeNumber } from "./parse-values.js";

export interface SimulateOptions {
  readonly stream?: readonly string[];
  readonly rate?: number;
  readonly seed: number;
  readonly duration?: number;
  readonly start?: number;
  readonly to: string;
}

export interface ReplayOptions {
  readonly speed: number | "max";
  readonly shift?: "now";
  readonly to: string;
}

export interface Actions {
  simulate(options: SimulateOptions): Promise<void>;
  replay(file: string, options: ReplayOptions): Promise<void>;
}

/** The command line: what can be said, and its help. */
export function createProgram(actions: Actions): Command {
  const program = new Command("telemetra-producer")
    .description("Makes stream events, from a simulation or a recording, and sends them to Telemetra.")
    .showSuggestionAfterError()
    .addHelpText(
      "after",
      `
Examples:
  $ telemetra-producer simulate --to http://localhost:8000
  $ telemetra-producer replay chat.txt.gz --speed 10 --shift now --to http://localhost:8000

Events go to the standard output as lines of JSON, the summary to the standard error.`,
    );

  program
    .command("simulate")
    .description("Invent streams: chat, viewers, subscriptions, raids; nobody in them is real.")
    .addOption(
      new Option(
        "--stream <ids>",
        "stream ids, separated by commas or in several options (default: three demo streams)",
      )
        .env("PRODUCER_CHANNELS")
        .argParser(collectStreams),
    )
    .addOption(
      new Option("--rate <number>", "chat messages per second in quiet talk, all streams together")
        .env("PRODUCER_RATE_PER_SEC")
        .argParser(positiveNumber),
    )
    .option("--seed <number>", "the same seed tells the same story", wholeNumber, 1)
    .option("--duration <time>", "stop after 90, 90s, 5m or 2h (default: go on until stopped)", durationMs)
    .option("--start <instant>", "simulate from this instant on, as fast as it is read; needs --duration", instantMs)
    .addOption(toOption())
    .addHelpText(
      "after",
      `
Examples:
  $ telemetra-producer simulate --to http://localhost:8000
  $ telemetra-producer simulate --stream my_show --rate 20 --duration 10m --to http://localhost:8000
  $ telemetra-producer simulate --start 2026-01-31T20:00:00Z --duration 1h > evening.jsonl`,
    )
    .action(async (options: SimulateOptions, command: Command) => {
      if (options.start !== undefined && options.duration === undefined) {
        command.error("error: --start needs --duration, such as --duration 10m");
      }
      await actions.simulate(options);
    });

  program
    .command("replay")
    .description("Replay a recording of chat.")
    .argument(
      "<file>",
      "events (.jsonl), Twitch IRC lines with tags (.txt) or TwitchDownloader chat (.json), also as .gz",
    )
    .option("--speed <factor>", "how many times as fast as it happened, or max", speed, 1)
    .addOption(new Option("--shift <to>", "give events the time at which they are replayed").choices(["now"]))
    .addOption(toOption())
    .addHelpText(
      "after",
      `
Without --shift every event keeps its time and its id, so a second replay changes nothing.

Examples:
  $ telemetra-producer replay chat.txt.gz --speed max --to http://localhost:8000
  $ telemetra-producer replay chat.txt.gz --speed 10 --shift now --to http://localhost:8000
  $ telemetra-producer replay chat.txt.gz --speed max > chat.jsonl`,
    )
    .action(async (file: string, options: ReplayOptions, command: Command) => {
      if (options.shift !== undefined && options.speed === "max") {
        command.error("error: --shift now needs a --speed that is a number, such as --speed 10");
      }
      await actions.replay(file, options);
    });

  return program;
}

function toOption(): Option {
  return new Option("--to <target>", "stdout, or the address of a Telemetra server")
    .default("stdout")
    .argParser(target);
}
