import type { Config } from "./config/load-config.js";
import type { Logger } from "./logger.js";
import type { DeadLetters } from "./ports/dead-letters.js";
import type { EventLog } from "./ports/event-log.js";

/** The service as the process sees it. */
export interface Service {
  /** Resolves once requests are answered, to the port they are answered on. */
  start(): Promise<{ readonly port: number }>;
  /** Ends cleanly, whatever the start had come to; further calls share the outcome. */
  stop(): Promise<void>;
  /** Rejects when the running service cannot go on; the process ends with an error then. */
  readonly done?: Promise<void>;
}

/** The dead letters of a service that need not be running. */
export interface DeadLetterDesk {
  readonly letters: DeadLetters;
  /** The log to put them back into. Throws when it was opened for looking only. */
  log(): Pick<EventLog, "appendAgain">;
}

/** What a process can do with a configuration. */
export interface Program {
  readonly compose: (config: Config, logger: Logger) => Service;
  /** Brings the database to the schema of this version and lets go of it. */
  readonly migrate: (config: Config, logger: Logger) => Promise<void>;
  /**
   * Opens the dead letters, works on them and lets go of them.
   * @param access `look` needs the database only, and goes beside a running service; `replay` needs the log too
   */
  readonly withDeadLetters: <T>(
    config: Config,
    logger: Logger,
    access: "look" | "replay",
    work: (desk: DeadLetterDesk) => Promise<T>,
  ) => Promise<T>;
}
