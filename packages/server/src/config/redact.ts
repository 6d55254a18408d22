import type { Setting } from "./setting.js";

const HIDDEN = "********";
const SECRET_PARAMETER = /pass|secret|token|key/i;

/** The text of a setting as it may be shown to anybody. */
export function redact(setting: Pick<Setting<unknown>, "secrecy">, value: string): string {
  if (setting.secrecy === "none" || value === "") return value;
  return setting.secrecy === "whole" ? HIDDEN : redactUrl(value);
}

/** Hides the password of a URL and every query value whose name sounds like a secret; all of it when it is no URL. */
function redactUrl(value: string): string {
  const url = URL.parse(value);
  if (url === null) return HIDDEN;
  if (url.password !== "") url.password = HIDDEN;
  for (const name of new Set(url.searchParams.keys())) {
    if (SECRET_PARAMETER.test(name)) url.searchParams.set(name, HIDDEN);
  }
  return url.href;
}
