import { existsSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openLive } from "../support/live-client.js";
import type { RunningProgram } from "../support/program.js";
import { makeViewers } from "../support/records.js";
import { complaintsOf, usePrograms } from "../support/use-programs.js";

const programs = usePrograms();

const QUIET = ["--ephemeral", "--source", "none", "--port", "0"];

describe("the command line", { timeout: 30_000 }, () => {
  it("tells its version", async () => {
    expect(await programs.run(["--version"])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
    });
  });

  it("explains itself with every flag and examples", async () => {
    const { code, out } = await programs.run(["--help"]);
    expect(code).toBe(0);
    for (const flag of [
      "--port <number>",
      "--host <address>",
      "--data-dir <folder>",
      "--ephemeral",
      "--source <kind>",
      "--replay <file>",
      "--speed <factor>",
      "--shift <to>",
      "--log-level <level>",
      "--env-file <file>",
      "--version",
      "serve",
      "config",
      "migrate",
      "Examples:",
    ]) {
      expect(out).toContain(flag);
    }
  });

  it.each([
    [["--prot", "80"], /^telemetra: unknown option '--prot' \(Did you mean --port\?\)$/],
    [
      ["start"],
      /^telemetra: there is no command "start"; there are serve, config, migrate and dlq \(see telemetra --help\)$/,
    ],
    [["serve", "now"], /^telemetra: "now" is one word too many/],
    [["--port"], /^telemetra: option '--port <number>' argument missing$/],
    [["--port", "eighty"], /^telemetra: --port is "eighty", but must be a whole number from 0 to 65535$/],
    [["serve", "--source", "aliens"], /^telemetra: --source is "aliens", but must be one of simulated, none$/],
    [["--speed", "2"], /^telemetra: --speed says how to replay, but there is nothing to replay: add --replay <file>$/],
    [["--twitch", "somebody"], /^telemetra: --twitch is not there yet: .*\?twitch=<channel>/],
  ])("answers %j with one line and exit code 2", async (args, line) => {
    const { code, out, complaints } = await programs.run(args);
    expect([code, out, complaints.length]).toEqual([2, "", 1]);
    expect(complaints[0]).toMatch(line);
  });

  it("names the environment file that is not there", async () => {
    // Node looks for this flag too, also behind the program's name, and complains first.
    const { code, complaints } = await programs.run(["--env-file", "nothing.env"]);
    expect(code).not.toBe(0);
    expect(complaints).toEqual([expect.stringContaining("nothing.env")]);
  });

  it("names every fault of the configuration, a line each", async () => {
    const { code, complaints } = await programs.run(["--port", "x"], {
      env: { LOG_LEVEL: "loud", WS_INTERVAL_MS: "1" },
    });
    expect(code).toBe(2);
    expect(complaints.map((line) => /^telemetra: (\S+) is /.exec(line)?.[1])).toEqual([
      "--port",
      "LOG_LEVEL",
      "WS_INTERVAL_MS",
    ]);
  });

  it("shows the configuration with its origins and without its secrets", async () => {
    writeFileSync(join(programs.folder, ".env"), "API_TITLE=From file\nPORT=1\n");
    const env = { PORT: "2", DATABASE_URL: "postgres://u:hunter2@db/x" };
    const { code, out } = await programs.run(["config", "--log-level", "warn"], { env });
    expect(code).toBe(0);
    expect(out).not.toContain("hunter2");
    expect(out).toMatch(/^API_TITLE=From file +# environment file$/m);
    expect(out).toMatch(/^PORT=2 +# environment$/m);
    expect(out).toMatch(/^LOG_LEVEL=warn +# command line$/m);
  });

  it("prefers the environment file it is told to .env", async () => {
    writeFileSync(join(programs.folder, ".env"), "API_TITLE=Not this\n");
    writeFileSync(join(programs.folder, "other.env"), "PORT=77\n");
    const { out } = await programs.run(["config", "--env-file", "other.env"]);
    expect(out).toMatch(/^PORT=77 +# environment file$/m);
    expect(out).not.toContain("Not this");
  });

  it("migrates the database of the data folder", async () => {
    const { code, out } = await programs.run(["migrate", "--data-dir", "data"]);
    expect([code, out]).toEqual([0, "The database has this version's schema.\n"]);
    expect(existsSync(join(programs.folder, "data"))).toBe(true);
  });
});

describe("the served process", { timeout: 30_000 }, () => {
  it("says where to look and how to stop, logs JSON on standard error only, and answers", async () => {
    const service = await programs.serve(QUIET);
    const { program, url } = service;
    expect(program.stdout()).toContain(`${url}/overlay/pulse-bar?stream=`);
    expect(program.stdout()).toContain(`${url}/docs`);
    expect(program.stdout()).toContain("Ctrl-C");
    expect(program.stdout()).not.toContain("{");
    const lines = program.stderr().trim().split("\n");
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ level: "info", service: "telemetra" });
    expect(await service.status("/ready")).toBe(200);
  });

  it.each(["SIGTERM", "SIGINT"] as const)("F19: ends cleanly on %s, its readers told to come back", async (signal) => {
    const service = await programs.serve(QUIET);
    const { program } = service;
    const client = await openLive(service, "alpha");
    await client.untilType("metrics");
    program.child.kill(signal);
    expect((await client.closed).code).toBe(1012);
    expect(client.ofType("reconnect")).toHaveLength(1);
    expect(await program.exited).toBe(0);
    expect(program.stderr()).toContain('"stopped"');
  });

  it("F19: ends with the process that started it when it is told to", async () => {
    const { program } = await programs.serve(QUIET, { withIpc: true, env: { TELEMETRA_STOP_WITH_PARENT: "1" } });
    program.child.disconnect();
    expect(await program.exited).toBe(0);
  });

  it("goes on without that parent otherwise", async () => {
    const service = await programs.serve(QUIET, { withIpc: true });
    service.program.child.disconnect();
    for (let i = 0; i < 5; i++) expect(await service.status("/health")).toBe(200);
    await service.stop();
  });

  it("tells in one line that the port is taken and how to choose another", async () => {
    const blocker = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => blocker.once("listening", resolve));
    const { port } = blocker.address() as AddressInfo;
    const { code, out, complaints } = await programs.run(["--ephemeral", "--source", "none", "--port", String(port)]);
    expect([code, out]).toEqual([1, ""]);
    expect(complaints).toEqual([
      `telemetra: port ${port} on 127.0.0.1 is already in use; choose another with --port <number> or PORT`,
    ]);
    await new Promise((resolve) => blocker.close(resolve));
  });

  it("tells in one line that the address is not one of this machine", async () => {
    const { code, complaints } = await programs.run([...QUIET, "--host", "203.0.113.1"]);
    expect([code, complaints]).toEqual([
      1,
      ["telemetra: 203.0.113.1 is no address of this machine; choose another with --host or HOST"],
    ]);
  });

  it("keeps what it was given over a restart", async () => {
    const args = ["--data-dir", "data", "--source", "none", "--port", "0"];
    const event = makeViewers({ event_id: "one", timestamp: Date.now() });
    const first = await programs.serve(args);
    await first.send([event]);
    await first.stop();
    const second = await programs.serve(args);
    expect(await (await second.post([event])).json()).toMatchObject({ accepted: 0, duplicates: 1 });
  });
});

