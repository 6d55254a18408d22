import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseEnv } from "node:util";
import { redact } from "./redact.js";
import type { Setting } from "./setting.js";
import { settings, type SettingName, type SettingValues } from "./settings.js";

/** Where a value came from; a later one wins. */
export type Origin = "default" | "file" | "environment" | "flag";

/** What the service runs on: every setting read, checked and with the ones that follow from others filled in. Frozen. */
export interface Config extends Omit<SettingValues, "logLevel" | "source"> {
  readonly logLevel: NonNullable<SettingValues["logLevel"]>;
  readonly source: NonNullable<SettingValues["source"]>;
}

export interface LoadedConfig {
  readonly config: Config;
  readonly origins: Readonly<Record<SettingName, Origin>>;
}

export interface ConfigInput {
  /** Environment variables; an empty one counts as unset. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Text given on the command line, by setting. */
  readonly flags?: Readonly<Partial<Record<SettingName, string>>>;
  /** Variables of an environment file, which the environment overrides. */
  readonly file?: Readonly<Record<string, string | undefined>>;
}

/** Every fault of a configuration at once, one line each. No secret is ever part of a line. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly code = "invalid_config";
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join("\n"));
    this.faults = faults;
  }
}

/**
 * Reads all settings: a flag wins over the environment, the environment over the file, the file over the default.
 * @throws ConfigError that names every fault.
 */
export function loadConfig(input: ConfigInput): LoadedConfig {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  const origins: Record<string, Origin> = {};
  for (const [name, setting] of Object.entries(settings) as [SettingName, Setting<unknown>][]) {
    const given = findText(name, setting, input);
    origins[name] = given.origin;
    if (given.text === undefined) {
      values[name] = setting.default;
      continue;
    }
    const value = setting.parse(given.text);
    if (value === undefined) faults.push(describeFault(setting, given.text, given.origin));
    values[name] = value;
  }
  if (faults.length === 0) faults.push(...crossFaults(values as SettingValues, origins as Record<SettingName, Origin>));
  if (faults.length > 0) throw new ConfigError(faults);
  return {
    config: Object.freeze(complete(values as SettingValues)),
    origins: origins as Record<SettingName, Origin>,
  };
}

/** Reads an environment file. @throws ConfigError when it cannot be read. */
export function readEnvFile(file: string): Record<string, string | undefined> {
  try {
    return parseEnv(readFileSync(file, "utf8"));
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === "ENOENT" ? "does not exist" : "cannot be read";
    throw new ConfigError([`the environment file ${file} ${reason}`]);
  }
}

function findText(name: SettingName, setting: Setting<unknown>, input: ConfigInput): { text?: string; origin: Origin } {
  const flag = input.flags?.[name];
  if (flag !== undefined) return { text: flag, origin: "flag" };
  const fromEnvironment = input.env[setting.env]?.trim();
  if (fromEnvironment !== undefined && fromEnvironment !== "") return { text: fromEnvironment, origin: "environment" };
  const fromFile = input.file?.[setting.env]?.trim();
  if (fromFile !== undefined && fromFile !== "") return { text: fromFile, origin: "file" };
  return { origin: "default" };
}

function describeFault(setting: Setting<unknown>, value: string, origin: Origin): string {
  const shown = setting.secrecy === "none" ? JSON.stringify(shorten(value)) : redact(setting, value);
  return `${spell(setting, origin)} is ${shown}, but must be ${setting.allowed}`;
}

function spell(setting: Setting<unknown>, origin: Origin): string {
  return origin === "flag" ? (setting.flag ?? setting.env).replace(/ .*/, "") : setting.env;
}

function shorten(value: string): string {
  return value.length > 80 ? `${value.slice(0, 80)}…` : value;
}

/** Faults of two settings that do not go together. */
function crossFaults(values: SettingValues, origins: Record<SettingName, Origin>): string[] {
  const faults: string[] = [];
  const name = (key: SettingName): string => spell(settings[key] as Setting<unknown>, origins[key]);
  if (values.chatWindowSlideSeconds > values.chatWindowDurationSeconds) {
    faults.push(
      `${name("chatWindowSlideSeconds")} is ${values.chatWindowSlideSeconds}, but must be at most ` +
        `${name("chatWindowDurationSeconds")} (${values.chatWindowDurationSeconds}), or seconds would fall between windows`,
    );
  }
  if (values.source === "simulated" && values.replayFile !== undefined) {
    faults.push(`${name("replayFile")} and ${name("source")} simulated exclude each other: choose one`);
  }
  for (const key of ["replaySpeed", "replayShift"] as const) {
    if (origins[key] === "flag" && values.replayFile === undefined) {
      faults.push(`${name(key)} says how to replay, but there is nothing to replay: add --replay <file>`);
    }
  }
  return faults;
}

function complete(values: SettingValues): Config {
  const databaseUrl = values.databaseUrl ?? postgresUrl(values);
  const hasOtherSource = values.replayFile !== undefined || values.kafkaBootstrapServers !== undefined;
  return {
    ...values,
    databaseUrl,
    dataDir: resolve(values.dataDir),
    logLevel: values.logLevel ?? (values.debug ? "debug" : "info"),
    source: values.source ?? (hasOtherSource ? "none" : "simulated"),
    allowedHosts: values.allowedHosts ?? localNames(values.host),
  };
}

function postgresUrl(values: SettingValues): string | undefined {
  const { postgresHost, postgresPort, postgresDb, postgresUser, postgresPassword } = values;
  const parts = [postgresHost, postgresPort, postgresDb, postgresUser, postgresPassword];
  if (parts.every((part) => part === undefined)) return undefined;
  const user = encodeURIComponent(postgresUser ?? "telemetra");
  const password = postgresPassword === undefined ? "" : `:${encodeURIComponent(postgresPassword)}`;
  const host = postgresHost ?? "localhost";
  const bracketed = host.includes(":") ? `[${host}]` : host;
  const database = encodeURIComponent(postgresDb ?? "telemetra");
  return `postgresql://${user}${password}@${bracketed}:${postgresPort ?? 5432}/${database}`;
}

/** While only this machine can connect, only this machine's names are served; see ALLOWED_HOSTS. */
function localNames(host: string): readonly string[] | undefined {
  const isLoopback = host === "localhost" || host === "::1" || host.startsWith("127.");
  return isLoopback
    ? [...new Set(["localhost", "127.0.0.1", "[::1]", host.includes(":") ? `[${host}]` : host])]
    : undefined;
}
