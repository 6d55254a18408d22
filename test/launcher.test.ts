import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { createFixtureProject, type FixtureProject } from "./support/fixture-project.js";

interface Greeting {
  readonly pid: number;
  readonly parent: number;
  readonly args: readonly string[];
  readonly value: number;
}

interface Run {
  readonly child: ChildProcess;
  readonly pid: number;
  output(): string;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  /** What the stand-in server says once it runs. */
  greeting(): Promise<Greeting>;
}

let project: FixtureProject;
const runs: Run[] = [];

beforeAll(() => {
  project = createFixtureProject();
});

afterEach(async () => {
  for (const run of runs.splice(0)) {
    endGroup(run.pid);
    await run.ended;
  }
});

afterAll(() => project.remove());

describe("set-up", () => {
  test("the first start installs, builds each package after its dependencies, and runs the server", async () => {
    const run = npm("start");
    expect(await run.greeting()).toMatchObject({ args: [], value: 1 });
    expect(steps(run)).toEqual(["Installing packages …", "Building core …", "Building server …"]);
  });

  test("the next start does none of that", async () => {
    await settled();
    const run = npm("start");
    await run.greeting();
    expect(steps(run)).toEqual([]);
  });

  test("a changed source rebuilds its package and those that depend on it", async () => {
    await settled();
    project.write("packages/server/src/extra.js", "export {};\n");
    const server = await settled();
    expect(steps(server)).toEqual(["Building server …"]);

    project.write("packages/core/src/index.js", "export const VALUE = 2;\n");
    const both = npm("start");
    expect(await both.greeting()).toMatchObject({ value: 2 });
    expect(steps(both)).toEqual(["Building core …", "Building server …"]);
  });

  test("a missing build is made again although no source has changed", async () => {
    await settled();
    rmSync(join(project.folder, "packages/core/dist"), { recursive: true });
    expect(steps(await settled())).toEqual(["Building core …"]);
  });

  test("a changed lockfile installs again", async () => {
    await settled();
    appendFileSync(join(project.folder, "package-lock.json"), "\n");
    expect(steps(await settled())[0]).toBe("Installing packages …");
  });

  test("a build that fails ends the start with the build's own last words and one line more", async () => {
    await settled();
    project.setBuild("core", "echo 'no such colour' >&2; exit 3");
    const run = launcher();
    expect(await run.ended).toBe(1);
    expect(run.output().trim().split("\n")).toEqual(["Building core …", "no such colour", "Building core failed (3)."]);
    project.setBuild("core");
  });

  test("two first starts at once install and build once", async () => {
    rmSync(join(project.folder, "node_modules"), { recursive: true });
    const both = [launcher("--exit", "0"), launcher("--exit", "0")];
    expect(await Promise.all(both.map((run) => run.ended))).toEqual([0, 0]);
    const lines = both.flatMap(steps);
    expect(lines.toSorted()).toEqual(["Building core …", "Building server …", "Installing packages …"]);
  });

  test("F19: a stop during a build ends the build too", async () => {
    await settled();
    project.setBuild("core", "sleep 60 & echo $! > .pid; wait");
    const pidFile = join(project.folder, "packages/core/.pid");
    const run = launcher();
    await vi.waitFor(() => expect(readFileSync(pidFile, "utf8")).toMatch(/\d\n/), { timeout: 5000, interval: 20 });
    run.child.kill("SIGTERM");
    expect(await run.ended).toBe(0);
    await goneSoon(Number(readFileSync(pidFile, "utf8")));
    project.setBuild("core");
  });
});

