import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { until } from "./until.js";

const sources = new URL("./sources.mjs", import.meta.url).href;

export interface RunningProgram {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves to the exit code, or to the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals>;
  /** Waits for text on standard output or error; gives what the expression caught. */
  untilSaid(expression: RegExp): Promise<RegExpExecArray>;
}

export interface ProgramOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Modules that are run before it. */
  readonly preload?: readonly string[];
  /** Opens the channel over which a parent's end is noticed. */
  readonly withIpc?: boolean;
}

/** Runs a TypeScript program of this package with plain Node, in a folder and an environment of its own. */
export function runProgram(
  file: string,
  { args = [], env = {}, cwd, preload = [], withIpc = false }: ProgramOptions,
): RunningProgram {
  const path = fileURLToPath(new URL(`../../${file}`, import.meta.url));
  const child = spawn(
    process.execPath,
    [...[sources, ...preload].flatMap((module) => ["--import", module]), path, ...args],
    {
      cwd,
      env: { PATH: process.env["PATH"] ?? "", ...env },
      stdio: ["ignore", "pipe", "pipe", withIpc ? "ipc" : "ignore"],
    },
  );
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  // Not "close" of the child: it does not come once the channel to it was closed from here.
  const ended = [child.stdout, child.stderr].map((stream) => once(stream!, "close"));
  const exited = once(child, "exit").then(async ([code, signal]) => {
    await Promise.all(ended);
    return (code ?? signal) as number | NodeJS.Signals;
  });
  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    exited,
    untilSaid: (expression) =>
      until(() => expression.exec(stdout + stderr) ?? undefined, {
        timeoutMs: 15_000,
        what: `${String(expression)} in the output`,
      }).catch((error: unknown) => {
        throw new Error(`${String(error)}\n${stdout}\n${stderr}`);
      }),
  };
}
