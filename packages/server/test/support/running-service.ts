import { randomUUID } from "node:crypto";
import type { TransactionEvent, ViewerEvent } from "@telemetra/core";
import { onTestFinished } from "vitest";
import { compose } from "../../src/compose/compose.js";
import { loadConfig } from "../../src/config/load-config.js";
import { silentLogger, type Logger } from "../../src/logger.js";
import type { Service } from "../../src/service.js";
import { makeTransaction, makeViewers } from "./records.js";
import { ServiceClient } from "./service-client.js";

export interface ServiceOptions {
  /** Which services to use, and any other setting; embedded without. */
  readonly env?: Readonly<Record<string, string>>;
  /** More flags than that it makes no events of its own, and chooses its port and a folder that goes with it. */
  readonly flags?: Readonly<Record<string, string>>;
  readonly logger?: Logger;
}

/** A whole service in this process, as its settings compose it. */
export class RunningService extends ServiceClient {
  readonly port: number;
  readonly #service: Service;

  constructor(service: Service, port: number) {
    super(port);
    this.port = port;
    this.#service = service;
  }

  /** Resolves once it has stopped, which may be asked for again. */
  stop(): Promise<void> {
    return this.#service.stop();
  }
}

/** Starts a service, which the end of the test stops; rejects with what keeps it from starting. */
export async function startService({
  env = {},
  flags = {},
  logger = silentLogger,
}: ServiceOptions = {}): Promise<RunningService> {
  const quiet = { ephemeral: "true", port: "0", source: "none" };
  const service = compose(loadConfig({ env, flags: { ...quiet, ...flags } }).config, logger);
  onTestFinished(() => service.stop());
  const { port } = await service.start();
  return new RunningService(service, port);
}

/** Donations of one euro each that come now. */
export function freshDonations(count: number): TransactionEvent[] {
  return Array.from({ length: count }, () =>
    makeTransaction({ event_id: randomUUID(), timestamp: Date.now(), amount: 1 }),
  );
}

/** A number of viewers that is counted now. */
export function freshViewers(): ViewerEvent {
  return makeViewers({ event_id: randomUUID(), timestamp: Date.now() });
}
