import type { Logger } from "../logger.js";
import type { CommitBatch, DeadLetter, ResultStore } from "../ports/result-store.js";
import { RefusedDataError } from "../ports/storage-error.js";
import { buryRecord, type ShardResults } from "./shard.js";

/** The code of dead letters whose event was fine for us and not for the database. */
export const REFUSED_CODE = "refused_by_database";

/**
 * Commits what a step of a shard brought. Events that the database refuses are buried in the same transaction that
 * writes everything else. They count in their windows all the same: what a window says follows from the log alone, and
 * a restart, which counts the log again, says the same.
 *
 * @returns what was committed
 * @throws RefusedDataError when it is not an event that is refused: what was computed cannot be left out
 */
export async function commitWithoutRefused(
  store: Pick<ResultStore, "commit" | "findRefused">,
  results: ShardResults,
  logger: Logger,
): Promise<CommitBatch> {
  try {
    await store.commit(results.commit);
    return results.commit;
  } catch (error) {
    if (!(error instanceof RefusedDataError)) throw error;
    const refused = await store.findRefused(results.commit.events);
    if (refused.length === 0) throw error;
    const commit = withoutRefused(results, new Map(refused.map(({ index, reason }) => [index, reason])));
    await store.commit(commit);
    const [{ reason }] = refused as [(typeof refused)[0]];
    logger.error({ count: refused.length, reason }, "the database refused events; they are dead letters now");
    return commit;
  }
}

function withoutRefused(
  { commit, partition, sources }: ShardResults,
  reasons: ReadonlyMap<number, string>,
): CommitBatch {
  const letters = [...reasons].map(([index, reason]): DeadLetter => {
    const { type: topic } = commit.events[index]!;
    return buryRecord({ topic, partition }, sources[index]!, {
      code: REFUSED_CODE,
      detail: `counted in its windows, but the database refused its row: ${reason}`,
    });
  });
  return {
    ...commit,
    events: commit.events.filter((_event, index) => !reasons.has(index)),
    deadLetters: [...commit.deadLetters, ...letters],
  };
}
