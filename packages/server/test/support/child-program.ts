import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const sources = new URL("./sources.mjs", import.meta.url).href;

/** A program of `children/` in a process of its own, under the same Node. */
export interface ChildProgram {
  readonly pid: number;
  /** What it has written so far, line by line. */
  readonly lines: readonly string[];
  /** Resolves once it has written this many lines; rejects with its errors when it ends before. */
  untilLines(count: number): Promise<void>;
  /** Ends its input, for programs that wait for that. */
  go(): void;
  /** As if by power loss: it cannot finish anything. */
  kill(): Promise<void>;
  /** Resolves to its exit code. */
  readonly exited: Promise<number | null>;
  readonly errors: () => string;
}

/**
 * @param args handed over as JSON
 * @param identity the account it runs under; default this one
 */
export function startChild(
  program: string,
  args: unknown,
  identity: { readonly uid?: number; readonly gid?: number } = {},
): ChildProgram {
  const file = fileURLToPath(new URL(`./children/${program}`, import.meta.url));
  const child = spawn(process.execPath, ["--import", sources, file, JSON.stringify(args)], {
    stdio: ["pipe", "pipe", "pipe"],
    ...identity,
  });
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    for (const listener of listeners) listener();
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const exited = once(child, "close").then(([code]) => code as number | null);
  return {
    pid: child.pid!,
    lines,
    exited,
    errors: () => errors,
    go: () => void child.stdin.end(),
    async untilLines(count) {
      const enough = new Promise<void>((resolve) => {
        const check = (): void => {
          if (lines.length >= count) resolve();
        };
        listeners.add(check);
        check();
      });
      const early = exited.then((code) => {
        if (lines.length < count)
          throw new Error(`${program} ended with ${code} after ${lines.length} lines: ${errors}`);
      });
      await Promise.race([enough, early]);
    },
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
