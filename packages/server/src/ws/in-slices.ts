/** Items handled before others get a turn: at 250 sends a slice, REST answers meanwhile. */
export const SLICE_SIZE = 250;

/** Calls `handle` for every item, letting the event loop run after each slice. */
export async function inSlices<T>(items: Iterable<T>, handle: (item: T) => void): Promise<void> {
  let handled = 0;
  for (const item of items) {
    if (handled === SLICE_SIZE) {
      await new Promise(setImmediate);
      handled = 0;
    }
    handle(item);
    handled++;
  }
}
