import { PassThrough, Writable } from "node:stream";
import { parseEventJson } from "@telemetra/core";
import { describe, expect, it } from "vitest";
import { sendEvents, stdoutSink } from "@telemetra/producer";
import { chatAt } from "../support/events.js";

const signal = new AbortController().signal;

describe("stdoutSink", () => {
  it("writes each event as a line that reads back as the same event", async () => {
    const out = new PassThrough();
    const sink = stdoutSink(out);
    const events = [chatAt(1), chatAt(2, { message: "line\nbreak" })];
    await sink.write(events, signal);
    const lines = String(out.read()).split("\n");
    expect(lines.pop()).toBe("");
    expect(lines.map((line) => parseEventJson(line))).toEqual(events.map((event) => ({ ok: true, event })));
    expect(sink.totals).toEqual({ accepted: 2, duplicates: 0, rejected: 0 });
  });

  it("waits for a reader that is slow", async () => {
    const pending: (() => void)[] = [];
    const out = new Writable({ highWaterMark: 1, write: (_chunk, _encoding, done) => void pending.push(done) });
    let isWritten = false;
    const writing = stdoutSink(out)
      .write([chatAt(1)], signal)
      .then(() => (isWritten = true));
    await Promise.resolve();
    expect(isWritten).toBe(false);
    pending[0]?.();
    await writing;
    expect(isWritten).toBe(true);
  });

  it("ends with `closed` when the reader goes, also while it is waiting", async () => {
    const gone = () => new Writable({ highWaterMark: 1, write: (_chunk, _encoding, done) => done(new Error("EPIPE")) });
    const sink = stdoutSink(gone());
    await expect(sink.write([chatAt(1)], signal)).rejects.toMatchObject({ name: "SinkError", code: "closed" });
    await expect(sink.write([chatAt(2)], signal)).rejects.toMatchObject({ name: "SinkError", code: "closed" });
  });
});

describe("sendEvents", () => {
  it("passes every batch on, one after the other, and closes the source when the sink fails", async () => {
    let isClosed = false;
    const source = {
      name: "three",
      async *batches() {
        try {
          for (const time of [1, 2, 3]) yield [chatAt(time)];
        } finally {
          isClosed = true;
        }
      },
    };
    const written: number[] = [];
    const sink = {
      name: "array",
      totals: { accepted: 0, duplicates: 0, rejected: 0 },
      write: async ([event]: readonly { timestamp: number }[]) => {
        if (event?.timestamp === 3) throw new Error("full");
        written.push(event!.timestamp);
      },
    };
    await expect(sendEvents(source, sink, signal)).rejects.toThrow("full");
    expect(written).toEqual([1, 2]);
    expect(isClosed).toBe(true);
  });
});