describe("a service that misbehaves", { timeout: 30_000 }, () => {
  function misbehave(behaviour: string, env: Record<string, string> = {}): RunningProgram {
    const file = "test/support/children/stubborn-service.ts";
    return programs.startFile(file, { env: { BEHAVIOUR: behaviour, ...env } });
  }

  it("is left at once on a second signal", async () => {
    const program = misbehave("never stops");
    await program.untilSaid(/is running/);
    program.child.kill("SIGINT");
    await program.untilSaid(/"stopping"/);
    program.child.kill("SIGINT");
    expect(await program.exited).toBe(130);
  });

  it("is left when it misses its deadline", async () => {
    const program = misbehave("never stops", { SHUTDOWN_TIMEOUT_MS: "100" });
    await program.untilSaid(/is running/);
    program.child.kill("SIGTERM");
    expect(await program.exited).toBe(1);
    expect(complaintsOf(program)).toEqual(["telemetra: the service did not stop in time"]);
  });

  it("fails with one line when it cannot stop properly", async () => {
    const program = misbehave("stops badly");
    await program.untilSaid(/is running/);
    program.child.kill("SIGTERM");
    expect(await program.exited).toBe(1);
    expect(complaintsOf(program)).toEqual(["telemetra: the disk is full"]);
  });

  it("fails with one line when it cannot start", async () => {
    const program = misbehave("cannot start");
    expect(await program.exited).toBe(1);
    expect(complaintsOf(program)).toEqual(["telemetra: the moon is in the wrong phase"]);
    expect(program.stdout()).toBe("");
  });

  it("can be stopped while it starts", async () => {
    const program = misbehave("starts for ever");
    await program.untilSaid(/"starting"/);
    program.child.kill("SIGTERM");
    expect(await program.exited).toBe(0);
  });

  it("ends with an error when it cannot go on", async () => {
    const program = misbehave("cannot go on");
    expect(await program.exited).toBe(1);
    expect(complaintsOf(program)).toEqual(["telemetra: the log is gone"]);
  });

  it.each(["throws", "rejects"])("leaves a structured last line when it %s unexpectedly", async (behaviour) => {
    const program = misbehave(behaviour);
    expect(await program.exited).toBe(1);
    const last =
      program
        .stderr()
        .split("\n")
        .findLast((line) => line.startsWith("{")) ?? "{}";
    expect(JSON.parse(last)).toMatchObject({ level: "fatal", err: { message: "nobody expected this" } });
    expect(complaintsOf(program)).toEqual([
      "telemetra: an unexpected fault ended the service; the last line of its log tells more",
    ]);
  });
});
