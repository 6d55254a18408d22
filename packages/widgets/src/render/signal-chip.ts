import { html, nothing, type TemplateResult } from "lit";
import type { Signal } from "../source/source-controller.js";

const WORDS: Readonly<Record<Signal, string>> = {
  empty: "No source",
  connecting: "Connecting",
  live: "Live",
  stale: "Stale",
  reconnecting: "Reconnecting",
  offline: "Offline",
  ended: "Ended",
};

/** The sign that says what is wrong with the numbers; nothing while they are live. */
export function signalChip(signal: Signal): TemplateResult | typeof nothing {
  if (signal === "live") return nothing;
  return html`<span class="signal" part="signal" data-signal=${signal}>${WORDS[signal]}</span>`;
}

/** The same for readers who cannot see the chip. */
export function signalWords(signal: Signal): string {
  return signal === "live" ? "" : `${WORDS[signal]}. `;
}

/** Whether the numbers on screen are older than they look. */
export function isDimmed(signal: Signal): boolean {
  return signal === "stale" || signal === "reconnecting" || signal === "offline" || signal === "ended";
}
