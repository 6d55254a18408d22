import type { StreamEvent } from "@telemetra/core";

/** Where events come from: a simulation, a recording, a live chat. */
export interface EventSource {
  /** Short name for logs and reports, such as `simulate` or `replay chat.txt.gz`. */
  readonly name: string;
  /**
   * The events in batches, each at least one event long, at the source's own pace. Ends when the source is exhausted
   * or `signal` is aborted; being aborted is no error. A reader that is slow makes the source wait, not pile up.
   */
  batches(signal: AbortSignal): AsyncIterable<readonly StreamEvent[]>;
}
