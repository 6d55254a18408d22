import { firstWindowStart, lastWindowStart, type AlignedShape } from "./aligned-shape.js";
import type { EmitWindow, WindowStore } from "./window-store.js";
import { floorTo, type Window } from "./window.js";

/** How slices become windows, and which windows without anything in them exist all the same. */
export interface Folding<Slice, Whole> {
  /** @param index the slice begins at `index * sliceMs` */
  create(index: number): Slice;
  /** What the slices hold together, which may be none; they stay as they are. */
  fold(slices: readonly Slice[]): Whole;
  /** True when a window that holds nothing exists because of what happened before its start (rule F2). */
  continuesInto(startMs: number): boolean;
}

/** The aligned windows of one key, made of slices that overlapping windows share (rule W2). */
export class SlicedWindows<Slice, Whole = Slice> implements WindowStore<Slice, Whole> {
  readonly shape: AlignedShape;
  readonly #allowedLatenessMs: number;
  readonly #folding: Folding<Slice, Whole>;
  readonly #slices = new Map<number, Slice>();
  /** The slice that the last event fell into: the next one mostly falls there, too. */
  #recent: { readonly index: number; readonly slice: Slice } | undefined;
  #oldestIndex = Infinity;
  #newestIndex = -Infinity;
  /** Before the watermark comes here, nothing can be forgotten. */
  #nextExpiryMs = Infinity;
  /** How often each closed window that can still be corrected was emitted. */
  readonly #emissions = new Map<number, number>();
  /** Every window that starts at or before this instant is closed. */
  #closedStartMs = -Infinity;
  /** Start of the next window that may have to close; undefined while nothing is open. */
  #nextStartMs: number | undefined;

