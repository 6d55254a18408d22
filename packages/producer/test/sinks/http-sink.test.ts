import type { StreamEvent } from "@telemetra/core";
import { encodeEvent } from "@telemetra/core";
import { afterEach, describe, expect, it } from "vitest";
import { httpSink, type HttpSinkOptions, type Rejection } from "@telemetra/producer";
import { retryDelayMs } from "../../src/sinks/retry-delay.js";
import { chatAt } from "../support/events.js";
import { startFakeServer, takeAll, type Reply } from "../support/fake-server.js";
import { VirtualClock } from "../support/virtual-clock.js";

type FakeServer = Awaited<ReturnType<typeof startFakeServer>>;
const servers: FakeServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(...args: Parameters<typeof startFakeServer>): Promise<FakeServer> {
  const server = await startFakeServer(...args);
  servers.push(server);
  return server;
}

/** A sink whose waiting takes no time. */
function sinkTo(url: string, options: Partial<HttpSinkOptions> = {}) {
  const clock = new VirtualClock();
  const retries: string[] = [];
  const rejections: { id: string; rejection: Rejection }[] = [];
  const sink = httpSink({
    url,
    wait: clock.wait,
    now: clock.now,
    random: () => 0.5,
    onRetry: (reason, delayMs) => retries.push(`${reason} ${delayMs}`),
    onRejected: (event, rejection) => rejections.push({ id: event.event_id, rejection }),
    ...options,
  });
  return { sink, clock, retries, rejections };
}

const signal = new AbortController().signal;
const events = (count: number, more = {}): StreamEvent[] =>
  Array.from({ length: count }, (_, index) => chatAt(index, { event_id: `e${index}`, ...more }));

