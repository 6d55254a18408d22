import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { readdirSync, readFileSync } from "node:fs";
import { encodeEvent, type StreamEvent } from "@telemetra/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replaySource, simulateStream, type ReplayReport, type ReplaySourceOptions } from "@telemetra/producer";
import { CHAT_RECORDING, sharedData } from "../support/shared-data.js";
import { chatAt, readAll, until } from "../support/events.js";
import { VirtualClock } from "../support/virtual-clock.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "telemetra-replay-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

async function replay(file: string, options: Partial<ReplaySourceOptions> = {}) {
  const reports: ReplayReport[] = [];
  const source = replaySource({ file, speed: "max", onReport: (report) => reports.push(report), ...options });
  const events = await readAll(source);
  return { events, report: reports.at(-1)! };
}

const START_MS = Date.UTC(2026, 0, 31, 20);
const jsonl = (events: readonly StreamEvent[]) => events.map((event) => `${encodeEvent(event)}\n`).join("");
const simulated = (minutes = 3) =>
  until(simulateStream({ streamId: "demo", seed: 3, startMs: START_MS }), START_MS + minutes * 60_000);
const kinds = (events: readonly StreamEvent[]) =>
  events.map((event) => (event.type === "stream_meta" ? event.event_type : event.type));

describe("replaySource: events as JSONL", () => {
  it("gives every event back as it was, and ends the stream at its newest time", async () => {
    const events = simulated();
    const { events: replayed, report } = await replay(await fileOf("events.jsonl", jsonl(events)));
    expect(replayed.slice(0, -1)).toEqual(events);
    expect(replayed.at(-1)).toMatchObject({
      type: "stream_meta",
      event_type: "stream_end",
      stream_id: "demo",
      timestamp: events.at(-1)!.timestamp,
    });
    expect(report).toEqual({
      lines: events.length,
      events: events.length + 1,
      skipped: {},
      unreadable: [],
      unreadableCount: 0,
      isComplete: true,
    });
  });

  it("tells gzip by its first bytes, whatever the name says", async () => {
    const events = simulated(1);
    const packed = gzipSync(jsonl(events));
    for (const [name, content] of [
      ["a.jsonl.gz", packed],
      ["b.jsonl", packed],
      ["c.jsonl.gz", jsonl(events)],
    ] as const) {
      expect((await replay(await fileOf(name, content))).report.events).toBe(events.length + 1);
    }
  });

  it("counts lines that cannot be read, tells the first twenty with their reason, and loses nothing else", async () => {
    const good = simulated(1);
    const bad = [
      "{",
      '{"type":"chat"}',
      '{"type":"poem"}',
      "no line of anything",
      ...Array.from({ length: 30 }, () => "{]"),
    ];
    const lines = [
      ...jsonl(good.slice(0, 5)).trim().split("\n"),
      ...bad,
      "",
      ...jsonl(good.slice(5)).trim().split("\n"),
    ];
    const { events, report } = await replay(await fileOf("bad.jsonl", `${lines.join("\r\n")}\r\n`));
    expect(events.slice(0, -1)).toEqual(good);
    expect(report.unreadableCount).toBe(bad.length);
    expect(report.unreadable).toHaveLength(20);
    expect(report.unreadable.slice(0, 4)).toEqual([
      { line: 6, reason: "not readable as JSON" },
      { line: 7, reason: "event_id is required" },
      { line: 8, reason: "type must be one of chat, viewer, transaction, stream_meta" },
      { line: 9, reason: "neither an event as JSON nor a Twitch IRC line" },
    ]);
    expect(report.skipped).toEqual({ "empty line": 1 });
  });

  it("F18: ends each stream once, at its own newest time, whatever the order of the lines", async () => {
    const events = [
      chatAt(START_MS + 5_000, { stream_id: "a", event_id: "1" }),
      chatAt(START_MS + 9_000, { stream_id: "b", event_id: "2" }),
      chatAt(START_MS + 1_000, { stream_id: "a", event_id: "3" }),
    ];
    const { events: replayed } = await replay(await fileOf("two.jsonl", jsonl(events)));
    expect(replayed.slice(3).map((event) => [event.stream_id, event.timestamp, kinds([event])[0]])).toEqual([
      ["a", START_MS + 5_000, "stream_end"],
      ["b", START_MS + 9_000, "stream_end"],
    ]);
  });

  it("adds no second end to a stream that ends by itself", async () => {
    const first = await replay(await fileOf("ended.jsonl", jsonl(simulated(1))));
    const again = await replay(await fileOf("ended-again.jsonl", jsonl(first.events)));
    expect(again.events).toEqual(first.events);
  });

  it("ends a stream that went on after its end", async () => {
    const end = { type: "stream_meta", event_type: "stream_end", event_id: "end" } as const;
    const lines = [
      chatAt(START_MS, { event_id: "1" }),
      { ...end, timestamp: START_MS + 1, stream_id: "demo" },
      chatAt(START_MS + 2, { event_id: "2" }),
    ];
    const { events } = await replay(await fileOf("on.jsonl", lines.map((one) => `${JSON.stringify(one)}\n`).join("")));
    expect(kinds(events)).toEqual(["chat", "stream_end", "chat", "stream_end"]);
  });

  it("keeps the id of the end within its limit for the longest stream id, and apart from another's", async () => {
    const streams = ["x".repeat(127) + "a", "x".repeat(127) + "b"];
    const lines = streams.map((stream_id) => chatAt(START_MS, { stream_id, event_id: stream_id }));
    const { events } = await replay(await fileOf("long.jsonl", jsonl(lines)));
    expect(new Set(events.map((event) => event.event_id)).size).toBe(4);
  });
});

