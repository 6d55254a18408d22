import { describe, expect, it } from "vitest";
import { createLifecycle, StopTimeoutError } from "../../src/lifecycle.js";
import { silentLogger, type Logger } from "../../src/logger.js";

const options = { logger: silentLogger, stopTimeoutMs: 1_000 };

describe("a lifecycle", () => {
  it("undoes last first, and only once", async () => {
    const undone: string[] = [];
    const life = createLifecycle(async (defer) => {
      for (const name of ["a", "b", "c"]) defer(name, () => undone.push(name));
      return "started";
    }, options);
    expect(await life.start()).toBe("started");
    await Promise.all([life.stop(), life.stop()]);
    await life.stop();
    expect(undone).toEqual(["c", "b", "a"]);
  });

  it("starts once, however often it is asked", async () => {
    let starts = 0;
    const life = createLifecycle(async () => ++starts, options);
    expect(await Promise.all([life.start(), life.start()])).toEqual([1, 1]);
  });

  it("undoes what a failed start had done, waits for it, and fails with the start's error", async () => {
    const undone: string[] = [];
    const life = createLifecycle(async (defer) => {
      defer("slow", async () => {
        await new Promise(setImmediate);
        undone.push("slow");
      });
      throw new Error("no port");
    }, options);
    await expect(life.start()).rejects.toThrow("no port");
    expect(undone).toEqual(["slow"]);
    await life.stop();
    expect(undone).toEqual(["slow"]);
  });

  it("lets a stop during the start wait for it, so that nothing stays half open", async () => {
    const events: string[] = [];
    const life = createLifecycle(async (defer) => {
      await new Promise(setImmediate);
      defer("late", () => events.push("undone"));
      events.push("acquired");
    }, options);
    const started = life.start();
    await life.stop();
    await started;
    expect(events).toEqual(["acquired", "undone"]);
  });

  it("tells a start that waits for something that a stop was asked for", async () => {
    const undone: string[] = [];
    const life = createLifecycle(async (defer, stopping) => {
      defer("first", () => undone.push("first"));
      await new Promise<void>((resolve) => stopping.addEventListener("abort", () => resolve()));
      throw new Error("given up");
    }, options);
    const started = expect(life.start()).rejects.toThrow("given up");
    await life.stop();
    await started;
    expect(undone).toEqual(["first"]);
  });

  it("undoes the rest when one undo fails, and logs the failure with its name", async () => {
    const logged: object[] = [];
    const logger: Logger = { ...silentLogger, error: (facts) => logged.push(facts) };
    const undone: string[] = [];
    const life = createLifecycle(
      async (defer) => {
        defer("first", () => undone.push("first"));
        defer("broken", () => Promise.reject(new Error("oops")));
      },
      { ...options, logger },
    );
    await life.start();
    await life.stop();
    expect(undone).toEqual(["first"]);
    expect(logged).toMatchObject([{ step: "broken" }]);
  });

  it("gives up after its deadline and names what it was waiting for", async () => {
    const life = createLifecycle(
      async (defer) => {
        defer("the stuck one", () => new Promise(() => {}));
      },
      { ...options, stopTimeoutMs: 20 },
    );
    await life.start();
    const stopped = life.stop();
    await expect(stopped).rejects.toThrow(StopTimeoutError);
    await expect(stopped).rejects.toThrow(/longer than 20 ms, waiting for: the stuck one/);
  });

  it("does not start again after a stop", async () => {
    const life = createLifecycle(async () => 1, options);
    await life.stop();
    await expect(life.start()).rejects.toThrow("stopped already");
  });
});
