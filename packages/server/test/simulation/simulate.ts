import type { EngineOptions, Moment, MomentPhase } from "@telemetra/core";
import { seeded } from "../integration/numbered-events.js";
import { Ledger, compareEntries } from "../ledger/ledger.js";
import { LedgerEvents } from "../ledger/ledger-events.js";
import { Chaos } from "./chaos.js";
import { SimulatedGroup } from "./simulated-group.js";
import { SimulatedLog } from "./simulated-log.js";
import { SimulatedProcess, type ProcessWorld } from "./simulated-process.js";
import { SimulatedStore, type StoreFaults } from "./simulated-store.js";
import { inSimulatedTime, sleep } from "./simulated-time.js";

export interface SimulationOptions {
  readonly seed: number;
  /** Promises that the store breaks. */
  readonly store?: StoreFaults;
  /** Records that the log leaves out at the start of an assignment. */
  readonly logSkips?: number;
}

export interface Outcome {
  /** What went wrong, in words; empty when nothing did. */
  readonly faults: readonly string[];
  readonly counts: {
    readonly events: number;
    readonly windows: number;
    readonly moments: number;
    readonly kills: number;
    readonly freezes: number;
    readonly rebalances: number;
    readonly fenced: number;
    readonly commits: number;
  };
}

const STREAMS = 4;
const PARTITIONS = 3;
const SHOW_SECONDS = 200;
const SESSION_MS = 3_000;
const MAX_CLOCK_BACK_MS = 3_600_000;
/** After the last event everything is left alone for this long at most. */
const CALM_MS = 120_000;
const ENGINE: EngineOptions = { scorer: false };

/**
 * Some minutes of a service of one to three processes to which everything happens that can: they die, freeze past their
 * session and go on, are given other partitions, lose requests and answers, have their clocks set back. Then everything is left alone until it has
 * caught up, and what the store holds must be exactly what the ledger says.
 */
export function simulate(options: SimulationOptions): Promise<Outcome> {
  return inSimulatedTime(() => runSimulation(options));
}

async function runSimulation({ seed, store: storeFaults = {}, logSkips = 0 }: SimulationOptions): Promise<Outcome> {
  const random = seeded(seed);
  const chaos = new Chaos(random, {
    lostRequests: 0.04 + random() * 0.1,
    maxTravelMs: 20 + random() * 600,
    maxReadMs: 100 + random() * 900,
    disasterIntervalMs: 3_000 + random() * 15_000,
  });
  const log = new SimulatedLog(PARTITIONS);
  const group = new SimulatedGroup(log);
  const store = new SimulatedStore(chaos, storeFaults);
  const faults: string[] = [];
  const world: ProcessWorld = {
    chaos,
    log,
    group,
    store,
    engine: ENGINE,
    skips: logSkips,
    onFailure: (what) => void faults.push(what),
    onTold: (moment, phase) => {
      const fault = untrueTold(store, moment, phase);
      if (fault !== undefined) faults.push(fault);
    },
  };
  const ledger = new Ledger(ENGINE);
  const disasters = new Disasters(world);
  const show = (async () => {
    const startMs = Date.now();
    const events = new LedgerEvents({
      seed,
      startMs,
      streams: STREAMS,
      messagesPerSecond: 1.5,
      viewerSeconds: 7,
      repeats: 0.05,
    });
    const send = (sent: ReturnType<LedgerEvents["takeUntil"]>): void => {
      for (const event of sent) log.append(event);
      ledger.add(sent);
    };
    for (let second = 1; second <= SHOW_SECONDS; second++) {
      await sleep(startMs + second * 1_000 - Date.now());
      send(events.takeUntil(second));
    }
    await sleep(2_000);
    send(events.takeRest());
    send(events.ends());
  })();
  const havoc = disasters.run();
  await show;
  chaos.isCalm = true;
  await havoc;
  const expected = ledger.expected();
  const isDone = (): boolean =>
    log.partitions().every((partition) => store.position(partition).nextOffset === log.endOf(partition)) &&
    compareEntries(expected, store.entries()).lost === 0;
  const deadlineMs = Date.now() + CALM_MS;
  while (!isDone() && Date.now() < deadlineMs) await sleep(5_000);
  // Whoever writes too much may do so later.
  await sleep(15_000);
  disasters.end();

  const { lost, duplicated, changed, examples } = compareEntries(expected, store.entries());
  if (lost + duplicated + changed > 0) {
    faults.push(`${lost} lost, ${duplicated} too many, ${changed} changed:\n${examples.join("\n")}`);
  }
  for (const partition of log.partitions()) {
    const { nextOffset } = store.position(partition);
    const end = log.endOf(partition);
    if (nextOffset !== end) {
      faults.push(`${partition.topic}/${partition.partition} stands at ${nextOffset} and ends at ${end}`);
    }
  }
  faults.push(...store.violations);
  const { windows, moments } = ledger.size;
  const { kills, freezes, rebalances } = disasters;
  const counts = { events: ledger.events, windows, moments, kills, freezes, rebalances };
  return { faults, counts: { ...counts, fenced: store.fenced, commits: store.commits } };
}