describe("replaySource: Twitch IRC lines", () => {
  it("reads the recording that comes with the project", async () => {
    const { events, report } = await replay(CHAT_RECORDING);
    expect(report).toMatchObject({ lines: 1_438, events: 1_421, skipped: { CLEARCHAT: 18 }, unreadableCount: 0 });
    expect(new Set(events.map((event) => event.stream_id))).toEqual(new Set(["demo"]));
    const counts = (type: string) => events.filter((event) => event.type === type).length;
    expect([counts("chat"), counts("transaction"), counts("stream_meta")]).toEqual([1_416, 4, 1]);
  });

  it("names every emote in the recording by a whole word of its message", async () => {
    const { events } = await replay(CHAT_RECORDING);
    const chat = events.flatMap((event) => (event.type === "chat" ? [event] : []));
    expect(chat.filter(({ emotes }) => emotes.length > 0)).toHaveLength(181);
    for (const { message, emotes } of chat) {
      const words = message.split(" ");
      for (const { name } of emotes) if (!words.includes(name)) expect.fail(`${name} in: ${message}`);
    }
  });

  it("F18: gives the same events under the same ids each time", async () => {
    const first = await replay(CHAT_RECORDING);
    const second = await replay(CHAT_RECORDING);
    expect(second.events).toEqual(first.events);
    expect(new Set(first.events.map((event) => event.event_id)).size).toBe(first.events.length);
  });

  it("gives the same events whether packed or not, and from a file with the other ending of the two line formats", async () => {
    const { events } = await replay(CHAT_RECORDING);
    const plain = gunzipSync(readFileSync(CHAT_RECORDING));
    expect((await replay(await fileOf("plain.txt", plain))).events).toEqual(events);
    expect((await replay(await fileOf("plain.jsonl", plain))).events).toEqual(events);
    expect((await replay(await fileOf("events.txt", jsonl(events)))).events).toEqual(events);
  });

  it("reads the messages that stand between what is none, and counts the rest by command", async () => {
    const chat = "@id=a;tmi-sent-ts=1769889600000;user-id=1 :pixel_otter!x@x PRIVMSG #demo :hello";
    const content = [
      ":tmi.twitch.tv 001 justinfan1 :Welcome, GLHF!",
      ":pixel_otter!x@x JOIN #demo",
      chat,
      "hello, this is a diary",
      "@id=b;user-id=1 :pixel_otter!x@x PRIVMSG #demo :when?",
      "PING :tmi.twitch.tv",
      "PING :tmi.twitch.tv",
    ].join("\n");
    const { events, report } = await replay(await fileOf("mixed.txt", content));
    expect(kinds(events)).toEqual(["chat", "stream_end"]);
    expect(report.skipped).toEqual({ "001": 1, JOIN: 1, PING: 2 });
    expect(report.unreadable).toEqual([
      { line: 4, reason: "neither an event as JSON nor a Twitch IRC line" },
      { line: 5, reason: "PRIVMSG without the tag tmi-sent-ts" },
    ]);
  });

  it("keeps the list of reasons short when the file invents one for each line", async () => {
    const commands = Array.from({ length: 500 }, (_, index) => `:x ${String(index).padStart(3, "0")} demo`);
    const content = ["@id=a;tmi-sent-ts=1769889600000;user-id=1 :p!x@x PRIVMSG #demo :hello", ...commands].join("\n");
    const { report } = await replay(await fileOf("numbers.txt", content));
    expect(Object.keys(report.skipped).length).toBeLessThanOrEqual(65);
    expect(Object.values(report.skipped).reduce((sum, count) => sum + count, 0)).toBe(500);
  });
});

