import { firstWindowStart, lastWindowStart, type AlignedShape } from "./aligned-shape.js";
import type { EmitWindow, WindowStore } from "./window-store.js";
import { floorTo, type Window } from "./window.js";

/** How slices become windows, and which windows without anything in them exist all the same. */
export interface Folding<Acc> {
  create(): Acc;
  /** An empty accumulator for a whole window. */
  createWindow(): Acc;
  merge(into: Acc, from: Acc): void;
  /** True when a window that holds nothing exists because of what happened before its start (rule F2). */
  continuesInto(startMs: number): boolean;
}

/** The aligned windows of one key, made of slices that overlapping windows share (rule W2). */
export class SlicedWindows<Acc> implements WindowStore<Acc> {
  readonly shape: AlignedShape;
  readonly #allowedLatenessMs: number;
  readonly #folding: Folding<Acc>;
  readonly #slices = new Map<number, Acc>();
  /** How often each closed window that can still be corrected was emitted. */
  readonly #emissions = new Map<number, number>();
  /** Every window that starts at or before this instant is closed. */
  #closedStartMs = -Infinity;
  /** Start of the next window that may have to close; undefined while nothing is open. */
  #nextStartMs: number | undefined;

  constructor(shape: AlignedShape, allowedLatenessMs: number, folding: Folding<Acc>) {
    this.shape = shape;
    this.#allowedLatenessMs = allowedLatenessMs;
    this.#folding = folding;
  }

  get isEmpty(): boolean {
    return this.#slices.size === 0 && this.#nextStartMs === undefined;
  }

  isLate(instantMs: number, watermarkMs: number): boolean {
    return !this.#isCorrectable(lastWindowStart(this.shape, instantMs), watermarkMs);
  }

