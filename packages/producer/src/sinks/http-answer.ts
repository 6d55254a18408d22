import { SinkError } from "./sink.js";

/** Why one event was refused. */
export interface Rejection {
  /** Its place in the request, from 0. */
  readonly index: number;
  readonly code: string;
  readonly detail: string;
}

export interface Answer {
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: readonly Rejection[];
}

/** Refused as it is, and so it will be every time: each event of the request gets the verdict. */
const VERDICT_STATUSES = new Set([400, 413, 415, 422]);

/**
 * Reads what the server says about a request of `count` events.
 *
 * @throws SinkError when the address is not that of a Telemetra server, or it lets nobody in
 */
export async function readAnswer(url: string, response: Response, count: number): Promise<Answer> {
  const body = await readBody(response);
  if (response.ok) {
    const { accepted, duplicates } = body ?? {};
    if (typeof accepted === "number" && typeof duplicates === "number") {
      return { accepted, duplicates, rejected: readRejections(body?.["rejected"]) };
    }
    throw new SinkError("not_telemetra", `${url} does not answer as Telemetra does; check the address`);
  }
  if (VERDICT_STATUSES.has(response.status)) {
    const rejected = readRejections(body?.["rejected"]);
    if (rejected.length > 0) return { accepted: 0, duplicates: 0, rejected };
    const code = typeof body?.["code"] === "string" ? body["code"] : `http_${response.status}`;
    const detail = typeof body?.["detail"] === "string" ? body["detail"] : `the server answers ${response.status}`;
    return {
      accepted: 0,
      duplicates: 0,
      rejected: Array.from({ length: count }, (_, index) => ({ index, code, detail })),
    };
  }
  const location = response.headers.get("location");
  const hint =
    location !== null
      ? `it sends elsewhere, use ${location}`
      : response.status === 401 || response.status === 403
        ? "it asks for credentials"
        : "check the address";
  throw new SinkError("refused", `${url} answers ${response.status}; ${hint}`);
}

async function readBody(response: Response): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const body: unknown = await response.json();
    return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function readRejections(value: unknown): Rejection[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    const { index, code, detail } = entry as Partial<Record<keyof Rejection, unknown>>;
    if (typeof index !== "number") return [];
    return [
      { index, code: typeof code === "string" ? code : "unknown", detail: typeof detail === "string" ? detail : "" },
    ];
  });
}
