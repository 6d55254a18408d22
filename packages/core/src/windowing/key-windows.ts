import { Watermark, type WatermarkSnapshot } from "../time/watermark.js";
import { SessionWindows } from "./session-windows.js";
import { SlicedWindows } from "./sliced-windows.js";
import type { EmitWindow, WindowStore } from "./window-store.js";
import { floorTo, type Window } from "./window.js";
import type { ResolvedWindowsOptions } from "./windows-options.js";

/** JSON-safe. */
export interface KeyWindowsSnapshot {
  readonly watermark: WatermarkSnapshot;
  readonly forgottenMs: number | null;
  readonly windows: unknown;
}

export interface WindowListener<Out> {
  closed(window: Window, value: Out, revision: number): void;
  retracted(window: Window, revision: number): void;
}

/** An accumulator, and the newest event in it. */
interface Cell {
  readonly accumulator: object;
  lastMs: number;
}

/** Windows and event time of one key. Composes the two; decides nothing itself. */
export class KeyWindows<In, Out> {
  readonly #options: ResolvedWindowsOptions<In, Out>;
  readonly #listener: WindowListener<Out>;
  readonly #watermark: Watermark;
  readonly #windows: WindowStore<Cell>;
  readonly #emit: EmitWindow<Cell>;
  /** The newest event that was forgotten: windows without events hang on it, for as long as the key is kept alive. */
  #forgottenMs = -Infinity;
  #sweptMs = -Infinity;

  constructor(options: ResolvedWindowsOptions<In, Out>, listener: WindowListener<Out>) {
    this.#options = options;
    this.#listener = listener;
    this.#watermark = new Watermark(options.watermark);
    this.#windows = this.#makeStore();
    this.#emit = (window, { accumulator }, revision) => {
      listener.closed(window, options.aggregator.finish(accumulator), revision);
    };
  }

  /** True when nothing is open and nothing waits for corrections. */
  get isEmpty(): boolean {
    return this.#windows.isEmpty;
  }

  /** Returns false for an event that is too late for every window. */
  push(event: In, atMs: number, nowMs: number | undefined): boolean {
    const watermarkMs = this.#watermark.atMs;
    if (this.#windows.isLate(atMs, watermarkMs)) return false;
    const cell = this.#windows.open(atMs);
    this.#options.aggregator.add(cell.accumulator, event);
    if (atMs > cell.lastMs) cell.lastMs = atMs;
    this.#windows.correct(atMs, watermarkMs, this.#emit);
    this.#watermark.observe(atMs, nowMs);
    this.advance(nowMs);
    return true;
  }

  advance(nowMs: number | undefined): void {
    const before = this.#watermark.atMs;
    const watermarkMs = this.#watermark.advance(nowMs);
    if (watermarkMs === before) return;
    this.#windows.close(watermarkMs, this.#emit);
    const sweptMs = this.#sweepOf(watermarkMs);
    if (sweptMs === this.#sweptMs) return;
    this.#sweptMs = sweptMs;
    this.#windows.expire(watermarkMs, ({ lastMs }) => (this.#forgottenMs = Math.max(this.#forgottenMs, lastMs)));
  }

  flush(): void {
    this.#windows.closeAll(this.#emit);
  }

  visitOpen(visit: (window: Window, value: Out) => void): void {
    this.#windows.visitOpen((window, cell) => visit(window, this.#options.aggregator.finish(cell.accumulator)));
  }

  /** Looking for what can be forgotten is for every slice of event time, not for every event. */
  #sweepOf(watermarkMs: number): number {
    const { shape } = this.#options;
    return floorTo(watermarkMs, shape.kind === "session" ? shape.gapMs : shape.sliceMs);
  }

  #makeStore(): WindowStore<Cell> {
    const { aggregator, shape, allowedLatenessMs, keepAliveMs } = this.#options;
    const create = (): Cell => ({ accumulator: aggregator.create(), lastMs: -Infinity });
    const merge = (into: Cell, from: Cell): void => {
      aggregator.merge(into.accumulator, from.accumulator);
      if (from.lastMs > into.lastMs) into.lastMs = from.lastMs;
    };
    if (shape.kind === "session") {
      const retract = (window: Window, revision: number) => this.#listener.retracted(window, revision);
      return new SessionWindows(shape, allowedLatenessMs, { create, merge, retract });
    }
    const windows: SlicedWindows<Cell> = new SlicedWindows(shape, allowedLatenessMs, {
      create,
      fold: (cells) => {
        // A window that is always a single slice is that slice: no copy.
        if (shape.sizeMs === shape.sliceMs && cells[0] !== undefined) return cells[0];
        const whole = create();
        for (const cell of cells) merge(whole, cell);
        return whole;
      },
      continuesInto: (startMs) =>
        keepAliveMs > 0 && (windows.newestBefore(startMs)?.lastMs ?? this.#forgottenMs) + keepAliveMs >= startMs,
    });
    return windows;
  }

  snapshot(): KeyWindowsSnapshot {
    const { aggregator } = this.#options;
    return {
      watermark: this.#watermark.snapshot(),
      forgottenMs: Number.isFinite(this.#forgottenMs) ? this.#forgottenMs : null,
      windows: this.#windows.snapshot(({ accumulator, lastMs }) => [lastMs, aggregator.snapshot(accumulator)]),
    };
  }

  restore(snapshot: KeyWindowsSnapshot): void {
    this.#watermark.restore(snapshot.watermark);
    this.#sweptMs = this.#sweepOf(this.#watermark.atMs);
    this.#forgottenMs = snapshot.forgottenMs ?? -Infinity;
    this.#windows.restore(snapshot.windows as never, ([lastMs, accumulator]: readonly [number, unknown]) => ({
      accumulator: this.#options.aggregator.restore(accumulator),
      lastMs,
    }));
  }
}
