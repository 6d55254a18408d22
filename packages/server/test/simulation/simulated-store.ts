import type { MetricRow, Moment } from "@telemetra/core";
import {
  FencedError,
  type CommitBatch,
  type PartitionClaim,
  type Position,
  type ResultStore,
  type StreamState,
} from "../../src/ports/result-store.js";
import { StorageError } from "../../src/ports/storage-error.js";
import type { LogPartition } from "../../src/ports/event-log.js";
import { add, deadLetterEntry, momentEntry, rawEntry, rowEntry, type Entries } from "../ledger/ledger.js";
import type { Chaos } from "./chaos.js";
import type { SimulatedProcess } from "./simulated-process.js";
import { sleep } from "./simulated-time.js";

/** How a store breaks its promises, to see whether anybody notices. */
export interface StoreFaults {
  /** Takes the commits of whoever once owned the partition. */
  readonly takesZombies?: boolean;
  /** Says that it has committed before it has. */
  readonly acknowledgesEarly?: boolean;
  /** A commit that fails leaves the positions moved. */
  readonly movesPositionsAlone?: boolean;
  /** Reading starts again from the next offset, not from the oldest that an open window needs. */
  readonly forgetsLowOffsets?: boolean;
  /** What engines remembered of their streams is gone. */
  readonly forgetsStates?: boolean;
  /** Positions are not kept. */
  readonly forgetsPositions?: boolean;
}

type Clients = Pick<ResultStore, "claim" | "loadStreamStates" | "commit">;

interface StoredPosition {
  epoch: number;
  nextOffset: number;
  lowOffset: number;
}

/**
 * A result store in memory behind a network: a request takes time, its answer too, either can be lost, and what is under
 * way arrives even when whoever sent it is dead.
 */
export class SimulatedStore {
  readonly #chaos: Chaos;
  readonly #faults: StoreFaults;
  readonly #positions = new Map<string, StoredPosition>();
  readonly #states = new Map<number, Map<string, string>>();
  readonly #raw = new Map<string, string[]>();
  readonly #rows = new Map<string, MetricRow>();
  readonly #letters = new Map<string, string>();
  readonly #commitsOfEvents = new Map<string, CommitBatch>();
  readonly moments = new Map<string, Moment>();
  /** What should never be asked of a store, in words. */
  readonly violations: string[] = [];
  fenced = 0;
  commits = 0;

  constructor(chaos: Chaos, faults: StoreFaults = {}) {
    this.#chaos = chaos;
    this.#faults = faults;
  }

  /** The store as one process sees it. */
  clientOf(process: SimulatedProcess): ResultStore {
    const client: Clients = {
      claim: (partitions) => this.#request(process, () => this.#claim(partitions)),
      loadStreamStates: (partition) => this.#request(process, () => this.#loadStates(partition)),
      commit: async (batch) => {
        // As a driver does: what is sent is what it was when it was sent.
        const states = batch.states.map(({ partition, streamId, state }) => {
          return { partition, streamId, text: JSON.stringify(state) };
        });
        const commit = (): void => this.#commit(batch, states);
        if (this.#faults.acknowledgesEarly === true) {
          void this.#request(process, commit).catch(() => {});
          return;
        }
        await this.#request(process, commit);
      },
    };
    return client as ResultStore;
  }

  position({ topic, partition }: LogPartition): Readonly<StoredPosition> {
    return this.#positions.get(`${topic}/${partition}`) ?? { epoch: 0, nextOffset: 0, lowOffset: 0 };
  }

