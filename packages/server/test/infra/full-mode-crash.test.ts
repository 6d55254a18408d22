import { it } from "vitest";
import { describeWithKafka, describeWithPostgres } from "../../../../test/support/real-services.js";
import { killAgainAndAgain } from "../integration/kill-again-and-again.js";
import { databaseForTest } from "../support/database-for-test.js";
import { kafkaEnvironment } from "../support/kafka-environment.js";

/** A killed member keeps its partitions until its session is over, so a life is seconds long here. */
const KILLS = Number(process.env["TELEMETRA_CRASHES"] ?? 2);

describeWithKafka("a service over Kafka", (brokers) => {
  describeWithPostgres("and PostgreSQL that is killed again and again", (databaseUrl) => {
    it(
      `R1: loses nothing, repeats nothing and changes nothing over ${KILLS} kills`,
      async () => {
        const database = await databaseForTest(databaseUrl);
        await killAgainAndAgain({
          kills: KILLS,
          livesMs: [7_000, 12_000],
          eventsPerKill: 8_000,
          env: kafkaEnvironment(brokers, database.connectionString),
        });
      },
      KILLS * 30_000 + 90_000,
    );
  });
});