/** What is told has been committed, in this or a newer version. */
function untrueTold(store: SimulatedStore, moment: Moment, phase: MomentPhase): string | undefined {
  const known = store.moments.get(moment.moment_id);
  const isTrue =
    known !== undefined &&
    (phase !== "closed" || known.ended_at !== null) &&
    Date.parse(known.peaked_at) >= Date.parse(moment.peaked_at);
  return isTrue ? undefined : `${moment.moment_type} was told as ${phase} before it was committed`;
}

/** Keeps one to three processes alive, more or less. */
class Disasters {
  readonly #world: ProcessWorld;
  readonly #processes = new Set<SimulatedProcess>();
  #started = 0;
  kills = 0;
  freezes = 0;
  rebalances = 0;

  constructor(world: ProcessWorld) {
    this.#world = world;
  }

  async run(): Promise<void> {
    const { chaos, group } = this.#world;
    for (let count = chaos.between(1, 3); count > 0; count--) this.#start();
    while (!chaos.isCalm) {
      await sleep(Math.min(chaos.untilDisasterMs(), 20_000));
      if (chaos.isCalm) break;
      const victim = this.#processes.size === 0 ? undefined : chaos.pick([...this.#processes]);
      const what = chaos.pick(["kill", "kill", "freeze", "freeze", "rebalance", "start", "clock"] as const);
      if (what === "kill" && victim !== undefined) void this.#kill(victim);
      if (what === "freeze" && victim !== undefined) void this.#freeze(victim);
      if (what === "clock" && victim !== undefined) victim.setClockBack(chaos.between(1, MAX_CLOCK_BACK_MS));
      if (what === "rebalance") {
        this.rebalances += 1;
        group.rebalance();
      }
      if (what === "start" && this.#processes.size < 3) this.#start();
    }
    if (this.#processes.size === 0) this.#start();
  }

  end(): void {
    for (const process of this.#processes) process.kill();
  }

  #start(): void {
    this.#processes.add(new SimulatedProcess(`process-${++this.#started}`, this.#world));
  }

  async #kill(victim: SimulatedProcess): Promise<void> {
    const { chaos, group } = this.#world;
    this.kills += 1;
    victim.kill();
    this.#processes.delete(victim);
    await Promise.all([
      // The group hears of it when the session is over.
      sleep(SESSION_MS).then(() => group.remove(victim)),
      sleep(chaos.between(100, 12_000)).then(() => this.#processes.size < 3 && this.#start()),
    ]);
  }

  async #freeze(victim: SimulatedProcess): Promise<void> {
    const { chaos, group } = this.#world;
    this.freezes += 1;
    victim.freeze(chaos.between(500, 15_000));
    await sleep(SESSION_MS);
    if (victim.isFrozen) group.remove(victim);
  }
}
