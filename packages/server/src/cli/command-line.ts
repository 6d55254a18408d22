import { Command, Option } from "commander";
import { addDeadLetterCommands, type DeadLetterRequest } from "./dead-letter-commands.js";
import { UsageError } from "./usage-error.js";
import type { Setting } from "../config/setting.js";
import { settings, type SettingName } from "../config/settings.js";

/** What the command line says about the configuration. */
export interface ConfigRequest {
  readonly flags: Readonly<Partial<Record<SettingName, string>>>;
  /** File named by `--env-file`. */
  readonly envFile?: string;
}

export interface Commands {
  readonly serve: (request: ConfigRequest) => Promise<void>;
  readonly config: (request: ConfigRequest) => Promise<void>;
  readonly migrate: (request: ConfigRequest) => Promise<void>;
  readonly deadLetters: (request: ConfigRequest, what: DeadLetterRequest) => Promise<void>;
}

export interface Output {
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
}

const EXAMPLES = `
Examples:
  telemetra                                   simulated streams, data in .telemetra
  telemetra --source none --port 9000         only what is posted to /api/v1/events
  telemetra --replay chat.jsonl --speed 10    a recording, ten times as fast
  telemetra --ephemeral                       nothing is kept
  telemetra config --env-file prod.env        what would be run on, secrets redacted
  telemetra dlq list                          records that could not be taken in, and why

Every setting is also an environment variable: telemetra config lists them all.
`;

/** The command line: flags come from the table of settings, so that each means what its variable means. */
export function createCommandLine(commands: Commands, version: string, output: Output): Command {
  const program = new Command("telemetra");
  const given = new Map<string, SettingName>();
  program
    .description("A live stream's chat, viewers and transactions as metrics, moments and overlays.")
    .version(version, "-V, --version", "Print the version.")
    .helpOption("-h, --help", "Print this help.")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: output.write,
      writeErr: output.writeError,
      // The error is thrown and told by whoever runs us; telling it here too would tell it twice.
      outputError: () => {},
    })
    .exitOverride()
    .allowExcessArguments()
    .addHelpText("after", EXAMPLES);

  for (const [name, setting] of Object.entries(settings) as [SettingName, Setting<unknown>][]) {
    if (setting.flag === undefined) continue;
    const option = new Option(setting.flag, describe(setting));
    given.set(option.attributeName(), name);
    program.addOption(option);
  }
  program.option(
    "--env-file <file>",
    "Variables to read; the environment wins over them. (default: .env, if there is one)",
  );
  program.addOption(new Option("--twitch <channel>").hideHelp());

  const request = (): ConfigRequest => {
    const options = program.opts<Record<string, string | boolean>>();
    if (options["twitch"] !== undefined) throw new UsageError(TWITCH_IS_RESERVED);
    const flags = Object.entries(options).flatMap(([attribute, value]) => {
      const name = given.get(attribute);
      return name === undefined ? [] : [[name, String(value)] as const];
    });
    const envFile = options["envFile"];
    return { flags: Object.fromEntries(flags), ...(typeof envFile === "string" ? { envFile } : {}) };
  };
  const add = (command: Command, run: (request: ConfigRequest) => Promise<void>): void => {
    command.allowExcessArguments().action(async () => {
      const [extra] = command.args;
      if (extra !== undefined) throw new UsageError(unexpected(extra, command === program));
      await run(request());
    });
  };
  add(program, commands.serve);
  add(program.command("serve").description("Run the service, as without a command."), commands.serve);
  add(program.command("config").description("Print every setting, its value and its origin."), commands.config);
  add(program.command("migrate").description("Bring the database to this version's schema."), commands.migrate);
  addDeadLetterCommands(program, request, commands.deadLetters);
  return program;
}

const TWITCH_IS_RESERVED =
  "--twitch is not there yet: open an overlay with ?twitch=<channel>, which needs no server, or --replay a recording";

function describe(setting: Setting<unknown>): string {
  const remarks = setting.allowed.startsWith("one of ") ? [setting.allowed] : [];
  const value = setting.defaultNote ?? (setting.default === false ? "" : setting.print(setting.default));
  if (value !== "") remarks.push(`default: ${value}`);
  return remarks.length === 0 ? setting.doc : `${setting.doc} (${remarks.join("; ")})`;
}

function unexpected(word: string, isCommand: boolean): string {
  const shown = JSON.stringify(word.slice(0, 60));
  return isCommand
    ? `there is no command ${shown}; there are serve, config, migrate and dlq (see telemetra --help)`
    : `${shown} is one word too many (see telemetra --help)`;
}
