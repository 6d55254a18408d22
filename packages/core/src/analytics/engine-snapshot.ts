import type { SliceSnapshot } from "../counting/stream-slice.js";
import type { SlicedWindowsSnapshot } from "../windowing/sliced-windows.js";
import type { RecentIdsSnapshot } from "./recent-ids.js";
import type { StreamClockSnapshot } from "./stream-clock.js";

/** All that an engine knows. JSON-safe. */
export interface EngineSnapshot {
  /** 2; in version 1, which is read as well, chatters are names. */
  readonly version: 1 | 2;
  readonly shape: { readonly sizeMs: number; readonly hopMs: number; readonly sliceMs: number };
  readonly nowMs: number | null;
  readonly streams: readonly (readonly [streamId: string, state: StreamSnapshot])[];
}

/** All that an engine knows of one stream. JSON-safe. */
export interface StreamSnapshot {
  readonly clock: StreamClockSnapshot;
  readonly windows: SlicedWindowsSnapshot<SliceSnapshot>;
  readonly history: readonly (readonly [number, number])[];
  /** Null from an engine that looks for no moments. */
  readonly moments: unknown;
  readonly ids: RecentIdsSnapshot;
  readonly forgotten: readonly [lastMs: number | null, isEnd: boolean];
  readonly viewers: readonly [atMs: number | null, viewers: number | null];
  readonly life: readonly [isLive: boolean, pendingEndMs: number | null];
}
