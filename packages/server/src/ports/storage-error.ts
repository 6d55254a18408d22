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

/** Thrown by adapters for what is wrong with the storage itself, never for what is wrong with the data. */
export class StorageError extends Error {
  override readonly name = "StorageError";
  readonly code: StorageErrorCode;

  constructor(code: StorageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
