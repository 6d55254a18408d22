import type { Logger } from "../logger.js";
import type { DeadLetters, StoredDeadLetter } from "../ports/dead-letters.js";

export interface DeadLetterFeedOptions {
  readonly deadLetters: Pick<DeadLetters, "listUnpublished" | "markPublished">;
  readonly publish: (letters: readonly StoredDeadLetter[]) => Promise<void>;
  /** Partition numbers that this process owns: others tell theirs. */
  readonly partitions: () => readonly number[];
  readonly logger: Logger;
  /** How often is looked for letters that nobody announced, and tried again what failed. Default 30 s. */
  readonly intervalMs?: number;
}

export interface DeadLetterFeed {
  /** There are new ones. */
  wake(): void;
  /** Finishes what is in hand. */
  stop(): Promise<void>;
}

const PAGE_LETTERS = 500;

/**
 * Tells dead letters to those who listen, from the table in which they are committed: at least once each, whatever ends
 * in between. Costs nothing while there are none but a look now and then.
 */
export function startDeadLetterFeed(options: DeadLetterFeedOptions): DeadLetterFeed {
  const { deadLetters, publish, partitions, logger, intervalMs = 30_000 } = options;
  let running: Promise<void> | undefined;
  let isWanted = false;
  let isStopped = false;
  const timer = setInterval(wake, intervalMs).unref();
  wake();
  return {
    wake,
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await running;
    },
  };

  function wake(): void {
    isWanted = true;
    running ??= run().finally(() => (running = undefined));
  }

  async function run(): Promise<void> {
    try {
      while (isWanted && !isStopped) {
        isWanted = false;
        const letters = await deadLetters.listUnpublished(partitions(), PAGE_LETTERS);
        if (letters.length === 0) continue;
        await publish(letters);
        await deadLetters.markPublished(letters);
        isWanted = true;
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      logger.warn({ reason }, "dead letters could not be told to their topic; it is tried again later");
    }
  }
}