describe("httpSink", () => {
  it("posts events as lines of JSON to the ingest address, and adds up what the server says", async () => {
    const server = await serve((request) => ({
      status: 202,
      body: { accepted: request.records.length - 1, duplicates: 1, rejected: [] },
    }));
    const { sink } = sinkTo(server.url, { headers: { authorization: "Bearer secret" } });
    await sink.write(events(3), signal);
    await sink.write(events(2), signal);
    expect(server.requests[0]).toMatchObject({
      path: "/api/v1/events",
      headers: { "content-type": "application/x-ndjson", authorization: "Bearer secret" },
      body: events(3)
        .map((event) => `${encodeEvent(event)}\n`)
        .join(""),
    });
    expect(sink.totals).toEqual({ accepted: 3, duplicates: 2, rejected: 0 });
  });

  it("takes an address with a path as it is", async () => {
    const server = await serve();
    await sinkTo(`${server.url}/behind/a/proxy`).sink.write(events(1), signal);
    expect(server.requests[0]?.path).toBe("/behind/a/proxy");
  });

  it("sends at most 1,000 events in a request, in order", async () => {
    const server = await serve();
    await sinkTo(server.url).sink.write(events(2_300), signal);
    expect(server.requests.map(({ records }) => records.length)).toEqual([1_000, 1_000, 300]);
    const ids = server.requests.flatMap(({ records }) => records.map((record) => record["event_id"]));
    expect(ids).toEqual(events(2_300).map((event) => event.event_id));
  });

  it("sends at most 1 MiB in a request, counted in bytes, but an event that is larger by itself all the same", async () => {
    const server = await serve();
    // Each of these characters is one unit of text and three bytes.
    await sinkTo(server.url).sink.write(events(900, { message: "語".repeat(1_000) }), signal);
    expect(server.requests.length).toBeGreaterThan(2);
    for (const { body } of server.requests) expect(Buffer.byteLength(body)).toBeLessThanOrEqual(1024 * 1024);
    const emotes = Array.from({ length: 500 }, () => ({ name: "x", url: `https://example.org/${"x".repeat(1_900)}` }));
    const { sink } = sinkTo(server.url);
    await sink.write([...events(1), chatAt(5, { emotes }), ...events(1)], signal);
    expect(sink.totals.accepted).toBe(3);
  });

  it("tries again when the server is busy, with longer and longer pauses", async () => {
    const server = await serve((request, number) => (number < 4 ? { status: 503 } : takeAll(request)));
    const { sink, clock, retries } = sinkTo(server.url);
    await sink.write(events(2), signal);
    expect(server.requests.map(({ body }) => body)).toEqual(Array(4).fill(server.requests[0]!.body));
    expect(clock.waits).toEqual([375, 750, 1_500]);
    expect(retries[0]).toBe("it answers 503 375");
    expect(sink.totals).toEqual({ accepted: 2, duplicates: 0, rejected: 0 });
  });

  it("waits as long as Retry-After says", async () => {
    const replies: Reply[] = [
      { status: 429, headers: { "retry-after": "7" } },
      { status: 503, headers: { "retry-after": new Date(Date.UTC(2026, 0, 31, 20, 0, 7 + 9)).toUTCString() } },
    ];
    const server = await serve((request, number) => replies[number - 1] ?? takeAll(request));
    const { sink, clock } = sinkTo(server.url);
    await sink.write(events(1), signal);
    expect(clock.waits).toEqual([7_000, 9_000]);
  });

  it("tries again after the connection was cut, and sends the same events", async () => {
    const server = await serve((request, number) => (number === 1 ? undefined : takeAll(request)));
    const { sink } = sinkTo(server.url);
    await sink.write(events(2), signal);
    expect(server.requests).toHaveLength(2);
    expect(sink.totals.accepted).toBe(2);
  });

  it("gives up after its attempts with one line that names the address and the reason", async () => {
    const server = await serve();
    await server.close();
    const { sink, clock } = sinkTo(server.url, { maxAttempts: 3 });
    const writing = sink.write(events(1), signal);
    await expect(writing).rejects.toMatchObject({ name: "SinkError", code: "unreachable" });
    await expect(writing).rejects.toThrow(/127\.0\.0\.1.* takes no events \(ECONNREFUSED\) after 3 attempts; check/);
    expect(clock.waits).toHaveLength(2);
  });

  it("gives up a server that does not answer in time", async () => {
    const server = await serve(() => ({ status: 202, headers: { "content-length": "50" }, body: "" }));
    const { sink } = sinkTo(server.url, { timeoutMs: 50, maxAttempts: 1 });
    await expect(sink.write(events(1), signal)).rejects.toMatchObject({ name: "SinkError" });
  });

  it("makes no further attempt once it is stopped", async () => {
    const stop = new AbortController();
    const server = await serve(() => {
      stop.abort();
      return { status: 503 };
    });
    await expect(sinkTo(server.url).sink.write(events(1), stop.signal)).rejects.toMatchObject({ code: "unreachable" });
    expect(server.requests).toHaveLength(1);
  });

  it("reports each refused event and does not send it again", async () => {
    const rejected = [{ index: 1, code: "future_timestamp", detail: "timestamp is too far ahead" }];
    const server = await serve(() => ({ status: 202, body: { accepted: 2, duplicates: 0, rejected } }));
    const { sink, rejections } = sinkTo(server.url);
    await sink.write(events(3), signal);
    expect(rejections).toEqual([{ id: "e1", rejection: rejected[0] }]);
    expect(sink.totals).toEqual({ accepted: 2, duplicates: 0, rejected: 1 });
    expect(server.requests).toHaveLength(1);
  });

  it("reports the events of the right request when there are several", async () => {
    const rejected = [{ index: 4, code: "invalid_field", detail: "no" }];
    const server = await serve((request) => ({
      status: 202,
      body: { accepted: request.records.length - 1, duplicates: 0, rejected },
    }));
    const { sink, rejections } = sinkTo(server.url);
    await sink.write(events(1_500), signal);
    expect(rejections.map(({ id }) => id)).toEqual(["e4", "e1004"]);
  });

  it("takes a refusal of everything as the verdicts in it", async () => {
    const rejected = [0, 1].map((index) => ({ index, code: "invalid_field", detail: "no" }));
    const server = await serve(() => ({
      status: 422,
      body: { error: "Unprocessable", code: "all_rejected", rejected },
    }));
    const { sink, rejections } = sinkTo(server.url);
    await sink.write(events(2), signal);
    expect(rejections.map(({ id }) => id)).toEqual(["e0", "e1"]);
    expect(sink.totals).toEqual({ accepted: 0, duplicates: 0, rejected: 2 });
  });

  it.each([400, 413, 415])("takes a %s without verdicts as one verdict for every event", async (status) => {
    const server = await serve(() => ({ status, body: { code: "too_much", detail: "at most 10 bytes" } }));
    const { sink, rejections } = sinkTo(server.url);
    await sink.write(events(2), signal);
    expect(rejections.map(({ rejection }) => rejection)).toEqual([
      { index: 0, code: "too_much", detail: "at most 10 bytes" },
      { index: 1, code: "too_much", detail: "at most 10 bytes" },
    ]);
    expect(server.requests).toHaveLength(1);
  });

  it.each<[Reply, string, RegExp]>([
    [{ status: 404 }, "refused", /answers 404; check the address/],
    [{ status: 401 }, "refused", /answers 401; it asks for credentials/],
    [{ status: 301, headers: { location: "https://other.example/" } }, "refused", /use https:\/\/other\.example\//],
    [{ status: 200, body: "<html>hello</html>" }, "not_telemetra", /does not answer as Telemetra does/],
  ])("stops at %j, which will not change", async (reply, code, message) => {
    const server = await serve(() => reply);
    const writing = sinkTo(server.url).sink.write(events(1), signal);
    await expect(writing).rejects.toMatchObject({ name: "SinkError", code });
    await expect(writing).rejects.toThrow(message);
    expect(server.requests).toHaveLength(1);
  });

  it.each(["localhost:8000", "ftp://example.org", "", "nowhere"])("refuses %j, which is no address", (url) => {
    expect(() => httpSink({ url })).toThrow(/url is .* but must be an address such as http:\/\/localhost:8000/);
  });
});

describe("retryDelayMs", () => {
  it("doubles from half a second to 15 s, and leaves half of it to chance", () => {
    const longest = [1, 2, 3, 4, 5, 6, 7, 20].map((attempt) => retryDelayMs(attempt, null, 0, 0.999_999));
    expect(longest.map(Math.round)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
    expect(retryDelayMs(3, null, 0, 0)).toBe(1_000);
  });

  it("does as Retry-After says, within two minutes", () => {
    expect(retryDelayMs(1, "3", 0, 0)).toBe(3_000);
    expect(retryDelayMs(1, "86400", 0, 0)).toBe(120_000);
    expect(retryDelayMs(1, "Thu, 01 Jan 1970 00:00:30 GMT", 10_000, 0)).toBe(20_000);
    expect(retryDelayMs(1, "Thu, 01 Jan 1970 00:00:30 GMT", 90_000, 0)).toBe(0);
    expect(retryDelayMs(1, "soon", 0, 0)).toBe(250);
  });
});