const logFolder = sharedData("twitch-irc-raw");
const logFiles = logFolder === undefined ? [] : readdirSync(logFolder).map((name) => join(logFolder, name));
const LOGS = [
  { day: "2019-09-15", lines: 5_000, chat: 4_933, subs: 9, bits: 1, gifts: 0, clears: 58 },
  { day: "2022-01-01", lines: 2_000, chat: 1_941, subs: 0, bits: 0, gifts: 1, clears: 58 },
  { day: "2024-01-06", lines: 800, chat: 798, subs: 0, bits: 0, gifts: 0, clears: 2 },
].flatMap((log) => {
  const file = logFiles.find((name) => name.endsWith(`${log.day}.txt.gz`));
  return file === undefined ? [] : [{ ...log, file }];
});
if (LOGS.length > 0) {
  describe("replaySource: whole logs", () => {
    it.each(LOGS)("reads all of the log of $day", async ({ file, lines, chat, subs, bits, gifts, clears }) => {
      const { events, report } = await replay(file);
      const payments = events.flatMap((event) => (event.type === "transaction" ? [event.transaction_type] : []));
      const count = (type: string) => payments.filter((one) => one === type).length;
      expect(events.filter((event) => event.type === "chat")).toHaveLength(chat);
      expect({ subs: count("subscription"), bits: count("bits"), gifts: count("gift") }).toEqual({ subs, bits, gifts });
      expect(report).toMatchObject({ lines, skipped: { CLEARCHAT: clears }, unreadableCount: 0, isComplete: true });
    });
  });
}

