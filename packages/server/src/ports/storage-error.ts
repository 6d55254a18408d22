/** Why a log or a store cannot be used. The message is one sentence for people that says what to do. */
export type StorageErrorCode =
  /** Another process uses this data folder. */
  | "data_in_use"
  | "data_read_only"
  | "disk_full"
  /** Not a database, or a damaged one. */
  | "data_corrupt"
  /** Written by a newer version of the program. */
  | "newer_schema"
  /** A migration that was applied is not the one this program knows. */
  | "changed_migration"
  /** Cannot be reached or refuses us; trying again later may help. */
  | "unavailable"
  /** Closed, or not opened yet: a mistake in the program. */
  | "not_open";

const PASSING: ReadonlySet<StorageErrorCode> = new Set(["unavailable", "disk_full", "data_read_only"]);

/** Thrown by adapters for what is wrong with the storage itself, never for what is wrong with the data. */
export class StorageError extends Error {
  override readonly name = "StorageError";
  readonly code: StorageErrorCode;

  constructor(code: StorageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * The storage is sound and refuses what was to be written: the same again would be refused again. The message is one
 * line for people.
 */
export class RefusedDataError extends Error {
  override readonly name = "RefusedDataError";
  readonly code = "data_refused";
}

/**
 * What to do about a call of a store that failed.
 * - `wait`: nothing is wrong with what was asked; the same again may work later.
 * - `drop`: something in the data is refused for good; without it the rest can be written.
 * - `stop`: the same again would fail again, and nobody knows why; going on would lose something.
 */
export type Remedy = "wait" | "drop" | "stop";

export function remedyFor(error: unknown): Remedy {
  if (error instanceof RefusedDataError) return "drop";
  return error instanceof StorageError && PASSING.has(error.code) ? "wait" : "stop";
}
