import type { Logger } from "./logger.js";

/** Something to undo at the end; `name` appears in the log when it fails or hangs. */
export type Defer = (name: string, dispose: () => unknown) => void;

export interface LifecycleOptions {
  readonly logger: Logger;
  /** Longest time `stop` may take. */
  readonly stopTimeoutMs: number;
}

export interface Lifecycle<T> {
  /** Starts once; further calls share the outcome. A start that fails undoes what it had done, then rejects. */
  start(): Promise<T>;
  /** Undoes everything, last first; further calls share the outcome. Rejects with `StopTimeoutError` when time is up. */
  stop(): Promise<void>;
}

export class StopTimeoutError extends Error {
  override readonly name = "StopTimeoutError";
  readonly code = "stop_timeout";
}

/**
 * Start and stop of anything that acquires one thing after the other: `run` defers an undo right after each thing it
 * acquired. A stop during the start waits for it, so nothing is left half open; an undo that fails is logged and the
 * others still run. A start that has to wait for something listens to the signal: it says that a stop was asked for.
 */
export function createLifecycle<T>(
  run: (defer: Defer, stopping: AbortSignal) => Promise<T>,
  options: LifecycleOptions,
): Lifecycle<T> {
  const { logger, stopTimeoutMs } = options;
  const disposers: { readonly name: string; readonly dispose: () => unknown }[] = [];
  let starting: Promise<T> | undefined;
  let stopping: Promise<void> | undefined;
  let pending = "the start";
  const stopAsked = new AbortController();

  const undoAll = async (): Promise<void> => {
    for (let entry = disposers.pop(); entry !== undefined; entry = disposers.pop()) {
      pending = entry.name;
      try {
        await entry.dispose();
      } catch (error) {
        logger.error({ err: error, step: entry.name }, "a step of the stop failed");
      }
    }
  };

  const runStart = async (): Promise<T> => {
    try {
      return await run((name, dispose) => disposers.push({ name, dispose }), stopAsked.signal);
    } catch (error) {
      await undoAll();
      throw error;
    }
  };

  const runStop = async (): Promise<void> => {
    stopAsked.abort();
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(new StopTimeoutError(`the stop took longer than ${stopTimeoutMs} ms, waiting for: ${pending}`));
      }, stopTimeoutMs);
    });
    const undone = (async () => {
      await starting?.catch(() => undefined);
      await undoAll();
    })();
    try {
      await Promise.race([undone, timeout]);
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    start() {
      if (stopping !== undefined) return Promise.reject(new Error("stopped already"));
      return (starting ??= runStart());
    },
    stop() {
      return (stopping ??= runStop());
    },
  };
}
