import { MOMENT_TYPES, streamIdSchema } from "@telemetra/core";
import type { RangeQuery } from "../../ports/result-store.js";
import { fromPort, HttpError, streamNotFound } from "../http-error.js";
import { nextLink } from "../link.js";
import { choiceParameter, instantParameter, integerParameter, tokenParameter } from "../parameters.js";
import { defineRoute, type Call } from "../route.js";
import { component } from "../schemas.js";
import { isStreamId } from "../stream-id.js";

const pathParameters = { stream_id: { schema: streamIdSchema, description: "Id of the stream." } };
const notFound = { description: "There is no such stream.", schema: component("Error") };
const badParameter = { description: "A parameter is not what it must be.", schema: component("Error") };
const unavailable = { description: "The database cannot be reached at the moment.", schema: component("Error") };
const nextPage = { Link: 'Where the next page is (`rel="next"`); absent on the last one.' };

const range = {
  start_time: instantParameter("Only what has `timestamp >= start_time`."),
  end_time: instantParameter("Only what has `timestamp < end_time`."),
  cursor: tokenParameter("Place to continue from, as the `Link` header gave it."),
};

const metricsQuery = {
  limit: integerParameter({ minimum: 1, maximum: 1_000, default: 100, description: "Most rows of a page." }),
  ...range,
};

const momentsQuery = {
  limit: integerParameter({ minimum: 1, maximum: 200, default: 100, description: "Most moments of a page." }),
  moment_type: choiceParameter(MOMENT_TYPES, "Only moments of this type."),
  ...range,
};

const streamsQuery = {
  limit: integerParameter({ minimum: 1, maximum: 500, default: 100, description: "Most streams of a page." }),
  offset: integerParameter({ minimum: 0, maximum: 1_000_000, default: 0, description: "Streams to leave out." }),
};

export const streamRoutes = [
  defineRoute({
    method: "get",
    path: "/api/v1/streams",
    operationId: "listStreams",
    tag: "Streams",
    summary: "The streams, by stream_id",
    query: streamsQuery,
    answers: {
      200: { description: "A page.", schema: { arrayOf: component("Stream") }, headers: nextPage },
      422: badParameter,
      503: unavailable,
    },
    async handle({ request, response, query, deps }) {
      const { limit, offset } = query;
      // One more than asked for tells whether there is a next page.
      const streams = await fromPort("the database", deps.store.listStreams({ limit: limit + 1, offset }));
      if (streams.length > limit) response.setHeader("Link", nextLink(request, { offset: String(offset + limit) }));
      response.json(streams.slice(0, limit));
    },
  }),
  defineRoute({
    method: "get",
    path: "/api/v1/streams/{stream_id}",
    operationId: "getStream",
    tag: "Streams",
    summary: "One stream",
    pathParameters,
    answers: { 200: { description: "The stream.", schema: component("Stream") }, 404: notFound, 503: unavailable },
    async handle(call) {
      call.response.json(await requireStream(call));
    },
  }),
  defineRoute({
    method: "get",
    path: "/api/v1/streams/{stream_id}/metrics",
    operationId: "listMetrics",
    tag: "Streams",
    summary: "Metrics by window, newest first",
    description: "One row per window, its newest revision. `timestamp` is the end of the window.",
    pathParameters,
    query: metricsQuery,
    answers: {
      200: { description: "A page.", schema: { arrayOf: component("MetricRow") }, headers: nextPage },
      404: notFound,
      422: badParameter,
      503: unavailable,
    },
    async handle(call) {
      const streamId = readStreamId(call);
      const page = await fromPort("the database", call.deps.store.readMetrics(streamId, toRange(call.query)));
      await sendPageOf(call, page);
    },
  }),
  defineRoute({
    method: "get",
    path: "/api/v1/streams/{stream_id}/moments",
    operationId: "listMoments",
    tag: "Streams",
    summary: "Moments, newest first",
    description: "`timestamp` is the onset.",
    pathParameters,
    query: momentsQuery,
    answers: {
      200: { description: "A page.", schema: { arrayOf: component("Moment") }, headers: nextPage },
      404: notFound,
      422: badParameter,
      503: unavailable,
    },
    async handle(call) {
      const streamId = readStreamId(call);
      const { moment_type: momentType } = call.query;
      const query = { ...toRange(call.query), ...(momentType === undefined ? {} : { momentType }) };
      const page = await fromPort("the database", call.deps.store.readMoments(streamId, query));
      await sendPageOf(call, page);
    },
  }),
  defineRoute({
    method: "get",
    path: "/api/v1/streams/{stream_id}/stats",
    operationId: "getStats",
    tag: "Streams",
    summary: "Totals over everything that is kept of a stream",
    pathParameters,
    answers: { 200: { description: "The totals.", schema: component("StreamStats") }, 404: notFound, 503: unavailable },
    async handle(call) {
      const streamId = readStreamId(call);
      const stats = await fromPort("the database", call.deps.store.readStats(streamId));
      if (stats === undefined) throw streamNotFound(streamId);
      call.response.json(stats);
    },
  }),
];

/** An id that no stream can have names no stream: 404, as on the socket (F16). */
function readStreamId(call: Pick<Call, "param">): string {
  const streamId = call.param("stream_id");
  if (!isStreamId(streamId)) throw streamNotFound(streamId);
  return streamId;
}

async function requireStream(call: Pick<Call, "param" | "deps">) {
  const streamId = readStreamId(call);
  const stream = await fromPort("the database", call.deps.store.getStream(streamId));
  if (stream === undefined) throw streamNotFound(streamId);
  return stream;
}

interface TimeRange {
  readonly limit: number;
  readonly start_time: number | undefined;
  readonly end_time: number | undefined;
  readonly cursor: string | undefined;
}

function toRange({ limit, start_time: startMs, end_time: endMs, cursor }: TimeRange): RangeQuery {
  if (startMs !== undefined && endMs !== undefined && startMs > endMs) {
    throw new HttpError(422, "invalid_parameter", "start_time must not be after end_time");
  }
  return {
    limit,
    ...(startMs === undefined ? {} : { startMs }),
    ...(endMs === undefined ? {} : { endMs }),
    ...(cursor === undefined ? {} : { cursor }),
  };
}

/** An empty page of a known stream is an answer, of an unknown one it is not. */
async function sendPageOf(
  call: Pick<Call, "request" | "response" | "param" | "deps">,
  page: { readonly items: readonly unknown[]; readonly nextCursor?: string },
): Promise<void> {
  if (page.items.length === 0) await requireStream(call);
  if (page.nextCursor !== undefined) {
    call.response.setHeader("Link", nextLink(call.request, { cursor: page.nextCursor }));
  }
  call.response.json(page.items);
}