describe("a run", () => {
  test("takes arguments and the exit code through, the unknown ones too", async () => {
    const run = npm("start", "--exit", "7", "--port", "0", "two words", "--no-such-flag=ü");
    expect((await run.greeting()).args).toEqual(["--exit", "7", "--port", "0", "two words", "--no-such-flag=ü"]);
    expect(await run.ended).toBe(7);
  });

  test.each(["SIGTERM", "SIGINT"] as const)("F19: %s to the launcher stops both with exit code 0", async (signal) => {
    const run = launcher();
    const { pid } = await run.greeting();
    run.child.kill(signal);
    expect(await run.ended).toBe(0);
    expect(run.output()).toContain("stopped by disconnect");
    expect(isAlive(pid)).toBe(false);
  });

  test.each(["SIGTERM", "SIGINT"] as const)("F19: %s to the server stops both with exit code 0", async (signal) => {
    const run = launcher();
    const { pid } = await run.greeting();
    process.kill(pid, signal);
    expect(await run.ended).toBe(0);
    expect(run.output()).toContain(`stopped by ${signal}`);
  });

  test.each(["start", "start-in-shell"])("F19: SIGTERM to npm (%s) leaves nothing behind", async (script) => {
    const run = npm(script);
    const { pid, parent } = await run.greeting();
    run.child.kill("SIGTERM");
    await run.ended;
    await goneSoon(pid, parent);
  });

  test("F19: Ctrl-C, which reaches every process of the terminal at once, is one stop", async () => {
    const run = npm("start");
    const { pid, parent } = await run.greeting();
    process.kill(-run.pid, "SIGINT");
    await run.ended;
    await goneSoon(pid, parent);
    expect(run.output().match(/stopped by/g)).toHaveLength(1);
  });

  test("F19: SIGKILL of the launcher leaves no server", async () => {
    const run = launcher();
    const { pid } = await run.greeting();
    run.child.kill("SIGKILL");
    await goneSoon(pid);
    expect(run.output()).toContain("stopped by disconnect");
  });

  test.each(["start", "start-in-shell"])(
    "F19: SIGKILL of npm (%s) leaves neither launcher nor server",
    async (script) => {
      const run = npm(script);
      const { pid, parent } = await run.greeting();
      run.child.kill("SIGKILL");
      await goneSoon(pid, parent);
      expect(run.output()).toContain("stopped by disconnect");
    },
  );

  test("says so when something ends the server by force", async () => {
    const run = launcher();
    process.kill((await run.greeting()).pid, "SIGKILL");
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain("The server was ended by SIGKILL.");
  });
});

function npm(script: string, ...args: string[]): Run {
  return start("npm", ["run", "--silent", script, "--", ...args]);
}

function launcher(...args: string[]): Run {
  return start(process.execPath, ["scripts/start.mjs", ...args]);
}

/** A start that has installed and built what was due, and ended. */
async function settled(): Promise<Run> {
  const run = launcher("--exit", "0");
  expect(await run.ended, run.output()).toBe(0);
  return run;
}

function start(command: string, args: readonly string[]): Run {
  const child = spawn(command, args, {
    cwd: project.folder,
    env: project.env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<number | string>((resolve) => {
    child.once("exit", (code, signal) => resolve(code ?? signal ?? "unknown"));
  });
  const run: Run = {
    child,
    pid: child.pid ?? -1,
    output: () => output,
    ended,
    greeting: () =>
      vi.waitFor(
        () => {
          const line = output.split("\n").find((candidate) => candidate.startsWith("{"));
          if (line === undefined) throw new Error(`the server has not started:\n${output}`);
          return JSON.parse(line) as Greeting;
        },
        { timeout: 20_000, interval: 20 },
      ),
  };
  runs.push(run);
  return run;
}

function steps(run: Run): string[] {
  return run
    .output()
    .split("\n")
    .filter((line) => /^(Installing|Building)/.test(line));
}

async function goneSoon(...pids: number[]): Promise<void> {
  await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), { timeout: 5000, interval: 20 });
}

/** Ends what a failed test has left: launcher and server are in the group of the process that was started. */
function endGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // All of it has ended, as it should.
  }
}

/** A dead process that nobody has fetched yet counts as gone. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== "linux" || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
