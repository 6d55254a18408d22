import type {
  ConnectedMessage,
  EmoteCount,
  LiveMessage,
  MetricRow,
  MetricsMessage,
  Moment,
  MomentMessage,
} from "@telemetra/core";

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads one frame of a live socket. What is missing or of a wrong type becomes unknown (null, or an empty list), so
 * that one odd field never costs the others; a frame without its essentials, or of a kind this version does not know,
 * is `undefined`.
 */
export function decodeMessage(data: unknown): LiveMessage | undefined {
  if (typeof data !== "string") return undefined;
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return undefined;
  }
  if (!isFields(value)) return undefined;
  switch (value["type"]) {
    case "connected":
      return decodeConnected(value);
    case "metrics":
      return decodeMetrics(value);
    case "moment":
      return decodeMomentMessage(value);
    case "pong":
      return { type: "pong", timestamp: text(value["timestamp"]) };
    case "error":
      return { type: "error", code: text(value["code"]), message: text(value["message"]) };
    case "reconnect":
      return { type: "reconnect", retry_after_ms: numberOrNull(value["retry_after_ms"]) ?? 0 };
    default:
      return undefined;
  }
}

/** The fields of a metric row that the widgets draw. */
export type HistoryRow = Pick<MetricRow, "timestamp" | "chat_rate" | "viewer_count">;

/**
 * Reads the body of REST `/metrics`. Rows that cannot be placed in time are left out, and so are provisional ones:
 * their window is still open, so their rate is not that of 60 s yet.
 */
export function decodeHistory(body: unknown): HistoryRow[] {
  return list(body).flatMap((row) => {
    const chatRate = numberOrNull(row["chat_rate"]);
    if (!isInstant(row["timestamp"]) || chatRate === null || row["is_final"] === false) return [];
    return [{ timestamp: row["timestamp"], chat_rate: chatRate, viewer_count: numberOrNull(row["viewer_count"]) }];
  });
}

/** Reads the body of REST `/moments`. */
export function decodeMoments(body: unknown): Moment[] {
  return list(body).flatMap((row) => decodeMoment(row) ?? []);
}

function decodeConnected(value: Fields): ConnectedMessage {
  return {
    type: "connected",
    ...decodePlace(value),
    message: text(value["message"]),
    timestamp: text(value["timestamp"]),
    interval_ms: numberOrNull(value["interval_ms"]) ?? 1,
    ...(typeof value["recovered"] === "boolean" ? { recovered: value["recovered"] } : {}),
  };
}

function decodeMetrics(value: Fields): MetricsMessage | undefined {
  const { timestamp } = value;
  if (!isInstant(timestamp)) return undefined;
  return {
    type: "metrics",
    ...decodePlace(value),
    timestamp,
    viewer_count: numberOrNull(value["viewer_count"]),
    chat_rate: numberOrNull(value["chat_rate"]),
    unique_chatters: numberOrNull(value["unique_chatters"]),
    top_emotes: decodeEmotes(value["top_emotes"]),
    sentiment_score: numberOrNull(value["sentiment_score"]),
    chat_rate_baseline: numberOrNull(value["chat_rate_baseline"]),
    chat_rate_threshold: numberOrNull(value["chat_rate_threshold"]),
    recent_moments: decodeMoments(value["recent_moments"]),
    ...(value["stale"] === true ? { stale: true } : {}),
  };
}

function decodeMomentMessage(value: Fields): MomentMessage | undefined {
  const { moment: fields, phase } = value;
  const moment = isFields(fields) ? decodeMoment(fields) : undefined;
  if (moment === undefined) return undefined;
  const known = phase === "updated" || phase === "closed" ? phase : "opened";
  return { type: "moment", ...decodePlace(value), phase: known, moment };
}

function decodeMoment(value: Fields): Moment | undefined {
  const { moment_id, timestamp } = value;
  if (typeof moment_id !== "string" || !isInstant(timestamp)) return undefined;
  return {
    moment_id,
    timestamp,
    stream_id: text(value["stream_id"]),
    detected_at: isInstant(value["detected_at"]) ? value["detected_at"] : timestamp,
    peaked_at: isInstant(value["peaked_at"]) ? value["peaked_at"] : timestamp,
    ended_at: isInstant(value["ended_at"]) ? value["ended_at"] : null,
    // A newer server may know kinds that this page does not; they are drawn with a neutral icon.
    moment_type: text(value["moment_type"]) as Moment["moment_type"],
    description: text(value["description"]),
    metric_name: text(value["metric_name"]),
    metric_value: numberOrNull(value["metric_value"]) ?? 0,
    threshold: numberOrNull(value["threshold"]) ?? 0,
    z_score: numberOrNull(value["z_score"]),
    severity: Math.min(1, Math.max(0, numberOrNull(value["severity"]) ?? 0)),
    metadata: isFields(value["metadata"]) ? value["metadata"] : {},
  };
}

/** Emotes with a name and a count above zero; used for frames and for a moment's `metadata.top_emotes`. */
export function decodeEmotes(value: unknown): EmoteCount[] {
  return list(value).flatMap((emote) => {
    const { name, url } = emote;
    const count = numberOrNull(emote["count"]);
    if (typeof name !== "string" || name === "" || count === null || count <= 0) return [];
    return [typeof url === "string" ? { name, count, url } : { name, count }];
  });
}

function decodePlace(value: Fields): { stream_id: string; epoch: string; offset: number } {
  return {
    stream_id: text(value["stream_id"]),
    epoch: text(value["epoch"]),
    offset: numberOrNull(value["offset"]) ?? 0,
  };
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function list(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

function numberOrNull(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function isInstant(value: unknown): value is string {
  return typeof value === "string" && !Number.isNaN(Date.parse(value));
}
