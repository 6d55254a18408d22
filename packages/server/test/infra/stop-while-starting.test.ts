import pg from "pg";
import { expect, it, onTestFinished } from "vitest";
import { describeWithPostgres } from "../../../../test/support/real-services.js";
import { databaseForTest } from "../support/database-for-test.js";
import { usePrograms } from "../support/use-programs.js";

const programs = usePrograms();

describeWithPostgres("a service that waits for PostgreSQL while it starts", (databaseUrl) => {
  it("F19: ends cleanly when it is told to", async () => {
    const database = await databaseForTest(databaseUrl);
    const env = { DATABASE_URL: database.connectionString };
    expect(await programs.run(["migrate"], { env })).toMatchObject({ code: 0 });
    // Whoever takes partitions over has to wait.
    const client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
    onTestFinished(() => client.end());
    await client.query("BEGIN; LOCK TABLE log_positions IN ACCESS EXCLUSIVE MODE");
    const program = programs.start(["--source", "none", "--port", "0"], { env });
    await program.untilSaid(/partitions could not be taken over; it is tried again until it works/);
    const beganMs = performance.now();
    program.child.kill("SIGTERM");
    expect(await program.exited).toBe(0);
    expect(performance.now() - beganMs).toBeLessThan(10_000);
    expect(program.stdout()).toBe("");
  }, 60_000);
});
