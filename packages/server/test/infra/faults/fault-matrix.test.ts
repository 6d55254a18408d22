import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startKafka, type KafkaCluster } from "../../../../../scripts/services/kafka.mjs";
import { startOwnPostgres, type PostgresServer } from "../../../../../scripts/services/postgres.mjs";
import { describeWithKafka, describeWithPostgres } from "../../../../../test/support/real-services.js";
import type { Services } from "./fault.js";
import { EMBEDDED_FAULTS, FAULTS } from "./faults.js";
import { renderReliabilityPage, type Results, type SavedMeasurement } from "./reliability-page.js";

const ROOT = join(import.meta.dirname, "../../../../..");
const PAGE = join(ROOT, "docs/reference/reliability.md");
const RESULTS = join(import.meta.dirname, "results.json");

const ROWS = [...FAULTS, ...EMBEDDED_FAULTS];

/** How much of the long form is run, from 0 to 1; the short form without. `npm run test:faults` asks for all of it. */
const share = process.env["TELEMETRA_FAULTS"] === undefined ? undefined : Number(process.env["TELEMETRA_FAULTS"]);
/** The rate is told; below this it is no load. While a broker is away nothing can come. */
const LEAST_EVENTS_PER_SECOND = 400;

describeWithKafka("the service over Kafka", () => {
  describeWithPostgres("and PostgreSQL", () => {
    let kafka: KafkaCluster;
    let postgres: PostgresServer;
    let services: Services;
    const measurements: Record<string, SavedMeasurement> = {};

    // Services of its own, because it ends them.
    beforeAll(async () => {
      [kafka, postgres] = await Promise.all([startKafka(), startOwnPostgres()]);
      const broker = kafka.brokers[0]!;
      services = {
        brokers: kafka.bootstrapServers,
        databaseServer: postgres.url,
        endBroker: () => broker.kill(),
        startBroker: () => broker.start(),
        endDatabase: (signal) => postgres.end(signal),
        startDatabase: () => postgres.start(),
      };
    });
    afterAll(async () => {
      await Promise.all([kafka?.stop(), postgres?.stop()]);
    });

    for (const { id, what, run, short, long, secondsEach } of ROWS) {
      const count = share === undefined ? short : Math.max(short, Math.round(long * share));
      it(
        `${id}: loses, repeats and changes nothing when ${what} (${count})`,
        async () => {
          const measured = await run(services, count);
          const { lost, duplicated, changed, examples } = measured.differences;
          expect({ lost, duplicated, changed, examples }).toEqual({ lost: 0, duplicated: 0, changed: 0, examples: [] });
          expect(measured.eventsPerSecond ?? Infinity).toBeGreaterThan(LEAST_EVENTS_PER_SECOND);
          if (share === undefined) return;
          measurements[id] = { ...measured, measuredOn: new Date().toISOString().slice(0, 10) };
          await writePage(measurements);
        },
        (90 + count * secondsEach * 2) * 1_000,
      );
    }
  });
});

/** Rows that were not run again keep the figures that they had. */
async function writePage(measured: Results): Promise<void> {
  const before = existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, "utf8")) as Results) : {};
  const results: Results = { ...before, ...measured };
  writeFileSync(RESULTS, await format(JSON.stringify(results), { parser: "json", printWidth: 120 }));
  writeFileSync(PAGE, await format(renderReliabilityPage(ROWS, results), { parser: "markdown", printWidth: 120 }));
}
