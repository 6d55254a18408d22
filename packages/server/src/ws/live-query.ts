import type { Lane, Place } from "../ports/hub.js";

/** What a reader asked for in the query of its socket. */
export interface LiveQuery {
  readonly since?: Place;
  readonly lanes: ReadonlySet<Lane>;
  /** Absent when the server's own interval will do. */
  readonly intervalMs?: number;
}

const LANES: readonly Lane[] = ["metrics", "moments"];
const MAX_INTERVAL_MS = 60_000;

/** Reads the query of a socket: `since`, `lanes`, `interval_ms` (and `token`, kept for later). A string is the fault. */
export function readLiveQuery(search: URLSearchParams): LiveQuery | string {
  for (const name of search.keys()) {
    if (!["since", "lanes", "interval_ms", "token"].includes(name)) {
      return `there is no parameter ${JSON.stringify(name.slice(0, 40))}; there are since, lanes and interval_ms`;
    }
    if (search.getAll(name).length > 1) return `${name} must be given once`;
  }
  const since = readSince(search.get("since"));
  if (since === "bad") return "since must be <epoch>:<offset> of the last message that was handled";
  const lanes = readLanes(search.get("lanes"));
  if (lanes === undefined) return `lanes must be some of ${LANES.join(", ")}, separated by commas`;
  const intervalMs = readInterval(search.get("interval_ms"));
  if (intervalMs === "bad") return `interval_ms must be a whole number from 1 to ${MAX_INTERVAL_MS}`;
  return {
    lanes,
    ...(since === undefined ? {} : { since }),
    ...(intervalMs === undefined ? {} : { intervalMs }),
  };
}

function readSince(text: string | null): Place | "bad" | undefined {
  if (text === null) return undefined;
  const parts = /^([\w.:-]{1,128}):(\d{1,15})$/.exec(text);
  if (parts?.[1] === undefined) return "bad";
  return { epoch: parts[1], offset: Number(parts[2]) };
}

function readLanes(text: string | null): ReadonlySet<Lane> | undefined {
  if (text === null) return new Set(LANES);
  const names = text.split(",");
  const lanes = LANES.filter((lane) => names.includes(lane));
  return names.every((name) => (LANES as readonly string[]).includes(name)) ? new Set(lanes) : undefined;
}

function readInterval(text: string | null): number | "bad" | undefined {
  if (text === null) return undefined;
  const value = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
  return value >= 1 && value <= MAX_INTERVAL_MS ? value : "bad";
}
