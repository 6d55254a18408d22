import { RefusedDataError, StorageError } from "../../ports/storage-error.js";

// Primary result codes, from SQLite's published list.
const BUSY = 5;
const LOCKED = 6;
const READ_ONLY = 8;
const INPUT_OUTPUT = 10;
const CORRUPT = 11;
const FULL = 13;
const CANNOT_OPEN = 14;
const TOO_BIG = 18;
const CONSTRAINT = 19;
const MISMATCH = 20;
const NOT_A_DATABASE = 26;

/** The primary result code of an error of `node:sqlite`; undefined for any other error. */
function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return undefined;
  // Extended codes keep the primary one in their lowest byte.
  return error.errcode & 0xff;
}

/** True when somebody else holds the lock that was asked for. */
export function isBusy(error: unknown): boolean {
  const code = primaryCode(error);
  return code === BUSY || code === LOCKED;
}

/**
 * What is wrong with the file, as one sentence that says what to do; anything else comes back as it is.
 *
 * @param file the database, as people know it
 */
export function explainSqliteError(error: unknown, file: string): unknown {
  const explain = (code: ConstructorParameters<typeof StorageError>[0], message: string): StorageError =>
    new StorageError(code, message, { cause: error });
  switch (primaryCode(error)) {
    case FULL:
      return explain(
        "disk_full",
        `${file} cannot grow: the disk is full; free some space, nothing acknowledged is lost`,
      );
    case READ_ONLY:
      return explain(
        "data_read_only",
        `${file} cannot be written: make it and its folder writable or choose another --data-dir`,
      );
    case CANNOT_OPEN:
      return explain(
        "data_read_only",
        `${file} cannot be opened: its folder must exist and be writable, or choose another --data-dir`,
      );
    case CORRUPT:
    case NOT_A_DATABASE:
      return explain("data_corrupt", `${file} is damaged or is no Telemetra database: move it away or restore a copy`);
    case INPUT_OUTPUT:
      return explain("unavailable", `${file} cannot be read or written: check the disk`);
    case BUSY:
    case LOCKED:
      return explain("unavailable", `${file} is locked by another program: close it and try again`);
    case TOO_BIG:
    case CONSTRAINT:
    case MISMATCH:
      return new RefusedDataError((error as Error).message.split("\n", 1)[0], { cause: error });
    default:
      return error;
  }
}
