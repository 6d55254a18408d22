import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

const source = join(import.meta.dirname, "../../src");
const root = join(import.meta.dirname, "../../../..");

/** Bundles the command line out of its sources, so that no test depends on an earlier build. */
export async function bundleCli(): Promise<string> {
  const outfile = join(await mkdtemp(join(tmpdir(), "telemetra-producer-")), "cli.mjs");
  await build({
    entryPoints: [join(source, "cli.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "es2022",
    tsconfig: join(root, "tsconfig.json"),
    logLevel: "error",
  });
  return outfile;
}

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the command line; `environment` is all of ours that it sees. */
export function startCli(cli: string, args: readonly string[], environment: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, [cli, ...args], {
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Waits for the end of a run. `onOutput` may act on what it has written so far. */
export function ended(child: ChildProcess, onOutput: (stdout: string) => void = () => {}): Promise<Run> {
  return new Promise((resolve, reject) => {
    let stdout = "";
    let stderr = "";
    child.stdout?.on("data", (chunk) => onOutput((stdout += String(chunk))));
    child.stderr?.on("data", (chunk) => (stderr += String(chunk)));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

export function runCli(cli: string, args: readonly string[], environment?: Record<string, string>): Promise<Run> {
  return ended(startCli(cli, args, environment));
}
