/** A stream as REST `/api/v1/streams` lists it; what is not known is undefined. */
export interface StreamEntry {
  readonly streamId: string;
  readonly name: string;
  readonly title: string | undefined;
  readonly category: string | undefined;
  readonly isLive: boolean;
  readonly viewerCount: number | undefined;
  readonly startedAt: string | undefined;
}

/** Reads the list of streams; entries without an id are left out. Live ones first, then by viewers, then by name. */
export function decodeStreams(body: unknown): StreamEntry[] {
  if (!Array.isArray(body)) return [];
  return body.flatMap(decodeStream).sort(byInterest);
}

/** Live streams first, then the larger audience, then the name; stable from one reading to the next. */
function byInterest(left: StreamEntry, right: StreamEntry): number {
  return (
    Number(right.isLive) - Number(left.isLive) ||
    (right.viewerCount ?? 0) - (left.viewerCount ?? 0) ||
    left.streamId.localeCompare(right.streamId)
  );
}

function decodeStream(row: unknown): StreamEntry[] {
  if (typeof row !== "object" || row === null || !("stream_id" in row)) return [];
  const fields = row as Readonly<Record<string, unknown>>;
  const streamId = text(fields["stream_id"]);
  if (streamId === undefined) return [];
  const viewers = fields["viewer_count"];
  return [
    {
      streamId,
      name: text(fields["streamer_name"]) ?? streamId,
      title: text(fields["title"]),
      category: text(fields["game_category"]),
      isLive: fields["is_live"] === true,
      viewerCount: typeof viewers === "number" ? viewers : undefined,
      startedAt: text(fields["started_at"]),
    },
  ];
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
