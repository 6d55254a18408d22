import pg from "pg";
import { expect, it, onTestFinished } from "vitest";
import { describeWithPostgres } from "../../../../test/support/real-services.js";
import { createPostgresDatabase } from "../support/postgres-database.js";
import { runProgram } from "../support/program.js";
import { makeTempFolder } from "../support/temp-folder.js";

describeWithPostgres("a service that waits for PostgreSQL while it starts", (databaseUrl) => {
  it("F19: ends cleanly when it is told to", async () => {
    const database = await createPostgresDatabase(databaseUrl);
    onTestFinished(() => database.drop());
    const folder = makeTempFolder();
    onTestFinished(() => folder.remove());
    const env = { DATABASE_URL: database.connectionString };
    expect(await runProgram("src/main.ts", { cwd: folder.path, args: ["migrate"], env }).exited).toBe(0);
    // Whoever takes partitions over has to wait.
    const client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
    onTestFinished(() => client.end());
    await client.query("BEGIN; LOCK TABLE log_positions IN ACCESS EXCLUSIVE MODE");
    const program = runProgram("src/main.ts", { cwd: folder.path, args: ["--source", "none", "--port", "0"], env });
    onTestFinished(() => void program.child.kill("SIGKILL"));
    await program.untilSaid(/partitions could not be taken over; it is tried again until it works/);
    const beganMs = performance.now();
    program.child.kill("SIGTERM");
    expect(await program.exited).toBe(0);
    expect(performance.now() - beganMs).toBeLessThan(10_000);
    expect(program.stdout()).toBe("");
  }, 60_000);
});
