import { RefusedDataError, StorageError } from "../../ports/storage-error.js";

/**
 * What to do about an error of the database.
 * - `repeat`: the transaction met another one, or a day without a partition, and was rolled back; the same again will do.
 * - `reconnect`: the connection is gone, and with it the outcome of a commit; repeating is safe because writes are idempotent.
 * - `wait`: the database cannot answer now; whoever asked decides whether to try later.
 * - `give_up`: the statement or the data are wrong; the same again would fail again.
 */
export type FailureKind = "repeat" | "reconnect" | "wait" | "give_up";

// SQLSTATE, from PostgreSQL's published list.
const ROLLED_BACK = /^40/;
const ENDED_BY_SERVER = new Set([
  "57P01", // by an administrator
  "57P02", // a crash
  "57P05", // idle for too long
  "25P03", // idle in a transaction: this process stood still
]);
const SHORT_OF_RESOURCES = /^53/;
const NOT_NOW = new Set([
  "57P03", // starting up or shutting down
  "55P03", // lock not available in time
  "57014", // statement took too long
  "25006", // read-only: a standby that is about to be promoted
]);
const DISK_FULL = "53100";
/** An internal error (XX000) by its code: a new connection found no room for the file that it begins with (relcache.c). */
const DISK_FULL_TEXT = /^could not write init file/;
const CHECK_VIOLATION = "23514";
/** Data exceptions, integrity constraints, limits of the program, and what a trigger raises. */
const REFUSED_DATA = /^(22|23|54|P0001$)/;
const LOST_CONNECTION = new Set(["ECONNRESET", "EPIPE", "ETIMEDOUT"]);
const UNREACHABLE = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);
/** The driver has no codes for these. */
const LOST_CONNECTION_TEXT =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|Query read timeout)/;
const UNREACHABLE_TEXT =
  /^(timeout expired|timeout exceeded when trying to connect|Connection terminated due to connection timeout)/;

/** A row for a day whose partition is gone, or was never made: nothing is wrong with the row. */
export function isPartitionMissing(error: unknown): boolean {
  return errorCode(error) === CHECK_VIOLATION && !(error as { constraint?: string }).constraint;
}

export function failureKind(error: unknown): FailureKind {
  const code = errorCode(error);
  const text = error instanceof Error ? error.message : "";
  if (ROLLED_BACK.test(code) || isPartitionMissing(error)) return "repeat";
  if (NOT_NOW.has(code) || UNREACHABLE.has(code) || SHORT_OF_RESOURCES.test(code)) return "wait";
  if (UNREACHABLE_TEXT.test(text) || DISK_FULL_TEXT.test(text)) return "wait";
  if (code.startsWith("08") || ENDED_BY_SERVER.has(code) || LOST_CONNECTION.has(code)) return "reconnect";
  return LOST_CONNECTION_TEXT.test(text) ? "reconnect" : "give_up";
}

/** What is wrong with the database as one sentence that says what to do; anything else comes back as it is. */
export function explainPostgresError(error: unknown, database: string): unknown {
  const reason = error instanceof Error ? firstLine(error.message) : String(error);
  const unavailable = (advice: string): StorageError =>
    new StorageError("unavailable", `PostgreSQL at ${database} cannot be used: ${reason}; ${advice}`, { cause: error });
  const code = errorCode(error);
  if (code === DISK_FULL || DISK_FULL_TEXT.test(reason)) {
    return new StorageError("disk_full", `PostgreSQL at ${database} has no space left: ${reason}; free some space`, {
      cause: error,
    });
  }
  if (code.startsWith("28") || code === "3D000")
    return unavailable("check user, password and database in DATABASE_URL");
  if (code === "42501") return unavailable("grant its user the right to create tables there");
  if (isPartitionMissing(error)) return unavailable("the partition is made at the next attempt");
  if (REFUSED_DATA.test(code)) return new RefusedDataError(reason, { cause: error });
  if (failureKind(error) === "give_up") return error;
  return unavailable("check that it runs and that DATABASE_URL is right");
}

function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