  constructor(shape: AlignedShape, allowedLatenessMs: number, folding: Folding<Slice, Whole>) {
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
  open(instantMs: number): Slice {
    const index = Math.floor(instantMs / this.shape.sliceMs);
    if (this.#recent?.index === index) return this.#recent.slice;
    const slice = this.#slices.get(index) ?? this.#begin(index);
    this.#recent = { index, slice };
    return slice;
  }

  #begin(index: number): Slice {
    const slice = this.#folding.create(index);
    this.#keep(index, slice);
    const startMs = index * this.shape.sliceMs;
    if (lastWindowStart(this.shape, startMs) > this.#closedStartMs) {
      const oldestOpenMs = Math.max(firstWindowStart(this.shape, startMs), this.#closedStartMs + this.shape.hopMs);
      this.#nextStartMs = Math.min(this.#nextStartMs ?? Infinity, oldestOpenMs);
    }
    return slice;
  }

  #keep(index: number, slice: Slice): void {
    this.#slices.set(index, slice);
    if (index < this.#oldestIndex) this.#oldestIndex = index;
    if (index > this.#newestIndex) this.#newestIndex = index;
    this.#expireAfter(lastWindowStart(this.shape, index * this.shape.sliceMs));
  }

  /** The windows that hold the instant, and those after it that now exist because of it. */
  correct(instantMs: number, watermarkMs: number, emit: EmitWindow<Whole>): void {
    const { hopMs, sizeMs } = this.shape;
    if (instantMs - sizeMs >= this.#closedStartMs) return;
    const oldestMs = firstWindowStart(this.shape, instantMs);
    for (let startMs = oldestMs; startMs <= this.#closedStartMs; startMs += hopMs) {
      if (!this.#isCorrectable(startMs, watermarkMs)) continue;
      const isInside = startMs <= instantMs && instantMs < startMs + sizeMs;
      if (isInside || !this.#emissions.has(startMs)) this.#emit(startMs, emit);
    }
  }

  close(watermarkMs: number, emit: EmitWindow<Whole>): void {
    if (watermarkMs - this.shape.sizeMs < this.#closedStartMs + this.shape.hopMs) return;
    this.closeThrough(floorTo(watermarkMs - this.shape.sizeMs, this.shape.hopMs), emit);
  }

  /** Closes every window that starts at or before the instant. */
  closeThrough(throughStartMs: number, emit: EmitWindow<Whole>): void {
    while (this.#nextStartMs !== undefined && this.#nextStartMs <= throughStartMs) {
      const startMs = this.#nextStartMs;
      this.#closedStartMs = Math.max(this.#closedStartMs, startMs);
      this.#nextStartMs = this.#emit(startMs, emit) ? startMs + this.shape.hopMs : this.#startAfterGap(startMs);
    }
    if (throughStartMs > this.#closedStartMs) this.#closedStartMs = throughStartMs;
  }

  closeAll(emit: EmitWindow<Whole>): void {
    while (this.#nextStartMs !== undefined) this.closeThrough(this.#nextStartMs, emit);
  }

  visitOpen(visit: (window: Window, whole: Whole) => void): void {
    const { hopMs, sizeMs, sliceMs } = this.shape;
    const newestMs = this.#newestIndex * sliceMs;
    for (let startMs = this.#nextStartMs ?? Infinity; startMs <= newestMs; startMs += hopMs) {
      const whole = this.merged(startMs, startMs + sizeMs);
      if (whole !== undefined) visit({ startMs, endMs: startMs + sizeMs }, whole);
    }
  }

  /** Visits the open windows that hold the instant, oldest first, as they stand (rule W6, early results). */
  peek(instantMs: number, visit: (window: Window, whole: Whole) => void): void {
    const { hopMs, sizeMs } = this.shape;
    const oldestMs = Math.max(firstWindowStart(this.shape, instantMs), this.#closedStartMs + hopMs);
    for (let startMs = oldestMs; startMs <= instantMs; startMs += hopMs) {
      const whole = this.merged(startMs, startMs + sizeMs);
      if (whole !== undefined) visit({ startMs, endMs: startMs + sizeMs }, whole);
    }
  }

  /** Everything between two slice boundaries; undefined when nothing is there. */
  merged(startMs: number, endMs: number): Whole | undefined {
    const slices = this.#between(startMs, endMs);
    return slices.length === 0 ? undefined : this.#folding.fold(slices);
  }

  #between(startMs: number, endMs: number): Slice[] {
    const { sliceMs } = this.shape;
    const found: Slice[] = [];
    const last = Math.min(Math.ceil(endMs / sliceMs) - 1, this.#newestIndex);
    for (let index = Math.max(Math.floor(startMs / sliceMs), this.#oldestIndex); index <= last; index++) {
      const slice = this.#slices.get(index);
      if (slice !== undefined) found.push(slice);
    }
    return found;
  }

  /** The newest slice that begins before the instant and is still kept. */
  newestBefore(instantMs: number): Slice | undefined {
    const from = Math.min(Math.ceil(instantMs / this.shape.sliceMs) - 1, this.#newestIndex);
    if (from - this.#oldestIndex > this.#slices.size) {
      // There are holes: to ask for every slice could take longer than to look at those that there are.
      let newest = -Infinity;
      for (const index of this.#slices.keys()) if (index <= from && index > newest) newest = index;
      return this.#slices.get(newest);
    }
    for (let index = from; index >= this.#oldestIndex; index--) {
      const slice = this.#slices.get(index);
      if (slice !== undefined) return slice;
    }
    return undefined;
  }

  expire(watermarkMs: number, forget: (slice: Slice) => void = () => {}): void {
    if (watermarkMs < this.#nextExpiryMs) return;
    this.#nextExpiryMs = Infinity;
    for (const startMs of this.#emissions.keys()) {
      if (this.#isCorrectable(startMs, watermarkMs)) this.#expireAfter(startMs);
      else this.#emissions.delete(startMs);
    }
    const expired: number[] = [];
    let [oldest, newest] = [Infinity, -Infinity];
    for (const index of this.#slices.keys()) {
      const startMs = lastWindowStart(this.shape, index * this.shape.sliceMs);
      if (startMs <= this.#closedStartMs && !this.#isCorrectable(startMs, watermarkMs)) {
        expired.push(index);
        continue;
      }
      this.#expireAfter(startMs);
      if (index < oldest) oldest = index;
      if (index > newest) newest = index;
    }
    [this.#oldestIndex, this.#newestIndex] = [oldest, newest];
    for (const index of expired.sort((a, b) => a - b)) {
      const slice = this.#slices.get(index);
      this.#slices.delete(index);
      if (slice !== undefined) forget(slice);
    }
    this.#recent = undefined;
  }

  /** What depends on the window that starts here is kept until that one is past correction. */
  #expireAfter(startMs: number): void {
    this.#nextExpiryMs = Math.min(this.#nextExpiryMs, startMs + this.shape.sizeMs + this.#allowedLatenessMs);
  }

  slices(): ReadonlyMap<number, Slice> {
    return this.#slices;
  }

  #isCorrectable(startMs: number, watermarkMs: number): boolean {
    return startMs + this.shape.sizeMs + this.#allowedLatenessMs > watermarkMs;
  }

  #emit(startMs: number, emit: EmitWindow<Whole>): boolean {
    const endMs = startMs + this.shape.sizeMs;
    const slices = this.#between(startMs, endMs);
    if (slices.length === 0 && !this.#folding.continuesInto(startMs)) return false;
    const revision = this.#emissions.get(startMs) ?? 0;
    this.#emissions.set(startMs, revision + 1);
    this.#expireAfter(startMs);
    emit({ startMs, endMs }, this.#folding.fold(slices), revision);
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

  snapshot<S>(encode: (slice: Slice) => S): SlicedWindowsSnapshot<S> {
    return {
      closedStartMs: Number.isFinite(this.#closedStartMs) ? this.#closedStartMs : null,
      nextStartMs: this.#nextStartMs ?? null,
      emissions: [...this.#emissions],
      slices: [...this.#slices].map(([index, slice]) => [index, encode(slice)]),
    };
  }

  restore<S>(snapshot: SlicedWindowsSnapshot<S>, decode: (slice: S, index: number) => Slice): void {
    this.#closedStartMs = snapshot.closedStartMs ?? -Infinity;
    this.#nextStartMs = snapshot.nextStartMs ?? undefined;
    for (const [startMs, count] of snapshot.emissions) {
      this.#emissions.set(startMs, count);
      this.#expireAfter(startMs);
    }
    for (const [index, slice] of snapshot.slices) this.#keep(index, decode(slice, index));
  }
}

export interface SlicedWindowsSnapshot<S> {
  readonly closedStartMs: number | null;
  readonly nextStartMs: number | null;
  readonly emissions: readonly (readonly [startMs: number, count: number])[];
  readonly slices: readonly (readonly [index: number, slice: S])[];
}
