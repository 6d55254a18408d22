import { describeWithPostgres } from "../../../../test/support/real-services.js";
import { refusedEventsContract } from "../contract/refused-events.contract.js";
import { createPostgresDatabase } from "../support/postgres-database.js";

describeWithPostgres("PostgreSQL", (serverUrl) => {
  const refusals = {
    "a check": `ALTER TABLE transactions ADD CONSTRAINT "too much money" CHECK (amount <= 100)`,
    "a trigger": `
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.amount > 100 THEN RAISE EXCEPTION 'too much money'; END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON transactions FOR EACH ROW EXECUTE FUNCTION refuse()`,
  };
  for (const [name, sql] of Object.entries(refusals)) {
    refusedEventsContract(`PostgresResultStore with ${name}`, async () => {
      const database = await createPostgresDatabase(serverUrl);
      return {
        config: { adapter: "postgres", connectionString: database.connectionString },
        refuseLargeAmounts: async () => void (await database.query(sql)),
        dispose: () => database.drop(),
      };
    });
  }
});