  /** The slice that holds the instant, made when it is not there. */
  open(instantMs: number): Acc {
    const index = Math.floor(instantMs / this.shape.sliceMs);
    let slice = this.#slices.get(index);
    if (slice === undefined) this.#slices.set(index, (slice = this.#folding.create()));
    const newestStartMs = lastWindowStart(this.shape, instantMs);
    if (newestStartMs > this.#closedStartMs) {
      const oldestOpenMs = Math.max(firstWindowStart(this.shape, instantMs), this.#closedStartMs + this.shape.hopMs);
      this.#nextStartMs = Math.min(this.#nextStartMs ?? Infinity, oldestOpenMs);
    }
    return slice;
  }

  /** The windows that hold the instant, and those after it that now exist because of it. */
  correct(instantMs: number, watermarkMs: number, emit: EmitWindow<Acc>): void {
    const { hopMs, sizeMs } = this.shape;
    const oldestMs = firstWindowStart(this.shape, instantMs);
    for (let startMs = oldestMs; startMs <= this.#closedStartMs; startMs += hopMs) {
      if (!this.#isCorrectable(startMs, watermarkMs)) continue;
      const isInside = startMs <= instantMs && instantMs < startMs + sizeMs;
      if (isInside || !this.#emissions.has(startMs)) this.#emit(startMs, emit);
    }
  }

  close(watermarkMs: number, emit: EmitWindow<Acc>): void {
    this.closeThrough(floorTo(watermarkMs - this.shape.sizeMs, this.shape.hopMs), emit);
  }

  /** Closes every window that starts at or before the instant. */
  closeThrough(throughStartMs: number, emit: EmitWindow<Acc>): void {
    while (this.#nextStartMs !== undefined && this.#nextStartMs <= throughStartMs) {
      const startMs = this.#nextStartMs;
      this.#closedStartMs = Math.max(this.#closedStartMs, startMs);
      this.#nextStartMs = this.#emit(startMs, emit) ? startMs + this.shape.hopMs : this.#startAfterGap(startMs);
    }
    if (throughStartMs > this.#closedStartMs) this.#closedStartMs = throughStartMs;
  }

  closeAll(emit: EmitWindow<Acc>): void {
    while (this.#nextStartMs !== undefined) this.closeThrough(this.#nextStartMs, emit);
  }

  visitOpen(visit: (window: Window, accumulator: Acc) => void): void {
    const { hopMs, sizeMs, sliceMs } = this.shape;
    const newestMs = Math.max(...this.#slices.keys()) * sliceMs;
    for (let startMs = this.#nextStartMs ?? Infinity; startMs <= newestMs; startMs += hopMs) {
      const accumulator = this.#heldBy(startMs);
      if (accumulator !== undefined) visit({ startMs, endMs: startMs + sizeMs }, accumulator);
    }
  }

  /** Visits the open windows that hold the instant, oldest first, as they stand (rule W6, early results). */
  peek(instantMs: number, visit: (window: Window, accumulator: Acc) => void): void {
    const { hopMs, sizeMs } = this.shape;
    const oldestMs = Math.max(firstWindowStart(this.shape, instantMs), this.#closedStartMs + hopMs);
    for (let startMs = oldestMs; startMs <= instantMs; startMs += hopMs) {
      const accumulator = this.merged(startMs, startMs + sizeMs);
      if (accumulator !== undefined) visit({ startMs, endMs: startMs + sizeMs }, accumulator);
    }
  }

  /** Everything between two slice boundaries, merged; undefined when nothing is there. */
  merged(startMs: number, endMs: number): Acc | undefined {
    const { sliceMs } = this.shape;
    let merged: Acc | undefined;
    for (let index = Math.floor(startMs / sliceMs); index * sliceMs < endMs; index++) {
      const slice = this.#slices.get(index);
      if (slice !== undefined) this.#folding.merge((merged ??= this.#folding.createWindow()), slice);
    }
    return merged;
  }

  /** What a window holds. One that is a single slice is that slice: no copy. */
  #heldBy(startMs: number): Acc | undefined {
    const { sizeMs, sliceMs } = this.shape;
    return sizeMs === sliceMs ? this.#slices.get(startMs / sliceMs) : this.merged(startMs, startMs + sizeMs);
  }

  /** The newest slice that begins before the instant and is still kept. */
  newestBefore(instantMs: number): Acc | undefined {
    let newest = -Infinity;
    for (const index of this.#slices.keys()) {
      if (index * this.shape.sliceMs < instantMs && index > newest) newest = index;
    }
    return this.#slices.get(newest);
  }

  expire(watermarkMs: number, forget: (slice: Acc) => void = () => {}): void {
    for (const startMs of this.#emissions.keys()) {
      if (!this.#isCorrectable(startMs, watermarkMs)) this.#emissions.delete(startMs);
    }
    const expired: number[] = [];
    for (const index of this.#slices.keys()) {
      const startMs = lastWindowStart(this.shape, index * this.shape.sliceMs);
      if (startMs <= this.#closedStartMs && !this.#isCorrectable(startMs, watermarkMs)) expired.push(index);
    }
    for (const index of expired.sort((a, b) => a - b)) {
      const slice = this.#slices.get(index);
      this.#slices.delete(index);
      if (slice !== undefined) forget(slice);
    }
  }

  slices(): ReadonlyMap<number, Acc> {
    return this.#slices;
  }

  #isCorrectable(startMs: number, watermarkMs: number): boolean {
    return startMs + this.shape.sizeMs + this.#allowedLatenessMs > watermarkMs;
  }

  #emit(startMs: number, emit: EmitWindow<Acc>): boolean {
    const endMs = startMs + this.shape.sizeMs;
    let accumulator = this.#heldBy(startMs);
    if (accumulator === undefined) {
      if (!this.#folding.continuesInto(startMs)) return false;
      accumulator = this.#folding.createWindow();
    }
    const revision = this.#emissions.get(startMs) ?? 0;
    this.#emissions.set(startMs, revision + 1);
    emit({ startMs, endMs }, accumulator, revision);
    return true;
  }

  /** After a window that does not exist none does until the next slice: no need to look at the hops between. */
  #startAfterGap(startMs: number): number | undefined {
    let next = Infinity;
    for (const index of this.#slices.keys()) {
      const sliceMs = index * this.shape.sliceMs;
      if (sliceMs > startMs && sliceMs < next) next = sliceMs;
    }
    return next === Infinity ? undefined : Math.max(startMs + this.shape.hopMs, firstWindowStart(this.shape, next));
  }

  snapshot<S>(encode: (slice: Acc) => S): SlicedWindowsSnapshot<S> {
    return {
      closedStartMs: Number.isFinite(this.#closedStartMs) ? this.#closedStartMs : null,
      nextStartMs: this.#nextStartMs ?? null,
      emissions: [...this.#emissions],
      slices: [...this.#slices].map(([index, slice]) => [index, encode(slice)]),
    };
  }

  restore<S>(snapshot: SlicedWindowsSnapshot<S>, decode: (slice: S) => Acc): void {
    this.#closedStartMs = snapshot.closedStartMs ?? -Infinity;
    this.#nextStartMs = snapshot.nextStartMs ?? undefined;
    for (const [startMs, count] of snapshot.emissions) this.#emissions.set(startMs, count);
    for (const [index, slice] of snapshot.slices) this.#slices.set(index, decode(slice));
  }
}

export interface SlicedWindowsSnapshot<S> {
  readonly closedStartMs: number | null;
  readonly nextStartMs: number | null;
  readonly emissions: readonly (readonly [startMs: number, count: number])[];
  readonly slices: readonly (readonly [index: number, slice: S])[];
}
