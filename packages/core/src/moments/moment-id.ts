import { hashString } from "../aggregate/hash.js";
import type { MomentType } from "../records/moment.js";

/**
 * The same stream, type and onset give the same id on every machine: a UUID of version 8 (RFC 9562, own hash).
 *
 * @param scope what else tells two moments of one type and onset apart
 */
export function momentId(streamId: string, type: MomentType, onsetMs: number, scope = ""): string {
  const key = `${streamId}\n${type}\n${onsetMs}${scope === "" ? "" : `\n${scope}`}`;
  const [a, b] = hashString(key, 1);
  const [c, d] = hashString(key, 2);
  const hex = [a, b, c, d].map((part) => part.toString(16).padStart(8, "0")).join("");
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join("-");
}
