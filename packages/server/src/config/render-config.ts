import { redact } from "./redact.js";
import { SETTING_GROUPS, type Setting, type SettingGroup } from "./setting.js";
import { settings, type SettingName } from "./settings.js";
import type { LoadedConfig, Origin } from "./load-config.js";

type Entry = readonly [SettingName, Setting<unknown>];

const ORIGIN_TEXT: Readonly<Record<Origin, string>> = {
  default: "default",
  file: "environment file",
  environment: "environment",
  flag: "command line",
};

/** One line a setting, `NAME=value  # origin`, with secrets redacted: what the process runs on. */
export function renderConfig({ config, origins }: LoadedConfig): string {
  const lines = entriesByGroup().flatMap(([title, entries]) => [
    `# ${title}`,
    ...entries.map(([name, setting]) => {
      const value = config[name];
      const text = value === undefined ? "" : redact(setting, setting.print(value));
      return `${`${setting.env}=${text}`.padEnd(48)} # ${describeOrigin(setting, origins[name], value === undefined)}`;
    }),
    "",
  ]);
  return lines.join("\n");
}

function describeOrigin(setting: Setting<unknown>, origin: Origin, isUnset: boolean): string {
  return isUnset ? `unset: ${setting.defaultNote}` : ORIGIN_TEXT[origin];
}

/** The text of `.env.example`: every variable with its default, commented out, so that a copy changes nothing. */
export function renderEnvExample(): string {
  const head = [
    "# Every setting of the Telemetra service. Copy this file to .env and take the # off the lines you change:",
    "# the service reads .env from its working directory (or the file of --env-file). Variables of the environment",
    "# win over the file, flags of the command line over both. `telemetra config` shows the outcome.",
    "",
  ];
  const body = entriesByGroup().flatMap(([title, entries]) => [
    `# --- ${title} ---`,
    "",
    ...entries.flatMap(([, setting]) => [
      `# ${setting.doc}`,
      `# Must be ${setting.allowed}.${setting.defaultNote === undefined ? "" : ` Unset: ${setting.defaultNote}.`}`,
      `#${setting.env}=${setting.default === undefined ? "" : quoteEnv(setting.print(setting.default))}`,
      "",
    ]),
  ]);
  return [...head, ...body].join("\n");
}

/** The text of `docs/reference/config.md`. */
export function renderConfigReference(): string {
  const sections = entriesByGroup().flatMap(([title, entries]) => [
    `## ${title}`,
    "",
    "| Variable | Flag | Default | Must be | What it does |",
    "| --- | --- | --- | --- | --- |",
    ...entries.map(([, setting]) => {
      const flag = setting.flag === undefined ? "" : code(setting.flag);
      const value = setting.defaultNote ?? code(setting.print(setting.default));
      const secret = setting.secrecy === "none" ? "" : " Never printed.";
      return `| ${[code(setting.env), flag, value, setting.allowed, setting.doc + secret].map(cell).join(" | ")} |`;
    }),
    "",
  ]);
  return [
    "# Configuration",
    "",
    "Every setting is an environment variable. A flag of the command line wins over the environment, the environment over",
    "the file (`.env` in the working directory, or the one named by `--env-file`), the file over the default. An empty",
    "variable counts as unset. All settings are checked at start and every fault is named at once; `telemetra config` shows",
    "what the service would run on and where each value comes from, with secrets redacted.",
    "",
    ...sections,
  ].join("\n");
}

function entriesByGroup(): (readonly [title: string, entries: Entry[]])[] {
  const all = Object.entries(settings) as [SettingName, Setting<unknown>][];
  return (Object.entries(SETTING_GROUPS) as [SettingGroup, string][]).map(([group, title]) => [
    title,
    all.filter(([, setting]) => setting.group === group),
  ]);
}

function quoteEnv(value: string): string {
  return /\s/.test(value) ? `"${value}"` : value;
}

function code(value: string): string {
  return value === "" ? "none" : `\`${value}\``;
}

function cell(value: string): string {
  return value.replaceAll("|", "\\|");
}
