import { existsSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openLive } from "../support/live-client.js";
import { runProgram, type ProgramOptions, type RunningProgram } from "../support/program.js";
import { makeTempFolder } from "../support/temp-folder.js";

let folder: ReturnType<typeof makeTempFolder>;
const programs: RunningProgram[] = [];

beforeEach(() => {
  folder = makeTempFolder();
});

afterEach(async () => {
  for (const program of programs.splice(0)) {
    program.child.kill("SIGKILL");
    await program.exited;
  }
  folder.remove();
});

function run(args: readonly string[], options: Partial<ProgramOptions> = {}): RunningProgram {
  const program = runProgram("src/main.ts", { cwd: folder.path, args, ...options });
  programs.push(program);
  return program;
}

interface Outcome {
  readonly code: number | string;
  readonly out: string;
  /** Lines of standard error, without the log. */
  readonly complaints: readonly string[];
}

async function runToEnd(args: readonly string[], options: Partial<ProgramOptions> = {}): Promise<Outcome> {
  const program = run(args, options);
  const code = await program.exited;
  const lines = program.stderr().split("\n");
  return { code, out: program.stdout(), complaints: lines.filter((line) => line !== "" && !line.startsWith("{")) };
}

const QUIET = ["--ephemeral", "--source", "none", "--port", "0"];

