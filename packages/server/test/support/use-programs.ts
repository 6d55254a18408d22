import { afterEach, beforeEach, expect } from "vitest";
import { runProgram, type ProgramOptions, type RunningProgram } from "./program.js";
import { ServiceClient } from "./service-client.js";
import { makeTempFolder } from "./temp-folder.js";

type Options = Partial<ProgramOptions>;

/** What a program came to. */
export interface Outcome {
  readonly code: number | string;
  readonly out: string;
  /** Lines of standard error, without the log. */
  readonly complaints: readonly string[];
}

/** `telemetra` as a process that serves. */
export class ServingProgram extends ServiceClient {
  readonly program: RunningProgram;
  readonly port: number;

  constructor(program: RunningProgram, port: number) {
    super(port);
    this.program = program;
    this.port = port;
  }

  /** Asks it to end, which it has to do cleanly. */
  async stop(): Promise<void> {
    this.program.child.kill("SIGTERM");
    expect(await this.program.exited).toBe(0);
  }
}

export interface Programs {
  /** The empty folder of the test, in which every program runs. */
  readonly folder: string;
  /** Starts `telemetra`. */
  start(args: readonly string[], options?: Options): RunningProgram;
  /** Starts another program of this package. */
  startFile(file: string, options?: Options): RunningProgram;
  /** Runs `telemetra` until it ends by itself. */
  run(args: readonly string[], options?: Options): Promise<Outcome>;
  /** Starts `telemetra` and waits until it says where it is. */
  serve(args: readonly string[], options?: Options): Promise<ServingProgram>;
}

/** Lets each test of the file or group run programs, in a folder of the test's own; what still runs at its end is killed. */
export function usePrograms(): Programs {
  let folder: ReturnType<typeof makeTempFolder>;
  const running: RunningProgram[] = [];

  beforeEach(() => {
    folder = makeTempFolder();
  });
  afterEach(async () => {
    for (const { child, exited } of running.splice(0)) {
      child.kill("SIGKILL");
      await exited;
    }
    folder.remove();
  });

  const programs: Programs = {
    get folder() {
      return folder.path;
    },
    startFile(file, options) {
      const program = runProgram(file, { cwd: folder.path, ...options });
      running.push(program);
      return program;
    },
    start: (args, options) => programs.startFile("src/main.ts", { args, ...options }),
    async run(args, options) {
      const program = programs.start(args, options);
      const code = await program.exited;
      return { code, out: program.stdout(), complaints: complaintsOf(program) };
    },
    async serve(args, options) {
      const program = programs.start(args, options);
      const [, port] = await program.untilSaid(/Dashboard +http:\/\/127\.0\.0\.1:(\d+)\//);
      return new ServingProgram(program, Number(port));
    },
  };
  return programs;
}

/** Lines of standard error, without the log. */
export function complaintsOf(program: RunningProgram): string[] {
  return program
    .stderr()
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("{"));
}
