export { parseIrcLine, type IrcMessage } from "./irc/parse-irc-line.js";
export { ircToEvents, type IrcSkip, type IrcToEventsOptions } from "./irc/irc-to-events.js";
export { SUBSCRIPTION_PRICE_USD } from "./irc/subscription-price.js";
export { paced, type PaceOptions } from "./paced.js";
export { simulateStream, type SimulatedStreamOptions } from "./simulate/simulate-stream.js";
export { DEFAULT_CHANNELS, simulatedSource, type SimulatedSourceOptions } from "./simulate/simulated-source.js";
export type { EventSource } from "./source.js";
export { waitFor, type Wait } from "./wait.js";
export { REPLAY_ERROR_CODES, ReplayError, type ReplayErrorCode } from "./replay/replay-error.js";
export type { ReplayReport, UnreadableLine } from "./replay/replay-report.js";
export { replaySource, type ReplaySourceOptions } from "./replay/replay-source.js";
export { httpSink, MAX_REQUEST_BYTES, MAX_REQUEST_EVENTS, type HttpSinkOptions } from "./sinks/http-sink.js";
export type { Rejection } from "./sinks/http-answer.js";
export {
  sendEvents,
  SINK_ERROR_CODES,
  SinkError,
  type EventSink,
  type SinkErrorCode,
  type SinkTotals,
} from "./sinks/sink.js";
export { stdoutSink } from "./sinks/stdout-sink.js";
