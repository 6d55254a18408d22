import type { ChatEvent, Emote, ViewerEvent } from "../records/event.js";

/** What the parser makes. The private field is not carried by a spread or a clone: those are looked at again. */
export class ParsedEvent {
  readonly #isParsed = true;

  static made(value: object): boolean {
    return #isParsed in value && value.#isParsed;
  }
}

/**
 * A chat message, all of them laid out alike, which the engine reads fastest. The fields that it may lack are set only
 * where they are there.
 */
export class ParsedChat extends ParsedEvent implements ChatEvent {
  readonly type = "chat";
  readonly event_id: string;
  readonly timestamp: number;
  readonly stream_id: string;
  readonly user_id: string;
  readonly username: string;
  readonly message: string;
  readonly emotes: readonly Emote[];
  declare badges?: string[];
  declare is_subscriber?: boolean;
  declare is_moderator?: boolean;
  declare reply_to?: string;

  constructor(
    event: Pick<ChatEvent, "event_id" | "timestamp" | "stream_id" | "user_id" | "username" | "message" | "emotes">,
  ) {
    super();
    this.event_id = event.event_id;
    this.timestamp = event.timestamp;
    this.stream_id = event.stream_id;
    this.user_id = event.user_id;
    this.username = event.username;
    this.message = event.message;
    this.emotes = event.emotes;
  }
}

/** A viewer count, laid out like all others. */
export class ParsedViewer extends ParsedEvent implements ViewerEvent {
  readonly type = "viewer";
  readonly event_id: string;
  readonly timestamp: number;
  readonly stream_id: string;
  readonly viewer_count: number;
  declare unique_viewers?: number;
  declare peak_viewers?: number;

  constructor(event: Pick<ViewerEvent, "event_id" | "timestamp" | "stream_id" | "viewer_count">) {
    super();
    this.event_id = event.event_id;
    this.timestamp = event.timestamp;
    this.stream_id = event.stream_id;
    this.viewer_count = event.viewer_count;
  }
}
