import { parseInstant } from "@telemetra/core";
import { InvalidArgumentError } from "commander";

/** Stream ids out of one or several options, each a list with commas. */
export function collectStreams(text: string, sofar: readonly string[] = []): string[] {
  const streams = text
    .split(",")
    .map((id) => id.trim())
    .filter((id) => id !== "");
  if (streams.length === 0) throw new InvalidArgumentError("Name at least one stream.");
  return [...sofar, ...streams];
}

export function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError("It must be a number above 0.");
}

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError("It must be a whole number.");
}

/** `max` and 0 are as fast as possible. */
export function speed(text: string): number | "max" {
  return text === "max" || Number(text) === 0 ? "max" : positiveNumber(text);
}

const UNIT_MS: Readonly<Record<string, number>> = { "": 1_000, s: 1_000, m: 60_000, h: 3_600_000 };

/** The longest a timer can run is 24 days and some hours. */
const MAX_DURATION_MS = 480 * 3_600_000;

/** `90`, `90s`, `5m` or `2h`, in milliseconds. */
export function durationMs(text: string): number {
  const match = /^(\d+(?:\.\d+)?)([smh]?)$/.exec(text.trim());
  const ms = Number(match?.[1]) * (UNIT_MS[match?.[2] ?? "?"] ?? Number.NaN);
  if (ms > 0 && ms <= MAX_DURATION_MS) return ms;
  throw new InvalidArgumentError("It must be a time such as 90, 90s, 5m or 2h, up to 480h.");
}

export function instantMs(text: string): number {
  const epochMs = parseInstant(text);
  if (epochMs !== undefined) return epochMs;
  throw new InvalidArgumentError("It must be an instant such as 2026-01-31T20:00:00Z.");
}

/** Checked later by the sink; here only that it is one of the two kinds. */
export function target(text: string): string {
  if (text === "stdout" || /^https?:\/\//i.test(text)) return text;
  throw new InvalidArgumentError("It must be stdout or an address such as http://localhost:8000.");
}
