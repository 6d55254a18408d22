import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { parseEventJson, type StreamEvent } from "@telemetra/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleCli, ended, runCli, startCli } from "./support/cli.js";
import { startFakeServer, takeAll } from "./support/fake-server.js";
import { CHAT_RECORDING } from "./support/shared-data.js";

let cli: string;
let folder: string;
beforeAll(async () => {
  cli = await bundleCli();
  folder = await mkdtemp(join(tmpdir(), "telemetra-cli-"));
});
afterAll(async () => {
  await rm(dirname(cli), { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
});

const run = (...args: string[]) => runCli(cli, args);

function eventsIn(stdout: string): StreamEvent[] {
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const parsed = parseEventJson(line);
      if (!parsed.ok) throw new Error(parsed.error.detail);
      return parsed.event;
    });
}

describe("telemetra-producer: help and mistakes", { timeout: 20_000 }, () => {
  it.each([["--help"], ["simulate", "--help"], ["replay", "--help"]])("shows examples for %s %s", async (...args) => {
    const { code, stdout } = await run(...args.filter((arg) => arg !== undefined));
    expect(code).toBe(0);
    expect(stdout).toMatch(/Usage: telemetra-producer/);
    expect(stdout).toMatch(/Examples:\n {2}\$ telemetra-producer /);
  });

  it.each([
    [["juggle"], /^error: unknown command 'juggle'/],
    [["simulat"], /unknown command 'simulat' \(Did you mean simulate\?\)/],
    [["--loud"], /^error: unknown option '--loud'/],
    [["simulate", "--loud"], /^error: unknown option '--loud'/],
    [["simulate", "--rate", "many"], /--rate.*'many' is invalid\. It must be a number above 0/],
    [["simulate", "--rate", "0"], /It must be a number above 0/],
    [["simulate", "--rate", "1e9"], /^error: rate is /],
    [["simulate", "--seed", "1.5"], /It must be a whole number/],
    [["simulate", "--duration", "soon"], /It must be a time such as 90, 90s, 5m or 2h/],
    [["simulate", "--duration", "9999h"], /up to 480h/],
    [["simulate", "--start", "2026-01-31T20:00:00Z"], /--start needs --duration/],
    [["simulate", "--start", "yesterday", "--duration", "1m"], /It must be an instant such as/],
    [["simulate", "--stream", "two words"], /^error: streamId is "two words"/],
    [["simulate", "--stream", ","], /Name at least one stream/],
    [["simulate", "--stream", "a,b,a"], /a is twice in it/],
    [["simulate", "--to", "nowhere"], /It must be stdout or an address/],
    [["simulate", "--to", "http://"], /^error: url is /],
    [["simulate", "extra"], /too many arguments/],
    [["replay"], /missing required argument 'file'/],
    [["replay", "x.txt", "--speed", "fast"], /--speed.*'fast' is invalid/],
    [["replay", "x.txt", "--shift", "tomorrow"], /Allowed choices are now/],
    [["replay", "x.txt", "--shift", "now", "--speed", "max"], /--shift now needs a --speed that is a number/],
  ])("answers %j with one line and exit code 2", async (args, message) => {
    const { code, stdout, stderr } = await run(...args);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  it("shows what there is when nothing is asked, with exit code 2", async () => {
    const { code, stderr } = await run();
    expect(stderr).toMatch(/Usage: telemetra-producer/);
    expect(code).toBe(2);
  });
});

describe("telemetra-producer simulate", { timeout: 20_000 }, () => {
  it("writes events that are valid until its time is up, and a summary for people", async () => {
    const { code, stdout, stderr } = await run("simulate", "--stream", "one,two", "--rate", "60", "--duration", "1");
    const events = eventsIn(stdout);
    expect(events.length).toBeGreaterThan(20);
    expect(new Set(events.map((event) => event.stream_id))).toEqual(new Set(["one", "two"]));
    expect(stderr).toMatch(new RegExp(`^simulate → stdout: ${events.length} events in \\d\\.\\d s\\n$`));
    expect(code).toBe(0);
  });

  it("takes streams and rate from the environment, and options before it", async () => {
    const environment = { PRODUCER_CHANNELS: "from_environment", PRODUCER_RATE_PER_SEC: "5" };
    const args = ["simulate", "--start", "2026-01-31T20:00:00Z", "--duration", "60"];
    const events = eventsIn((await runCli(cli, args, environment)).stdout);
    expect(new Set(events.map((event) => event.stream_id))).toEqual(new Set(["from_environment"]));
    expect(events.filter((event) => event.type === "chat").length / 60).toBeGreaterThan(3.5);
    expect(events.filter((event) => event.type === "chat").length / 60).toBeLessThan(7);
    const other = eventsIn((await runCli(cli, [...args, "--stream", "a", "--stream", "b"], environment)).stdout);
    expect(new Set(other.map((event) => event.stream_id))).toEqual(new Set(["a", "b"]));
  });

  it("names the variable when its value is wrong", async () => {
    const { code, stderr } = await runCli(cli, ["simulate"], { PRODUCER_RATE_PER_SEC: "lots" });
    expect(stderr).toMatch(/'lots' from env 'PRODUCER_RATE_PER_SEC' is invalid\. It must be a number above 0/);
    expect(code).toBe(2);
  });

  it("from an instant writes exactly that time, at once, and the same each time", async () => {
    const args = ["simulate", "--start", "2026-01-31T20:00:00Z", "--duration", "10m", "--seed", "7"];
    const first = await run(...args);
    const times = eventsIn(first.stdout).map((event) => event.timestamp);
    expect(Math.min(...times)).toBe(Date.UTC(2026, 0, 31, 20));
    expect(Math.max(...times)).toBeLessThan(Date.UTC(2026, 0, 31, 20, 10));
    expect(Math.max(...times)).toBeGreaterThan(Date.UTC(2026, 0, 31, 20, 9, 55));
    expect((await run(...args)).stdout).toBe(first.stdout);
    expect((await run(...args.slice(0, -1), "8")).stdout).not.toBe(first.stdout);
  });

  it.each(["SIGINT", "SIGTERM"] as const)("ends cleanly at %s: whole lines, a summary, exit code 0", async (signal) => {
    const child = startCli(cli, ["simulate", "--rate", "100"]);
    let isAsked = false;
    const { code, stdout, stderr } = await ended(child, (sofar) => {
      if (isAsked || sofar.split("\n").length < 10) return;
      isAsked = child.kill(signal);
    });
    expect(eventsIn(stdout).length).toBeGreaterThan(8);
    expect(stderr).toMatch(/^simulate → stdout: \d+ events in \d+\.\d s\n$/);
    expect(code).toBe(0);
  });

  it("ends cleanly when nobody reads its output any more", async () => {
    const child = startCli(cli, ["simulate", "--rate", "500"]);
    const { code, stderr } = await ended(child, () => child.stdout?.destroy());
    expect(stderr).not.toMatch(/error|EPIPE|at /i);
    expect(code).toBe(0);
  });

  it("sends events to a server and tells what became of them", async () => {
    const server = await startFakeServer((request, number) =>
      number === 1 ? { status: 503, headers: { "retry-after": "0" } } : takeAll(request),
    );
    const args = ["simulate", "--start", "2026-01-31T20:00:00Z", "--duration", "2m", "--to", server.url];
    const { code, stdout, stderr } = await run(...args);
    await server.close();
    const sent = server.requests.slice(1).flatMap(({ records }) => records);
    expect(sent.length).toBeGreaterThan(1_500);
    expect(new Set(sent.map((record) => record["event_id"])).size).toBe(sent.length);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/takes no events \(it answers 503\); trying again in 0\.0 s/);
    expect(stderr).toMatch(new RegExp(`${sent.length} accepted, 0 known already, 0 refused`));
    expect(code).toBe(0);
  });

  it("lists the first refused events, and counts all", async () => {
    const server = await startFakeServer((request) => ({
      status: 422,
      body: {
        rejected: request.records.map((_, index) => ({ index, code: "invalid_field", detail: "message is dull" })),
      },
    }));
    const args = ["simulate", "--start", "2026-01-31T20:00:00Z", "--duration", "1m", "--to", server.url];
    const { code, stderr } = await run(...args);
    await server.close();
    expect(stderr.match(/^refused .*: invalid_field, message is dull$/gm)).toHaveLength(5);
    expect(stderr).toMatch(/0 accepted, 0 known already, \d{3,} refused/);
    expect(code).toBe(0);
  });
});

describe("telemetra-producer replay", { timeout: 20_000 }, () => {
  it("writes the events of a recording, and sums it up", async () => {
    const { code, stdout, stderr } = await run("replay", CHAT_RECORDING, "--speed", "max");
    expect(eventsIn(stdout)).toHaveLength(1_421);
    expect(stderr).toMatch(/replay chat-recording\.txt\.gz → stdout: 1421 events/);
    expect(stderr).toMatch(/read 1438 lines: 1421 events, passed over 18 CLEARCHAT, 0 unreadable/);
    expect(code).toBe(0);
  });

  it("writes what it can replay again", async () => {
    const first = await run("replay", CHAT_RECORDING, "--speed", "max");
    const file = join(folder, "again.jsonl.gz");
    await writeFile(file, gzipSync(first.stdout));
    expect((await run("replay", file, "--speed", "max")).stdout).toBe(first.stdout);
  });

  it("shifted to now, gives the times at which it replays", async () => {
    const beforeMs = Date.now();
    const { stdout } = await run("replay", CHAT_RECORDING, "--speed", "400", "--shift", "now");
    const times = eventsIn(stdout).map((event) => event.timestamp);
    // Floors to the millisecond, and the first line of this recording is not its oldest.
    expect(Math.min(...times)).toBeGreaterThanOrEqual(beforeMs - 10);
    expect(Math.max(...times)).toBeLessThanOrEqual(Date.now());
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(400);
  });

  it("tells which lines it could not read", async () => {
    const file = join(folder, "half.jsonl");
    const good = '{"type":"viewer","event_id":"1","timestamp":1,"stream_id":"demo","viewer_count":5}';
    await writeFile(file, `${good}\n{"type":"viewer"}\n`);
    const { code, stderr } = await run("replay", file, "--speed", "max");
    expect(stderr).toMatch(/read 2 lines: 2 events, 1 unreadable\nline 2: event_id is required\n/);
    expect(code).toBe(0);
  });

  it.each([
    ["missing.txt", undefined, /^error: .*missing\.txt does not exist; check the path\n$/],
    ["empty.txt", "", /^error: .*empty\.txt is empty/],
    ["cut.txt.gz", gzipSync("x".repeat(9_999)).subarray(0, 30), /^error: .*cut\.txt\.gz is a damaged gzip file/],
    ["poem.md", "roses", /^error: .*poem\.md has the ending \.md/],
  ])("answers %s with one line and exit code 1", async (name, content, message) => {
    const file = join(folder, name);
    if (content !== undefined) await writeFile(file, content);
    const { code, stdout, stderr } = await run("replay", file);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stdout).toBe("");
    expect(code).toBe(1);
  });

  it("gives up with one line when the address is wrong", async () => {
    const server = await startFakeServer(() => ({ status: 404 }));
    const { code, stderr } = await run("replay", CHAT_RECORDING, "--speed", "max", "--to", server.url);
    await server.close();
    expect(stderr).toMatch(/^error: .* answers 404; check the address$/m);
    expect(code).toBe(1);
  });
});
