import type { Measurement } from "./measurement.js";

/** Services that may be ended and started again. */
export interface Services {
  readonly brokers: string;
  readonly databaseServer: string;
  readonly endBroker: () => Promise<void>;
  readonly startBroker: () => Promise<void>;
  readonly endDatabase: (signal: "SIGINT" | "SIGQUIT") => Promise<void>;
  readonly startDatabase: () => Promise<void>;
}

/** A row of the matrix. */
export interface Fault {
  readonly id: string;
  /** What is done, for the document. */
  readonly what: string;
  /** How often, or how long, in the short form and in the long one. */
  readonly short: number;
  readonly long: number;
  /** Longest time that one of these may take, s. */
  readonly secondsEach: number;
  readonly run: (services: Services, count: number) => Promise<Measurement>;
}
