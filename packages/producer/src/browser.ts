export { parseIrcLine, type IrcMessage } from "./irc/parse-irc-line.js";
export { ircToEvents, type IrcSkip, type IrcToEventsOptions } from "./irc/irc-to-events.js";
export { SUBSCRIPTION_PRICE_USD } from "./irc/subscription-price.js";
export { paced, type PaceOptions } from "./paced.js";
export { simulateStream, type SimulatedStreamOptions } from "./simulate/simulate-stream.js";
export { DEFAULT_CHANNELS, simulatedSource, type SimulatedSourceOptions } from "./simulate/simulated-source.js";
export type { EventSource } from "./source.js";
export { waitFor, type Wait } from "./wait.js";
