import { isAbsolute, resolve } from "node:path";

/** How a value is hidden when settings are printed: not at all, wholly, or only the password inside a URL. */
export type Secrecy = "none" | "whole" | "url";

/** One setting: an environment variable, sometimes a command-line flag, and how to read its text. */
export interface Setting<T> {
  readonly env: string;
  /** As the command line takes it, e.g. `--port <number>`; absent when only the environment sets it. */
  readonly flag?: string;
  readonly group: SettingGroup;
  readonly doc: string;
  /** Absent for a setting that may stay unset; `defaultNote` then says what happens. */
  readonly default?: T;
  readonly defaultNote?: string;
  /** Continues the sentence "NAME is X, but must be …". */
  readonly allowed: string;
  readonly secrecy: Secrecy;
  /** The value that the text means, or `undefined` when it means none. */
  readonly parse: (text: string) => T | undefined;
  /** The text that `parse` reads back. */
  readonly print: (value: T) => string;
}

export const SETTING_GROUPS = {
  service: "Service",
  storage: "Storage and infrastructure",
  source: "Where events come from",
  engine: "Windows and moments",
  live: "Live push",
  limits: "Limits",
} as const;

export type SettingGroup = keyof typeof SETTING_GROUPS;

export interface About<T> {
  readonly env: string;
  readonly flag?: string;
  readonly group: SettingGroup;
  readonly doc: string;
  readonly default?: T;
  readonly defaultNote?: string;
}

type WithDefault<T> = About<T> & { readonly default: T };

type Range = { readonly min: number; readonly max: number };

export function integer(about: WithDefault<number> & Range): Setting<number> & WithDefault<number>;
export function integer(about: About<number> & Range): Setting<number>;
export function integer(about: About<number> & Range): Setting<number> {
  const { min, max, ...rest } = about;
  return {
    ...rest,
    secrecy: "none",
    allowed: `a whole number from ${min} to ${max}`,
    parse: (raw) => within(/^[+-]?\d{1,15}$/.test(raw) ? Number(raw) : NaN, min, max),
    print: String,
  };
}

export function number(
  about: WithDefault<number> & { min: number; max: number },
): Setting<number> & WithDefault<number> {
  const { min, max, ...rest } = about;
  return {
    ...rest,
    secrecy: "none",
    allowed: `a number from ${min} to ${max}`,
    parse: (text) => within(/^[+-]?\d{1,15}(\.\d{1,15})?$/.test(text) ? Number(text) : NaN, min, max),
    print: String,
  };
}

export function toggle(about: WithDefault<boolean>): Setting<boolean> & WithDefault<boolean> {
  return {
    ...about,
    secrecy: "none",
    allowed: "true or false",
    parse: (text) => {
      const lower = text.toLowerCase();
      if (["true", "1", "yes", "on"].includes(lower)) return true;
      return ["false", "0", "no", "off"].includes(lower) ? false : undefined;
    },
    print: String,
  };
}

/** One of a few words, in any case. */
export function choice<const T extends string>(
  about: WithDefault<T> & { values: readonly T[] },
): Setting<T> & WithDefault<T>;
export function choice<const T extends string>(about: About<T> & { values: readonly T[] }): Setting<T>;
export function choice<const T extends string>(about: About<T> & { values: readonly T[] }): Setting<T> {
  const { values, ...rest } = about;
  return {
    ...rest,
    secrecy: "none",
    allowed: `one of ${values.join(", ")}`,
    parse: (text) => values.find((value) => value === text.toLowerCase()),
    print: String,
  };
}

type TextRules = { pattern?: RegExp; allowed?: string; secrecy?: Secrecy };

export function text(about: WithDefault<string> & TextRules): Setting<string> & WithDefault<string>;
export function text(about: About<string> & TextRules): Setting<string>;
export function text(about: About<string> & TextRules): Setting<string> {
  const { pattern = /^[^\0]{1,1000}$/u, allowed = "1 to 1000 characters", secrecy = "none", ...rest } = about;
  return { ...rest, secrecy, allowed, parse: (raw) => (pattern.test(raw) ? raw : undefined), print: String };
}

/** A file or folder; a relative one is below the working directory. */
export function path(about: WithDefault<string>): Setting<string> & WithDefault<string>;
export function path(about: About<string>): Setting<string>;
export function path(about: About<string>): Setting<string> {
  return {
    ...about,
    secrecy: "none",
    allowed: "a path",
    parse: (raw) => (raw.includes("\0") ? undefined : isAbsolute(raw) ? raw : resolve(raw)),
    print: String,
  };
}

/** A URL with one of the given schemes; its password is never printed. */
export function url(about: About<string> & { schemes: readonly string[] }): Setting<string> {
  const { schemes, ...rest } = about;
  return {
    ...rest,
    secrecy: "url",
    allowed: `a URL that begins with ${schemes.map((scheme) => `${scheme}://`).join(" or ")}`,
    parse: (raw) => {
      const parsed = URL.parse(raw);
      return parsed !== null && schemes.includes(parsed.protocol.slice(0, -1)) ? raw : undefined;
    },
    print: String,
  };
}

/** Comma-separated; every entry is read by `entry`, empty ones are skipped. */
export function list(
  about: WithDefault<readonly string[]> & { allowed: string; entry: (text: string) => string | undefined },
): Setting<readonly string[]> & WithDefault<readonly string[]>;
export function list(
  about: About<readonly string[]> & { allowed: string; entry: (text: string) => string | undefined },
): Setting<readonly string[]>;
export function list(
  about: About<readonly string[]> & { allowed: string; entry: (text: string) => string | undefined },
): Setting<readonly string[]> {
  const { entry, ...rest } = about;
  return {
    ...rest,
    secrecy: "none",
    parse: (raw) => {
      const entries = raw
        .split(",")
        .map((part) => part.trim())
        .filter((part) => part !== "")
        .map(entry);
      return entries.every((part) => part !== undefined) ? entries : undefined;
    },
    print: (values) => values.join(","),
  };
}

function within(value: number, min: number, max: number): number | undefined {
  return value >= min && value <= max ? value : undefined;
}
