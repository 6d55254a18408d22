import { STATUS_CODES } from "node:http";

export interface HttpErrorOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the error body, e.g. verdicts. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** An answer that is an error: thrown anywhere in a handler, written in one place. `detail` is shown to the client. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly status: number;
  /** A slug that programs may rely on (F15). */
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, detail: string, options: HttpErrorOptions = {}) {
    super(detail, { cause: options.cause });
    this.status = status;
    this.code = code;
    this.headers = options.headers ?? {};
    this.members = options.members ?? {};
  }
}

export interface ErrorBody {
  readonly error: string;
  readonly detail: string;
  readonly code: string;
  readonly timestamp: string;
  readonly request_id: string;
}

/** The body of every error (design §8). */
export function errorBody(error: HttpError, requestId: string, nowMs: number): ErrorBody & Record<string, unknown> {
  return {
    error: STATUS_CODES[error.status] ?? "Error",
    detail: error.message,
    code: error.code,
    timestamp: new Date(nowMs).toISOString(),
    request_id: requestId,
    ...error.members,
  };
}

export function streamNotFound(streamId: string): HttpError {
  return new HttpError(404, "stream_not_found", `there is no stream ${JSON.stringify(streamId.slice(0, 128))}`);
}

/**
 * Waits for a port. What it rejects with is not for clients: they are told to come back, the log is told why.
 * A mistake of ours (a TypeError and the like) stays what it is, so that it shows up as one.
 */
export async function fromPort<T>(what: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError) throw error;
    if (error instanceof Error && "code" in error && error.code === "invalid_cursor") {
      throw new HttpError(422, "invalid_cursor", "cursor is not one that this API gave out", { cause: error });
    }
    throw new HttpError(503, "temporarily_unavailable", `${what} cannot be reached at the moment; try again shortly`, {
      headers: { "Retry-After": "2" },
      cause: error,
    });
  }
}
