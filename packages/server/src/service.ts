import type { Config } from "./config/load-config.js";
import type { Logger } from "./logger.js";

/** The service as the process sees it. */
export interface Service {
  /** Resolves once requests are answered, to the port they are answered on. */
  start(): Promise<{ readonly port: number }>;
  /** Ends cleanly, whatever the start had come to; further calls share the outcome. */
  stop(): Promise<void>;
  /** Rejects when the running service cannot go on; the process ends with an error then. */
  readonly done?: Promise<void>;
}

/** What a process can do with a configuration. */
export interface Program {
  readonly compose: (config: Config, logger: Logger) => Service;
  /** Brings the database to the schema of this version and lets go of it. */
  readonly migrate: (config: Config, logger: Logger) => Promise<void>;
}
