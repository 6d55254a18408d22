import { InvalidOptionError, type StreamEvent } from "@telemetra/core";
import { CommanderError, type Command } from "commander";
import { mergeByTime } from "../merge-by-time.js";
import { ReplayError } from "../replay/replay-error.js";
import type { ReplayReport } from "../replay/replay-report.js";
import { replaySource } from "../replay/replay-source.js";
import { paced } from "../paced.js";
import { simulatedSource, simulatedStreams } from "../simulate/simulated-source.js";
import { httpSink } from "../sinks/http-sink.js";
import { sendEvents, SinkError, type EventSink } from "../sinks/sink.js";
import { stdoutSink } from "../sinks/stdout-sink.js";
import type { EventSource } from "../source.js";
import { createProgram, type SimulateOptions } from "./program.js";

const EXIT_OK = 0;
const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

/** Refused events are listed up to this many; the summary counts them all. */
const MAX_LISTED = 5;

/**
 * Runs the command line until it is done or `signal` is aborted, and returns the exit code: 0 when it did what was asked, 1 when
 * that failed, 2 when it could not be understood.
 *
 * @param argv the arguments, without node and script
 * @param print writes one line for people, to the standard error
 */
export async function runCli(
  argv: readonly string[],
  signal: AbortSignal,
  print: (line: string) => void,
): Promise<number> {
  const program = createProgram({
    simulate: async (options) => {
      const stop =
        options.duration === undefined ? signal : AbortSignal.any([signal, AbortSignal.timeout(options.duration)]);
      const isRecording = options.start !== undefined;
      await run(
        isRecording ? recordedSimulation(options) : liveSimulation(options),
        options.to,
        isRecording ? signal : stop,
        print,
      );
    },
    replay: async (file, { speed, shift, to }) => {
      let report: ReplayReport | undefined;
      const onReport = (latest: ReplayReport) => {
        report = latest;
      };
      try {
        await run(
          replaySource({ file, speed, onReport, ...(shift === undefined ? {} : { shift }) }),
          to,
          signal,
          print,
        );
      } finally {
        if (report !== undefined && report.lines > 0) describeReplay(report).forEach(print);
      }
    },
  });
  for (const command of [program, ...program.commands]) speakPlainly(command, print);
  try {
    await program.parseAsync(argv, { from: "user" });
    return EXIT_OK;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_OK : EXIT_USAGE;
    if (error instanceof InvalidOptionError) {
      print(`error: ${error.message}`);
      return EXIT_USAGE;
    }
    if (error instanceof ReplayError || error instanceof SinkError) {
      if (error.code === "closed") return EXIT_OK;
      print(`error: ${error.message}`);
      return EXIT_FAILED;
    }
    throw error;
  }
}

/** Errors of the command line are one line, and returned instead of ending the process. */
function speakPlainly(command: Command, print: (line: string) => void): void {
  command.exitOverride().configureOutput({
    outputError: (text) => print(text.trim().replaceAll(/\s*\n\s*/g, " ")),
  });
}

function liveSimulation({ stream, rate, seed }: SimulateOptions): EventSource {
  return simulatedSource({
    seed,
    ...(stream === undefined ? {} : { channels: stream }),
    ...(rate === undefined ? {} : { rate }),
  });
}

/** The simulation of a time gone by, or to come, as fast as it is read. */
function recordedSimulation({ stream, rate, seed, start = 0, duration = 0 }: SimulateOptions): EventSource {
  const options = {
    seed,
    ...(stream === undefined ? {} : { channels: stream }),
    ...(rate === undefined ? {} : { rate }),
  };
  const events = until(mergeByTime(simulatedStreams(options, start)), start + duration);
  return { name: "simulate", batches: (signal) => paced(events, { speed: "max", signal }) };
}

function* until(events: Iterable<StreamEvent>, endMs: number): Generator<StreamEvent, void, undefined> {
  for (const event of events) {
    if (event.timestamp >= endMs) return;
    yield event;
  }
}

async function run(source: EventSource, to: string, signal: AbortSignal, print: (line: string) => void): Promise<void> {
  const sink = openSink(to, print);
  const startMs = Date.now();
  const sum = () => {
    const { accepted, duplicates, rejected } = sink.totals;
    const seconds = ((Date.now() - startMs) / 1_000).toFixed(1);
    const verdicts =
      to === "stdout" ? `${accepted} events` : `${accepted} accepted, ${duplicates} known already, ${rejected} refused`;
    return {
      line: `${source.name} → ${sink.name}: ${verdicts} in ${seconds} s`,
      total: accepted + duplicates + rejected,
    };
  };
  try {
    await sendEvents(source, sink, signal);
  } catch (error) {
    const { line, total } = sum();
    if (total > 0) print(line);
    throw error;
  }
  print(sum().line);
}

function openSink(to: string, print: (line: string) => void): EventSink {
  if (to === "stdout") return stdoutSink();
  let listed = 0;
  return httpSink({
    url: to,
    onRetry: (reason, delayMs) =>
      print(`${to} takes no events (${reason}); trying again in ${(delayMs / 1_000).toFixed(1)} s`),
    onRejected: (event, { code, detail }) => {
      if (listed++ < MAX_LISTED) print(`refused ${event.event_id}: ${code}, ${detail}`);
    },
  });
}

function describeReplay(report: ReplayReport): string[] {
  const skipped = Object.entries(report.skipped).map(([reason, count]) => `${count} ${reason}`);
  const lines = [
    `read ${report.lines} lines${report.isComplete ? "" : " (not to the end)"}: ${report.events} events` +
      `${skipped.length > 0 ? `, passed over ${skipped.join(", ")}` : ""}, ${report.unreadableCount} unreadable`,
  ];
  for (const { line, reason } of report.unreadable.slice(0, MAX_LISTED)) lines.push(`line ${line}: ${reason}`);
  return lines;
}
