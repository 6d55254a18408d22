import type { ResultStore } from "../../src/ports/result-store.js";

export type StoreCall = "claim" | "loadStreamStates" | "commit" | "findRefused";

/**
 * A result store that fails as a test wants.
 *
 * @param fault asked before each call; what it throws is what the call rejects with
 */
export function faultyStore(
  store: ResultStore,
  fault: (call: StoreCall, ...parameters: readonly unknown[]) => void | Promise<void>,
): ResultStore {
  const guarded = <T>(call: StoreCall, parameters: readonly unknown[], work: () => Promise<T>): Promise<T> =>
    (async () => {
      await fault(call, ...parameters);
      return work();
    })();
  const calls: Pick<ResultStore, StoreCall> = {
    claim: (partitions, owner) => guarded("claim", [partitions, owner], () => store.claim(partitions, owner)),
    loadStreamStates: (partition) => guarded("loadStreamStates", [partition], () => store.loadStreamStates(partition)),
    commit: (batch) => guarded("commit", [batch], () => store.commit(batch)),
    findRefused: (events) => guarded("findRefused", [events], () => store.findRefused(events)),
  };
  return new Proxy(store, {
    get: (target, name) => {
      if (Object.hasOwn(calls, name)) return calls[name as StoreCall];
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
}
