import { once } from "node:events";
import type { Writable } from "node:stream";
import { encodeEvent } from "@telemetra/core";
import { SinkError, type EventSink } from "./sink.js";

/**
 * Writes events as lines of JSON, no faster than they are read at the other end.
 *
 * `write` throws a `SinkError` `closed` when the other end has gone (as `| head` does after its lines).
 */
export function stdoutSink(stream: Writable = process.stdout): EventSink {
  let accepted = 0;
  const closed = new AbortController();
  stream.on("error", (cause) => closed.abort(new SinkError("closed", "nobody reads the output any more", { cause })));
  return {
    name: "stdout",
    write: async (events) => {
      closed.signal.throwIfAborted();
      const text = events.map((event) => `${encodeEvent(event)}\n`).join("");
      if (!stream.write(text)) {
        await once(stream, "drain", { signal: closed.signal }).catch(() => closed.signal.throwIfAborted());
      }
      accepted += events.length;
    },
    get totals() {
      return { accepted, duplicates: 0, rejected: 0 };
    },
  };
}
