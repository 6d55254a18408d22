import type { LiveSnapshot } from "@telemetra/core";

/** The trailing minute of a stream as of now. `undefined` for a stream that this process knows nothing of. */
export interface LiveView {
  live(streamId: string): LiveSnapshot | undefined;
  /** True while nothing newer can be taken in, so that the numbers fall behind what happens. */
  isStale?(): boolean;
}
