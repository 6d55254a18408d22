import { existsSync } from "node:fs";
import { CommanderError } from "commander";
import { ConfigError, loadConfig, readEnvFile, type LoadedConfig } from "../config/load-config.js";
import { renderConfig } from "../config/render-config.js";
import { createLogger, type Logger } from "../logger.js";
import type { Program, Service } from "../service.js";
import { renderBanner } from "./banner.js";
import { createCommandLine, type ConfigRequest } from "./command-line.js";
import { runDeadLetters } from "./run-dead-letters.js";
import { UsageError } from "./usage-error.js";

/** The parts of a process that the service uses; handed in by `main`, which alone has the real one. */
export type HostProcess = Pick<
  NodeJS.Process,
  "argv" | "env" | "stdout" | "stderr" | "on" | "once" | "exit" | "connected"
>;

export const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

/** Runs the command line of a process to its end and exits with what came of it. */
export async function runProcess(host: HostProcess, program: Program, version: string): Promise<never> {
  // Whoever read our output may be gone before us.
  host.stdout.on("error", () => {});
  host.stderr.on("error", () => {});
  const write = (text: string): void => void host.stdout.write(text);
  const writeError = (text: string): void => void host.stderr.write(text);
  const commandLine = createCommandLine(
    {
      serve: (request) => serve(host, program, load(host, request), version),
      config: async (request) => write(`${renderConfig(load(host, request))}\n`),
      async migrate(request) {
        const { config } = load(host, request);
        await program.migrate(config, createLogger(config.logLevel));
        write("The database has this version's schema.\n");
      },
      async deadLetters(request, what) {
        const { config } = load(host, request);
        const access = what.kind === "replay" ? "replay" : "look";
        const logger = createLogger(config.logLevel);
        write(await program.withDeadLetters(config, logger, access, (desk) => runDeadLetters(desk, what)));
      },
    },
    version,
    { write, writeError },
  );
  try {
    await commandLine.parseAsync(host.argv);
    return host.exit(EXIT.ok);
  } catch (error) {
    const { lines, exitCode } = explain(error);
    for (const line of lines) writeError(`telemetra: ${line}\n`);
    return host.exit(exitCode);
  }
}

function load(host: HostProcess, { flags, envFile }: ConfigRequest): LoadedConfig {
  const file = envFile ?? (existsSync(".env") ? ".env" : undefined);
  return loadConfig({ env: host.env, flags, ...(file === undefined ? {} : { file: readEnvFile(file) }) });
}

async function serve(host: HostProcess, program: Program, { config }: LoadedConfig, version: string): Promise<void> {
  const logger = createLogger(config.logLevel);
  dieLoudly(host, logger);
  const service = program.compose(config, logger);
  const stopRequested = listenForStop(host, logger);
  logger.info({ version }, "starting");
  const started = service.start();
  // A stop that is asked for during the start does not wait for it here: `stop` does, in its own way.
  const first = await Promise.race([started, stopRequested]);
  if (first !== undefined) {
    logger.info({ port: first.port }, "started");
    host.stdout.write(renderBanner(config, version, first.port));
    await Promise.race([stopRequested, service.done ?? never()]).catch(async (error: unknown) => {
      logger.fatal({ err: error }, "the service cannot go on");
      await stop(service, config.shutdownTimeoutMs);
      throw error;
    });
  }
  started.catch(() => {});
  await stop(service, config.shutdownTimeoutMs);
  logger.info({}, "stopped");
}

/** The service has its own deadline; this one is for a service that misses it. */
async function stop(service: Service, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("the service did not stop in time")), timeoutMs + 1_000);
  });
  await Promise.race([service.stop(), late]).finally(() => clearTimeout(timer));
}

/** Resolves at the first reason to stop; the second one ends the process at once. */
function listenForStop(host: HostProcess, logger: Logger): Promise<undefined> {
  return new Promise((resolve) => {
    let isStopping = false;
    const ask = (reason: string, exitCode: number): void => {
      if (isStopping) host.exit(exitCode);
      isStopping = true;
      logger.info({ reason }, "stopping");
      resolve(undefined);
    };
    for (const [signal, exitCode] of Object.entries(SIGNALS)) host.on(signal, () => ask(signal, exitCode));
    if (host.env["TELEMETRA_STOP_WITH_PARENT"] === "1" && host.connected) {
      host.once("disconnect", () => ask("the parent process has ended", EXIT.failed));
    }
  });
}

/** A fault that nobody expected leaves the state unknown: say so in the log and let whoever supervises us start anew. */
function dieLoudly(host: HostProcess, logger: Logger): void {
  for (const kind of ["uncaughtException", "unhandledRejection"]) {
    host.on(kind, (error: unknown) => {
      logger.fatal({ err: error, kind }, "an unexpected fault");
      host.stderr.write("telemetra: an unexpected fault ended the service; the last line of its log tells more\n");
      host.exit(EXIT.failed);
    });
  }
}

function explain(error: unknown): { readonly lines: readonly string[]; readonly exitCode: number } {
  if (error instanceof CommanderError) {
    // Help and version have been printed; they are no error.
    if (error.exitCode === 0) return { lines: [], exitCode: EXIT.ok };
    return { lines: [error.message.replace(/^error: /, "").replaceAll("\n", " ")], exitCode: EXIT.usage };
  }
  if (error instanceof ConfigError) return { lines: error.faults, exitCode: EXIT.usage };
  if (error instanceof UsageError) return { lines: [error.message], exitCode: EXIT.usage };
  const message = error instanceof Error ? error.message : String(error);
  return { lines: [message.split("\n", 1)[0] ?? "failed"], exitCode: EXIT.failed };
}

function never(): Promise<never> {
  return new Promise(() => {});
}
