import type { Window } from "./window.js";

/** A window that closes, or closes again with a correction. `revision` counts its emissions from 0. */
export type EmitWindow<Whole> = (window: Window, whole: Whole, revision: number) => void;

/**
 * The windows of one key, whatever their shape: which are open, which are closed, and which closed ones may still be
 * corrected (rule W6). Knows nothing of clocks: the watermark comes from outside.
 *
 * `Part` takes events, `Whole` is what a window is made of in the end; they may be the same.
 */
export interface WindowStore<Part, Whole = Part> {
  /** True when nothing is open and nothing is kept for corrections. */
  readonly isEmpty: boolean;
  /** True when every window that would hold the instant is past correction. */
  isLate(instantMs: number, watermarkMs: number): boolean;
  /** The accumulator that takes an event of this instant; its windows will close. */
  open(instantMs: number): Part;
  /** Emits again the closed windows that the instant's event changed. Costs nothing when its windows are all open. */
  correct(instantMs: number, watermarkMs: number, emit: EmitWindow<Whole>): void;
  /** Closes every window whose end the watermark has passed, oldest first. */
  close(watermarkMs: number, emit: EmitWindow<Whole>): void;
  /** Closes every window that there is, oldest first. */
  closeAll(emit: EmitWindow<Whole>): void;
  /** Visits the open windows that hold something, oldest first, as they stand. */
  visitOpen(visit: (window: Window, whole: Whole) => void): void;
  /** Forgets what no open or correctable window needs; hands over what is forgotten, oldest first. */
  expire(watermarkMs: number, forget?: (part: Part) => void): void;
  /** JSON-safe, when `encode` is. */
  snapshot(encode: (part: Part) => unknown): unknown;
  restore(snapshot: never, decode: (encoded: never) => Part): void;
}