describe("the command line", { timeout: 30_000 }, () => {
  it("tells its version", async () => {
    expect(await runToEnd(["--version"])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
    });
  });

  it("explains itself with every flag and examples", async () => {
    const { code, out } = await runToEnd(["--help"]);
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
    const { code, out, complaints } = await runToEnd(args);
    expect([code, out, complaints.length]).toEqual([2, "", 1]);
    expect(complaints[0]).toMatch(line);
  });

  it("names the environment file that is not there", async () => {
    // Node looks for this flag too, also behind the program's name, and complains first.
    const { code, complaints } = await runToEnd(["--env-file", "nothing.env"]);
    expect(code).not.toBe(0);
    expect(complaints).toEqual([expect.stringContaining("nothing.env")]);
  });

  it("names every fault of the configuration, a line each", async () => {
    const { code, complaints } = await runToEnd(["--port", "x"], { env: { LOG_LEVEL: "loud", WS_INTERVAL_MS: "1" } });
    expect(code).toBe(2);
    expect(complaints.map((line) => /^telemetra: (\S+) is /.exec(line)?.[1])).toEqual([
      "--port",
      "LOG_LEVEL",
      "WS_INTERVAL_MS",
    ]);
  });

  it("shows the configuration with its origins and without its secrets", async () => {
    writeFileSync(join(folder.path, ".env"), "API_TITLE=From file\nPORT=1\n");
    const env = { PORT: "2", DATABASE_URL: "postgres://u:hunter2@db/x" };
    const { code, out } = await runToEnd(["config", "--log-level", "warn"], { env });
    expect(code).toBe(0);
    expect(out).not.toContain("hunter2");
    expect(out).toMatch(/^API_TITLE=From file +# environment file$/m);
    expect(out).toMatch(/^PORT=2 +# environment$/m);
    expect(out).toMatch(/^LOG_LEVEL=warn +# command line$/m);
  });

  it("prefers the environment file it is told to .env", async () => {
    writeFileSync(join(folder.path, ".env"), "API_TITLE=Not this\n");
    writeFileSync(join(folder.path, "other.env"), "PORT=77\n");
    const { out } = await runToEnd(["config", "--env-file", "other.env"]);
    expect(out).toMatch(/^PORT=77 +# environment file$/m);
    expect(out).not.toContain("Not this");
  });

  it("migrates the database of the data folder", async () => {
    const { code, out } = await runToEnd(["migrate", "--data-dir", "data"]);
    expect([code, out]).toEqual([0, "The database has this version's schema.\n"]);
    expect(existsSync(join(folder.path, "data"))).toBe(true);
  });
});

describe("the served process", { timeout: 30_000 }, () => {
  async function serve(
    args: readonly string[] = QUIET,
    options: Partial<ProgramOptions> = {},
  ): Promise<{ program: RunningProgram; port: number }> {
    const program = run(args, options);
    const [, port] = await program.untilSaid(/Dashboard +http:\/\/127\.0\.0\.1:(\d+)\//);
    return { program, port: Number(port) };
  }

  it("says where to look and how to stop, logs JSON on standard error only, and answers", async () => {
    const { program, port } = await serve();
    expect(program.stdout()).toContain(`http://127.0.0.1:${port}/overlay/pulse-bar?stream=`);
    expect(program.stdout()).toContain(`http://127.0.0.1:${port}/docs`);
    expect(program.stdout()).toContain("Ctrl-C");
    expect(program.stdout()).not.toContain("{");
    const lines = program.stderr().trim().split("\n");
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ level: "info", service: "telemetra" });
    expect((await fetch(`http://127.0.0.1:${port}/ready`)).status).toBe(200);
  });

  it.each(["SIGTERM", "SIGINT"] as const)("F19: ends cleanly on %s, its readers told to come back", async (signal) => {
    const { program, port } = await serve();
    const client = await openLive({ port }, "alpha");
    await client.untilType("metrics");
    program.child.kill(signal);
    expect((await client.closed).code).toBe(1012);
    expect(client.ofType("reconnect")).toHaveLength(1);
    expect(await program.exited).toBe(0);
    expect(program.stderr()).toContain('"stopped"');
  });

  it("F19: ends with the process that started it when it is told to", async () => {
    const { program } = await serve(QUIET, { withIpc: true, env: { TELEMETRA_STOP_WITH_PARENT: "1" } });
    program.child.disconnect();
    expect(await program.exited).toBe(0);
  });

  it("goes on without that parent otherwise", async () => {
    const { program, port } = await serve(QUIET, { withIpc: true });
    program.child.disconnect();
    for (let i = 0; i < 5; i++) expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
    program.child.kill("SIGTERM");
    expect(await program.exited).toBe(0);
  });

  it("tells in one line that the port is taken and how to choose another", async () => {
    const blocker = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => blocker.once("listening", resolve));
    const { port } = blocker.address() as AddressInfo;
    const { code, out, complaints } = await runToEnd(["--ephemeral", "--source", "none", "--port", String(port)]);
    expect([code, out]).toEqual([1, ""]);
    expect(complaints).toEqual([
      `telemetra: port ${port} on 127.0.0.1 is already in use; choose another with --port <number> or PORT`,
    ]);
    await new Promise((resolve) => blocker.close(resolve));
  });

  it("tells in one line that the address is not one of this machine", async () => {
    const { code, complaints } = await runToEnd([...QUIET, "--host", "203.0.113.1"]);
    expect([code, complaints]).toEqual([
      1,
      ["telemetra: 203.0.113.1 is no address of this machine; choose another with --host or HOST"],
    ]);
  });

  it("keeps what it was given over a restart", async () => {
    const args = ["--data-dir", "data", "--source", "none", "--port", "0"];
    const event = { type: "viewer", event_id: "one", timestamp: Date.now(), stream_id: "alpha", viewer_count: 5 };
    const post = async (port: number): Promise<unknown> => {
      const headers = { "Content-Type": "application/json" };
      const response = await fetch(`http://127.0.0.1:${port}/api/v1/events`, {
        method: "POST",
        headers,
        body: JSON.stringify(event),
      });
      return response.json();
    };
    const first = await serve(args);
    expect(await post(first.port)).toMatchObject({ accepted: 1 });
    first.program.child.kill("SIGTERM");
    expect(await first.program.exited).toBe(0);
    const second = await serve(args);
    expect(await post(second.port)).toMatchObject({ accepted: 0, duplicates: 1 });
  });
});

describe("a service that misbehaves", { timeout: 30_000 }, () => {
  function misbehave(behaviour: string, env: Record<string, string> = {}): RunningProgram {
    const file = "test/support/children/stubborn-service.ts";
    const program = runProgram(file, { cwd: folder.path, env: { BEHAVIOUR: behaviour, ...env } });
    programs.push(program);
    return program;
  }

  function complaints(program: RunningProgram): string[] {
    return program
      .stderr()
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("{"));
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
    expect(complaints(program)).toEqual(["telemetra: the service did not stop in time"]);
  });

  it("fails with one line when it cannot stop properly", async () => {
    const program = misbehave("stops badly");
    await program.untilSaid(/is running/);
    program.child.kill("SIGTERM");
    expect(await program.exited).toBe(1);
    expect(complaints(program)).toEqual(["telemetra: the disk is full"]);
  });

  it("fails with one line when it cannot start", async () => {
    const program = misbehave("cannot start");
    expect(await program.exited).toBe(1);
    expect(complaints(program)).toEqual(["telemetra: the moon is in the wrong phase"]);
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
    expect(complaints(program)).toEqual(["telemetra: the log is gone"]);
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
    expect(complaints(program)).toEqual([
      "telemetra: an unexpected fault ended the service; the last line of its log tells more",
    ]);
  });
});
