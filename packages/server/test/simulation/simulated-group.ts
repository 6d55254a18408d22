import type { LogPartition } from "../../src/ports/event-log.js";
import type { SimulatedLog } from "./simulated-log.js";
import type { SimulatedProcess } from "./simulated-process.js";

/** Who has which partitions. Like a real group it knows of a member only what the member told last. */
export class SimulatedGroup {
  readonly #log: SimulatedLog;
  readonly #listeners = new Set<() => void>();
  #members: readonly SimulatedProcess[] = [];
  #generation = 0;

  constructor(log: SimulatedLog) {
    this.#log = log;
  }

  /** Another number: all partitions are given out anew. */
  get generation(): number {
    return this.#generation;
  }

  /** Returns what stops it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  join(process: SimulatedProcess): void {
    if (this.#members.includes(process)) return;
    this.#members = [...this.#members, process].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    this.rebalance();
  }

  remove(process: SimulatedProcess): void {
    if (!this.#members.includes(process)) return;
    this.#members = this.#members.filter((member) => member !== process);
    this.rebalance();
  }

  rebalance(): void {
    this.#generation += 1;
    for (const listener of this.#listeners) listener();
  }

  /** A partition number belongs to one member in all topics. */
  partitionsOf(process: SimulatedProcess): LogPartition[] {
    const place = this.#members.indexOf(process);
    if (place === -1) return [];
    return this.#log.partitions().filter(({ partition }) => partition % this.#members.length === place);
  }
}
