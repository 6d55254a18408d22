import type { EngineOptions, Moment, MomentPhase } from "@telemetra/core";
import { silentLogger } from "../../src/logger.js";
import { Pipeline } from "../../src/pipeline/pipeline.js";
import type { LogPartition } from "../../src/ports/event-log.js";
import type { Chaos } from "./chaos.js";
import type { SimulatedGroup } from "./simulated-group.js";
import type { SimulatedLog } from "./simulated-log.js";
import type { SimulatedStore } from "./simulated-store.js";
import { never, sleep } from "./simulated-time.js";

export interface ProcessWorld {
  readonly chaos: Chaos;
  readonly log: SimulatedLog;
  readonly group: SimulatedGroup;
  readonly store: SimulatedStore;
  readonly engine: EngineOptions;
  readonly onTold: (moment: Moment, phase: MomentPhase) => void;
  readonly onFailure: (what: string) => void;
  /** Reads this many records more than it is given, once it has been assigned: a log that skips. */
  readonly skips?: number;
}

interface Cursor {
  readonly partition: LogPartition;
  nextOffset: number;
  isToldEnd: boolean;
}

const MAX_RECORDS = 40;
const ROUND_MS = 400;
const TICK_MS = 1_000;
/** No generation of the group. */
const NONE = -1;

/** One process of the service: the real pipeline, fed the way a member of a group is. */
export class SimulatedProcess {
  readonly name: string;
  readonly #world: ProcessWorld;
  readonly #pipeline: Pipeline;
  #cursors: Cursor[] = [];
  #generation = 0;
  #isDead = false;
  #frozenUntilMs = -Infinity;
  #clockIsBehindMs = 0;
  #hasTicked = false;

  constructor(name: string, world: ProcessWorld) {
    this.name = name;
    this.#world = world;
    this.#pipeline = new Pipeline({
      store: world.store.clientOf(this),
      engine: world.engine,
      logger: silentLogger,
      owner: name,
      onMoment: async (moment, phase) => {
        if (!this.#isDead) world.onTold(moment, phase);
      },
      now: () => Date.now() - this.#clockIsBehindMs,
      monotonicMs: Date.now,
      retryDelayMs: (attempt) => Math.min(2_000, 50 * 2 ** attempt),
    });
    // A pipeline that was stopped rejects what it had in hand; nothing else may.
    for (const running of [this.#run(), this.#tick()]) {
      void running.catch((error: unknown) => {
        if (!this.#isDead) world.onFailure(`${name} failed: ${String(error)}`);
      });
    }
  }

  /** As by power loss: it sends nothing more and hears nothing more. */
  kill(): void {
    this.#isDead = true;
    void this.#pipeline.stop();
  }

  /** Stops for a while without knowing it, and goes on with what it had. */
  freeze(durationMs: number): void {
    this.#frozenUntilMs = Date.now() + durationMs;
  }

  /** Somebody sets the clock of its machine back; time goes on all the same. One that starts with it knows no other. */
  setClockBack(byMs: number): void {
    if (this.#hasTicked) this.#clockIsBehindMs += byMs;
  }

  get isFrozen(): boolean {
    return Date.now() < this.#frozenUntilMs;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** Whatever this process does next happens after it. */
  async awake(): Promise<void> {
    while (this.isFrozen) await sleep(this.#frozenUntilMs - Date.now());
    if (this.#isDead) await never();
  }

  async #run(): Promise<void> {
    const { group } = this.#world;
    group.join(this);
    for (;;) {
      if (this.#generation !== group.generation && !(await this.#rejoin())) continue;
      for (const cursor of this.#cursors) if (!(await this.#handOver(cursor))) break;
      await this.#wait(ROUND_MS);
    }
  }

  /** The pipeline's own timer would go on while this process is frozen. */
  async #tick(): Promise<void> {
    for (;;) {
      await this.#wait(TICK_MS);
      await this.#pipeline.tick();
      this.#hasTicked = true;
    }
  }

  async #rejoin(): Promise<boolean> {
    const { group, skips = 0 } = this.#world;
    const revoked = this.#cursors.map(({ partition }) => partition);
    this.#cursors = [];
    if (revoked.length > 0) await this.#pipeline.onRevoked(revoked);
    group.join(this);
    const generation = group.generation;
    const partitions = group.partitionsOf(this);
    const isOver = new AbortController();
    const forget = group.onChange(() => void this.awake().then(() => isOver.abort()));
    try {
      const offsets = partitions.length === 0 ? [] : await this.#pipeline.onAssigned(partitions, isOver.signal);
      this.#cursors = partitions.map((partition, at) => {
        return { partition, nextOffset: offsets[at]! + skips, isToldEnd: false };
      });
    } catch (error) {
      if (!isOver.signal.aborted) throw error;
    } finally {
      forget();
    }
    this.#generation = generation;
    return generation === group.generation;
  }

  /** False when the partitions may not be ours any more. */
  async #handOver(cursor: Cursor): Promise<boolean> {
    const { chaos, group, log } = this.#world;
    const batch = log.read(cursor.partition, cursor.nextOffset, chaos.between(1, MAX_RECORDS));
    if (batch.records.length === 0 && cursor.isToldEnd) return true;
    await this.#wait(chaos.readMs());
    // Whoever was away hears so with the next sign of life; what was read before may still be handed over.
    if (this.#generation !== group.generation && !chaos.isOneIn(2)) return false;
    if ((await this.#pipeline.onBatch(batch)) === "reassign") {
      this.#generation = NONE;
      return false;
    }
    cursor.nextOffset = batch.nextOffset;
    // Whoever waits for the others needs to hear from them again.
    if (batch.records.length > 0) for (const other of this.#cursors) other.isToldEnd = false;
    cursor.isToldEnd = batch.isAtEnd;
    return true;
  }

  async #wait(durationMs: number): Promise<void> {
    await sleep(durationMs);
    await this.awake();
  }
}