  entries(): Entries {
    const entries = new Map<string, string[]>();
    for (const [key, contents] of this.#raw) for (const content of contents) add(entries, key, content);
    for (const row of this.#rows.values()) add(entries, ...rowEntry(row));
    for (const moment of this.moments.values()) add(entries, ...momentEntry(moment));
    for (const key of this.#letters.values()) add(entries, key, "");
    return entries;
  }

  async #request<T>(process: SimulatedProcess, work: () => T): Promise<T> {
    await process.awake();
    const { travelMs, isLostBefore, isLostAfter } = this.#chaos.request();
    await sleep(travelMs);
    if (isLostBefore) {
      await process.awake();
      throw lostConnection();
    }
    let outcome: { readonly value: T } | { readonly error: unknown };
    try {
      outcome = { value: work() };
    } catch (error) {
      outcome = { error };
    }
    await sleep(travelMs);
    await process.awake();
    if (isLostAfter) throw lostConnection();
    if ("error" in outcome) throw outcome.error;
    return outcome.value;
  }

  #claim(partitions: readonly LogPartition[]): readonly PartitionClaim[] {
    return partitions.map((partition) => {
      const key = `${partition.topic}/${partition.partition}`;
      const stored = this.#positions.get(key) ?? { epoch: 0, nextOffset: 0, lowOffset: 0 };
      stored.epoch += 1;
      this.#positions.set(key, stored);
      if (this.#faults.forgetsPositions === true)
        return { ...partition, epoch: stored.epoch, nextOffset: 0, lowOffset: 0 };
      if (this.#faults.forgetsLowOffsets === true) return { ...partition, ...stored, lowOffset: stored.nextOffset };
      return { ...partition, ...stored };
    });
  }

  #loadStates(partition: number): readonly StreamState[] {
    if (this.#faults.forgetsStates === true) return [];
    return [...(this.#states.get(partition) ?? [])].map(([streamId, text]) => {
      return { streamId, state: JSON.parse(text) as unknown };
    });
  }

  #commit(batch: CommitBatch, states: readonly { partition: number; streamId: string; text: string }[]): void {
    const isLost = batch.positions.some((position) => this.position(position).epoch !== position.epoch);
    if (isLost && this.#faults.takesZombies !== true) {
      this.fenced += 1;
      throw new FencedError("another owner");
    }
    if (this.#faults.movesPositionsAlone === true && this.#chaos.isOneIn(10)) {
      for (const position of batch.positions) this.#move(position);
      throw lostConnection();
    }
    this.commits += 1;
    for (const event of batch.events) {
      const id = `${event.type} ${event.stream_id} ${event.event_id}`;
      const before = this.#commitsOfEvents.get(id);
      if (before !== undefined && before !== batch) this.violations.push(`${id} was committed twice`);
      this.#commitsOfEvents.set(id, batch);
      const entry = rawEntry(event);
      // A raw row is written once, however often it is written.
      if (entry !== undefined && !this.#raw.has(entry[0])) add(this.#raw, ...entry);
    }
    for (const row of batch.rows) this.#keepRow(row);
    for (const moment of batch.moments) {
      const known = this.moments.get(moment.moment_id);
      if (known === undefined || known.ended_at === null || moment.ended_at !== null) {
        this.moments.set(moment.moment_id, moment);
      }
    }
    for (const { partition, streamId, text } of states) {
      const own = this.#states.get(partition) ?? new Map<string, string>();
      this.#states.set(partition, own.set(streamId, text));
    }
    for (const { topic, partition, offset, code, value } of batch.deadLetters) {
      this.#letters.set(`${topic}/${partition}/${offset}`, deadLetterEntry(code, value)[0]);
    }
    for (const position of batch.positions) this.#move(position);
  }

  #keepRow(row: MetricRow): void {
    if (!row.is_final) return;
    const key = `${row.stream_id} ${row.window_start}`;
    const known = this.#rows.get(key);
    if (known === undefined || row.revision > known.revision) {
      this.#rows.set(key, row);
    } else if (rowEntry(row)[1] !== rowEntry(known)[1]) {
      this.violations.push(`revision ${row.revision} of window ${key} was committed with two contents`);
    }
  }

  #move({ topic, partition, nextOffset, lowOffset }: Position): void {
    const stored = this.#positions.get(`${topic}/${partition}`)!;
    stored.nextOffset = Math.max(stored.nextOffset, nextOffset);
    stored.lowOffset = Math.max(stored.lowOffset, lowOffset);
  }
}

/** Nothing is said about whether the request was carried out. */
function lostConnection(): StorageError {
  return new StorageError("unavailable", "the connection was lost");
}
