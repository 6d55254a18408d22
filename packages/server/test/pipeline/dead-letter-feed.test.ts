import { afterEach, describe, expect, it, vi } from "vitest";
import { startDeadLetterFeed, type DeadLetterFeed } from "../../src/pipeline/dead-letter-feed.js";
import { silentLogger } from "../../src/logger.js";
import { formatPlace, type LogPlace, type StoredDeadLetter } from "../../src/ports/dead-letters.js";

const letter = (offset: number, partition = 0): StoredDeadLetter => ({
  topic: "chat",
  partition,
  offset,
  bytes: Buffer.from("{"),
  code: "invalid_json",
  detail: "not readable as JSON",
  writtenAtMs: offset,
  replayedAtMs: null,
});

describe("a feed of dead letters", () => {
  let waiting: StoredDeadLetter[] = [];
  let told: string[] = [];
  let feed: DeadLetterFeed | undefined;
  let failure: Error | undefined;
  let looks = 0;
  const lines: object[] = [];

  function start(partitions: readonly number[] = [0]): DeadLetterFeed {
    looks = 0;
    told = [];
    lines.length = 0;
    return (feed = startDeadLetterFeed({
      deadLetters: {
        async listUnpublished(ours, limit) {
          looks++;
          return waiting.filter(({ partition }) => ours.includes(partition)).slice(0, limit);
        },
        async markPublished(places: readonly LogPlace[]) {
          const names = places.map(formatPlace);
          waiting = waiting.filter((one) => !names.includes(formatPlace(one)));
        },
      },
      publish: async (letters) => {
        if (failure !== undefined) throw failure;
        told.push(...letters.map(formatPlace));
      },
      partitions: () => partitions,
      logger: { ...silentLogger, warn: (facts) => lines.push(facts) },
      intervalMs: 20,
    }));
  }
  afterEach(async () => {
    await feed?.stop();
    waiting = [];
    failure = undefined;
  });

  it("tells what waits when it starts, page by page, and then what it is woken for", async () => {
    waiting = Array.from({ length: 1_200 }, (_, at) => letter(at));
    const running = start();
    await vi.waitFor(() => expect(told).toHaveLength(1_200));
    waiting.push(letter(5_000));
    running.wake();
    await vi.waitFor(() => expect(told).toHaveLength(1_201));
    expect(new Set(told).size).toBe(1_201);
  });

  it("tells what belongs to its partitions", async () => {
    waiting = [letter(1, 0), letter(2, 1)];
    start([1]);
    await vi.waitFor(() => expect(told).toEqual(["chat/1/2"]));
    expect(waiting.map(formatPlace)).toEqual(["chat/0/1"]);
  });

  it("keeps what could not be told, says so and tells it later", async () => {
    waiting = [letter(1)];
    failure = new Error("no broker");
    start();
    await vi.waitFor(() => expect(lines).toContainEqual({ reason: "no broker" }));
    expect(waiting).toHaveLength(1);
    failure = undefined;
    await vi.waitFor(() => expect(told).toEqual(["chat/0/1"]));
  });

  it("does nothing more once it is stopped", async () => {
    const running = start();
    await running.stop();
    const before = looks;
    running.wake();
    await running.stop();
    expect(looks).toBe(before);
  });
});
