import type { StreamEvent } from "../../src/records/event.js";
import { BenchError } from "./bench-error.js";
import type { Core } from "./core.js";

/** Events as they come out of JSON, because that is how their strings come to be in a service. */
export function parsedEvents(
  { parseEventJson }: Pick<Core, "parseEventJson">,
  texts: readonly string[],
): StreamEvent[] {
  return texts.map((text) => {
    const result = parseEventJson(text);
    if (!result.ok) throw new BenchError(`The events of the bench are wrong: ${result.error.detail}.`);
    return result.event;
  });
}
