import { streamIdSchema } from "@telemetra/core";
import { HttpError, streamNotFound } from "../http-error.js";
import { defineRoute } from "../route.js";
import { component } from "../schemas.js";
import { isStreamId } from "../stream-id.js";

export const liveRoutes = [
  defineRoute({
    method: "get",
    path: "/ws/live/health",
    operationId: "getLiveHealth",
    tag: "Live",
    summary: "How many live sockets there are",
    answers: { 200: { description: "The numbers.", schema: component("LiveHealth") } },
    handle: ({ response, deps }) => void response.json(deps.liveHealth()),
  }),
  defineRoute({
    method: "get",
    path: "/ws/live/{stream_id}",
    operationId: "openLiveSocket",
    tag: "Live",
    summary: "Live metrics and moments of a stream, over WebSocket",
    description:
      "The WebSocket of a stream. Messages, resuming (`?since=<epoch>:<offset>`), `?lanes`, `?interval_ms` and close " +
      "codes are described in the protocol reference (`docs/reference/protocol.md`).",
    pathParameters: { stream_id: { schema: streamIdSchema, description: "Id of the stream." } },
    answers: {
      101: { description: "The socket is open." },
      404: { description: "No stream can have this id.", schema: component("Error") },
      426: { description: "The request did not ask for a WebSocket.", schema: component("Error") },
    },
    handle({ param }) {
      const streamId = param("stream_id");
      if (!isStreamId(streamId)) throw streamNotFound(streamId);
      throw new HttpError(426, "upgrade_required", "this address is a WebSocket: open it with ws:// or wss://", {
        headers: { Upgrade: "websocket", Connection: "Upgrade" },
      });
    },
  }),
];
