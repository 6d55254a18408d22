/** Why a recording cannot be replayed. */
export const REPLAY_ERROR_CODES = [
  "not_found",
  "not_a_file",
  "not_readable",
  "unknown_format",
  "empty_file",
  "broken_gzip",
  "broken_json",
  "too_large",
  "no_events",
] as const;

export type ReplayErrorCode = (typeof REPLAY_ERROR_CODES)[number];

/** A recording that cannot be replayed. The message is one line that names the file and says what to do. */
export class ReplayError extends Error {
  override readonly name = "ReplayError";
  readonly code: ReplayErrorCode;

  constructor(code: ReplayErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