describe("replaySource: TwitchDownloader chat", () => {
  const file = join(import.meta.dirname, "fixtures/chat.json");

  it("reads messages with emotes, badges and bits, at their own time or by their offset", async () => {
    const { events } = await replay(file);
    expect(events).toEqual([
      {
        type: "stream_meta",
        event_id: "start:demo_channel:1769889605250",
        timestamp: START_MS + 5_250,
        stream_id: "demo_channel",
        event_type: "stream_start",
        new_title: "no-hit attempts until it works",
        new_category: "Castle Quest",
        started_at: START_MS,
      },
      {
        type: "chat",
        event_id: "c-1",
        timestamp: START_MS + 5_250,
        stream_id: "demo_channel",
        user_id: "1",
        username: "pixel_otter",
        message: "hello Kappa 🦦 Kappa",
        emotes: [
          { name: "Kappa", id: "25", provider: "twitch" },
          { name: "Kappa", id: "25", provider: "twitch" },
        ],
        badges: ["subscriber/6", "moderator/1"],
        is_subscriber: true,
        is_moderator: true,
      },
      expect.objectContaining({ type: "chat", event_id: "c-2", timestamp: START_MS + 12_500, username: "lofi_heron" }),
      expect.objectContaining({
        type: "transaction",
        event_id: "c-2:bits",
        transaction_type: "bits",
        amount: 100,
        currency: "bits",
      }),
      expect.objectContaining({ type: "chat", event_id: "c-6", timestamp: START_MS + 40_000 }),
      expect.objectContaining({ event_type: "stream_end", timestamp: START_MS + 40_000 }),
    ]);
  });

  it("counts what is no chat, and what cannot be read, by the number of the comment", async () => {
    const { report } = await replay(file);
    expect(report.lines).toBe(6);
    expect(report.skipped).toEqual({ "notice resub": 1 });
    expect(report.unreadable).toEqual([
      { line: 4, reason: "user_id is required" },
      { line: 5, reason: expect.stringMatching(/^has no time/) as string },
    ]);
  });

  it("names the stream by the number of the channel when its name is no id", async () => {
    const document = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    const other = JSON.stringify({ ...document, streamer: { name: "ピクセル", id: 77 } });
    const { events } = await replay(await fileOf("other.json", gzipSync(other)));
    expect(new Set(events.map((event) => event.stream_id))).toEqual(new Set(["channel-77"]));
  });
});

