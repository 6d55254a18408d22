import { destination, pino } from "pino";

/** What the service logs with: an object of facts first, then one sentence. */
export interface Logger {
  trace(facts: object, sentence: string): void;
  debug(facts: object, sentence: string): void;
  info(facts: object, sentence: string): void;
  warn(facts: object, sentence: string): void;
  error(facts: object, sentence: string): void;
  fatal(facts: object, sentence: string): void;
}

export type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent";

/**
 * Lines of JSON on standard error, so that standard output stays for people and pipes. An error goes under `err`,
 * with its stack. Writing is synchronous: the last line before an exit is the one that matters.
 */
export function createLogger(level: LogLevel): Logger {
  return pino(
    {
      level,
      base: { service: "telemetra" },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination({ dest: 2, sync: true }),
  );
}

/** Says nothing. */
export const silentLogger: Logger = {
  trace: () => {},
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  fatal: () => {},
};