describe("replaySource: time", () => {
  it("keeps original times and takes as long as it took, divided by the speed", async () => {
    const events = simulated();
    const clock = new VirtualClock();
    const startMs = clock.nowMs;
    const file = await fileOf("pace.jsonl", jsonl(events));
    const { events: replayed } = await replay(file, { speed: 10, now: clock.now, wait: clock.wait });
    expect(replayed.slice(0, -1)).toEqual(events);
    const tookMs = events.at(-1)!.timestamp - events[0]!.timestamp;
    expect(clock.nowMs - startMs).toBeGreaterThanOrEqual(tookMs / 10 - 1);
    expect(clock.nowMs - startMs).toBeLessThan(tookMs / 10 + 100);
  });

  it("shifted to now, gives each event the time at which it comes and an id of this showing", async () => {
    const events = simulated(1);
    const file = await fileOf("shift.jsonl", jsonl(events));
    const show = async (clock: VirtualClock) =>
      (await replay(file, { speed: 2, shift: "now", now: clock.now, wait: clock.wait })).events;
    const startMs = Date.UTC(2030, 5, 1);
    const first = await show(new VirtualClock(startMs));
    for (const [index, event] of events.entries()) {
      const dueMs = startMs + Math.floor((event.timestamp - START_MS) / 2);
      expect(Math.abs(first[index]!.timestamp - dueMs)).toBeLessThanOrEqual(1);
    }
    expect(first[0]).toMatchObject({ event_type: "stream_start", started_at: startMs });
    expect(first.at(-1)).toMatchObject({ event_type: "stream_end", ended_at: first.at(-1)!.timestamp });
    const second = await show(new VirtualClock(startMs + 3_600_000));
    const ids = [...events, ...first, ...second].map((event) => event.event_id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("shifted, lets a reply point at the new id of its message, and keeps long ids within their limit", async () => {
    const long = "x".repeat(128);
    const lines = [chatAt(START_MS, { event_id: long }), chatAt(START_MS, { event_id: "b", reply_to: long })];
    const clock = new VirtualClock();
    const file = await fileOf("reply.jsonl", jsonl(lines));
    const { events } = await replay(file, { speed: 1, shift: "now", now: clock.now, wait: clock.wait });
    expect(events[0]!.event_id.length).toBeLessThanOrEqual(128);
    expect(events[1]).toMatchObject({ reply_to: events[0]!.event_id });
  });

  it("ends when it is aborted, says so in its report, and leaves the streams open", async () => {
    const stop = new AbortController();
    const file = await fileOf("abort.jsonl", jsonl(simulated(30)));
    let report: ReplayReport | undefined;
    const source = replaySource({ file, speed: "max", onReport: (latest) => (report = latest) });
    const events: StreamEvent[] = [];
    for await (const batch of source.batches(stop.signal)) {
      events.push(...batch);
      stop.abort();
    }
    expect(kinds(events)).not.toContain("stream_end");
    expect(report).toMatchObject({ isComplete: false });
  });

  it("refuses to shift at unlimited speed, and a speed that is none", () => {
    expect(() => replaySource({ file: "x.txt", speed: "max", shift: "now" })).toThrow(/speed is "max"/);
    expect(() => replaySource({ file: "x.txt", speed: -2 })).toThrow(/speed is -2/);
  });
});

describe("replaySource: what cannot be replayed", () => {
  it.each([
    ["not_found", () => join(folder, "missing.txt"), /missing\.txt does not exist; check the path/],
    ["not_found", () => join(folder, "missing.poem"), /does not exist/],
    ["not_a_file", () => folder, /is a folder; name one recording in it/],
    ["unknown_format", () => fileOf("poem.md", "roses"), /has the ending \.md.*name it \.jsonl/],
    ["unknown_format", () => fileOf("nothing", "roses"), /has no ending/],
    ["unknown_format", () => fileOf("other.json", '{"a":1}'), /no list "comments"/],
    ["empty_file", () => fileOf("empty.txt", ""), /empty\.txt is empty/],
    ["empty_file", () => fileOf("empty.jsonl.gz", gzipSync("")), /is empty/],
    [
      "broken_gzip",
      () => fileOf("cut.txt.gz", gzipSync("x".repeat(5_000)).subarray(0, 20)),
      /damaged gzip.*copy or download it again/,
    ],
    ["broken_json", () => fileOf("half.json", '{"comments":['), /not readable as JSON/],
    ["no_events", () => fileOf("diary.txt", "dear diary\ntoday"), /holds no event \(line 1: neither/],
    ["no_events", () => fileOf("pings.txt", "PING :x\nPING :x"), /holds no event \(only 2 PING\)/],
  ])("is told as %s in one line that says what to do", async (code, file, message) => {
    const replaying = replay(await file());
    await expect(replaying).rejects.toMatchObject({ name: "ReplayError", code });
    await expect(replaying).rejects.toThrow(message);
    await expect(replaying).rejects.not.toThrow(/\n/);
  });

  it("gives what stands before the damage of a file", async () => {
    const packed = gzipSync(jsonl(simulated(10)));
    const source = replaySource({
      file: await fileOf("damaged.jsonl.gz", packed.subarray(0, packed.length - 500)),
      speed: "max",
    });
    const events: StreamEvent[] = [];
    const reading = (async () => {
      for await (const batch of source.batches(new AbortController().signal)) events.push(...batch);
    })();
    await expect(reading).rejects.toMatchObject({ code: "broken_gzip" });
    expect(events.length).toBeGreaterThan(500);
  });
});

describe("replaySource: memory", () => {
  it("stays far below the size of what it reads", async () => {
    const line = `${encodeEvent(chatAt(START_MS, { message: "x".repeat(900) }))}\n`;
    const file = await fileOf("large.jsonl.gz", gzipSync(line.repeat(120_000)));
    let peakBytes = 0;
    let count = 0;
    const before = process.memoryUsage();
    for await (const batch of replaySource({ file, speed: "max" }).batches(new AbortController().signal)) {
      count += batch.length;
      const { heapUsed, external } = process.memoryUsage();
      peakBytes = Math.max(peakBytes, heapUsed + external - before.heapUsed - before.external);
    }
    expect(count).toBe(120_001);
    expect(line.length * 120_000).toBeGreaterThan(120e6);
    expect(peakBytes).toBeLessThan(60e6);
  }, 20_000);
});
