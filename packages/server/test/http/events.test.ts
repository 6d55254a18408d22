import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ApiClient, type Answer } from "../support/api-client.js";
import { startFakeService, type FakeService } from "../support/fake-service.js";

const NDJSON = "application/x-ndjson";

let service: FakeService;
let api: ApiClient;

beforeEach(async () => {
  service = await startFakeService({ config: { httpMaxEvents: 50, httpBodyLimitBytes: 20_000 } });
  api = await ApiClient.connect(service.url);
});

afterEach(() => service.close());

let eventNumber = 0;

function viewers(fields: Record<string, unknown> = {}): Record<string, unknown> {
  const event_id = `event-${eventNumber++}`;
  return {
    type: "viewer",
    event_id,
    timestamp: "2026-01-01T00:00:00Z",
    stream_id: "alpha",
    viewer_count: 5,
    ...fields,
  };
}

function postJson(value: unknown, type = "application/json"): Promise<Answer> {
  return api.post("/api/v1/events", type, JSON.stringify(value));
}

function postLines(lines: readonly string[], type = NDJSON): Promise<Answer> {
  return api.post("/api/v1/events", type, lines.join("\n"));
}

describe("POST /api/v1/events", () => {
  it("takes one event", async () => {
    const { status, body } = await postJson(viewers());
    expect([status, body]).toEqual([202, { accepted: 1, duplicates: 0, rejected: [] }]);
    expect(service.log.records).toHaveLength(1);
  });

  it("F9: gives every event of an array its verdict, and one stops no other", async () => {
    const known = viewers();
    await postJson(known);
    const { status, body } = await postJson([
      known,
      viewers(),
      7,
      viewers({ viewer_count: -1 }),
      viewers({ type: "x" }),
      viewers(),
    ]);
    expect(status).toBe(202);
    expect(body).toMatchObject({
      accepted: 2,
      duplicates: 1,
      rejected: [
        { index: 2, code: "not_an_object" },
        { index: 3, code: "invalid_field" },
        { index: 4, code: "unknown_type" },
      ],
    });
  });

  it.each([NDJSON, "application/jsonl", "application/ndjson", "application/x-ndjson; charset=UTF-8"])(
    "takes lines as %s",
    async (type) => {
      const { status, body } = await postLines([JSON.stringify(viewers()), JSON.stringify(viewers()), ""], type);
      expect([status, body]).toEqual([202, { accepted: 2, duplicates: 0, rejected: [] }]);
    },
  );

  it("F9: counts lines that are not empty, and an unreadable one is a verdict", async () => {
    const good = JSON.stringify(viewers());
    const { status, body } = await postLines(["", good, "  ", "{oops", "\r", `${JSON.stringify(viewers())}\r`, "nul"]);
    expect(status).toBe(202);
    expect(body).toEqual({
      accepted: 2,
      duplicates: 0,
      rejected: [
        { index: 1, code: "invalid_json", detail: "line 4 is not readable as JSON" },
        { index: 3, code: "invalid_json", detail: "line 7 is not readable as JSON" },
      ],
    });
  });

  it("F9: refuses the line that is not UTF-8 and keeps the others", async () => {
    const [first, second] = [viewers(), viewers()].map((event) => Buffer.from(`${JSON.stringify(event)}\n`));
    const body = Buffer.concat([first!, Buffer.from([0x22, 0xff, 0x22, 0x0a]), second!]);
    const answer = await api.post("/api/v1/events", NDJSON, body);
    expect(answer.status).toBe(202);
    expect(answer.body).toEqual({
      accepted: 2,
      duplicates: 0,
      rejected: [{ index: 1, code: "invalid_json", detail: "line 2 is not UTF-8" }],
    });
  });

  it("F10: answers 202 when everything was a duplicate", async () => {
    const event = viewers();
    await postJson(event);
    const { status, body } = await postJson([event, event]);
    expect([status, body]).toEqual([202, { accepted: 0, duplicates: 2, rejected: [] }]);
  });

  it("F10: answers 422 with the verdicts in the error body when everything was refused", async () => {
    const { status, body } = await postJson([viewers({ stream_id: "health" }), null]);
    expect(status).toBe(422);
    expect(body).toMatchObject({
      error: "Unprocessable Entity",
      code: "all_rejected",
      detail: "all 2 events were refused; see rejected",
      accepted: 0,
      duplicates: 0,
      rejected: [
        { index: 0, code: "invalid_field" },
        { index: 1, code: "not_an_object" },
      ],
    });
  });

  it.each(['"text"', "12", "null", "true"])("F10: answers 422 for %s, which is JSON but no event", async (text) => {
    const { status, body } = await api.post("/api/v1/events", "application/json", text);
    expect(status).toBe(422);
    expect(body).toMatchObject({ rejected: [{ index: 0, code: "not_an_object" }] });
  });

  it.each([
    ["application/json", "[]"],
    [NDJSON, ""],
    [NDJSON, "\n \n"],
  ])("answers 422 for a %s body that holds no event", async (type, text) => {
    const { status, body } = await api.post("/api/v1/events", type, text);
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: "no_events", accepted: 0, duplicates: 0, rejected: [] });
  });

  it.each([
    ["text", "not json"],
    ["empty", ""],
    ["cut off", '{"type":"chat"'],
    ["two values", "{} {}"],
    ["no UTF-8", Buffer.from([0x22, 0xff, 0x22])],
  ])("F10: answers 400 for a body that is no JSON: %s", async (_what, text) => {
    const { status, body } = await api.post("/api/v1/events", "application/json", text);
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: "Bad Request", code: "invalid_json" });
  });

  it("F10: names the limit in bytes with 413", async () => {
    const { status, body } = await postJson(viewers({ padding: "x".repeat(20_000) }));
    expect(status).toBe(413);
    expect(body).toMatchObject({ code: "body_too_large", detail: expect.stringContaining("20000 bytes") as string });
    expect(service.log.records).toEqual([]);
  });

  it("F10: counts the bytes of a compressed body after decompression", async () => {
    const bomb = gzipSync(JSON.stringify(viewers({ padding: "x".repeat(1_000_000) })));
    expect(bomb.length).toBeLessThan(5_000);
    const headers = { "Content-Type": "application/json", "Content-Encoding": "gzip" };
    expect((await api.send("POST", "/api/v1/events", { headers, body: bomb })).status).toBe(413);
    const small = gzipSync(JSON.stringify(viewers()));
    expect((await api.send("POST", "/api/v1/events", { headers, body: small })).status).toBe(202);
    expect((await api.send("POST", "/api/v1/events", { headers, body: "not gzip" })).status).toBe(400);
  });

  it("F10: names the number of events that a request may carry with 413 and takes none of them", async () => {
    for (const answer of [
      await postJson(Array.from({ length: 51 }, () => viewers())),
      await postLines(Array.from({ length: 51 }, () => JSON.stringify(viewers()))),
    ]) {
      expect(answer.status).toBe(413);
      expect(answer.body).toMatchObject({
        code: "too_many_events",
        detail: expect.stringContaining("50 events") as string,
      });
    }
    expect(service.log.records).toEqual([]);
    expect((await postJson(Array.from({ length: 50 }, () => viewers()))).status).toBe(202);
  });

  it.each([
    undefined,
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/xml",
    "",
    "application/json; charset=utf-16",
  ])("F10: answers 415 for the type %s and names what is taken", async (type) => {
    // A typed body would bring its own type along.
    const { status, headers, body } = await api.post("/api/v1/events", type, Buffer.from(JSON.stringify(viewers())));
    expect(status).toBe(415);
    expect(body).toMatchObject({ error: "Unsupported Media Type" });
    expect(headers.get("accept-post")).toContain("application/json");
    expect(service.log.records).toEqual([]);
  });

  it("answers 415 for a compression it does not know", async () => {
    const headers = { "Content-Type": "application/json", "Content-Encoding": "compress" };
    const answer = await api.send("POST", "/api/v1/events", { headers, body: "x" });
    expect([answer.status, (answer.body as { code: string }).code]).toEqual([415, "unsupported_encoding"]);
  });

  it("F11: takes null in an optional field for absent and coerces nothing", async () => {
    const chat = { ...viewers(), type: "chat", user_id: "u", username: "u", message: "hi" };
    const answers = await postJson([
      { ...chat, event_id: "null", emotes: null, badges: null, is_subscriber: null, reply_to: null },
      { ...chat, event_id: "coerced-1", is_subscriber: "true" },
      { ...chat, event_id: "coerced-2", emotes: "Kappa" },
      { ...chat, event_id: "unknown", whatever: { nested: [1] } },
    ]);
    expect(answers.body).toMatchObject({ accepted: 2, rejected: [{ index: 1 }, { index: 2 }] });
    expect(service.log.records.every(({ value }) => !value.includes("whatever"))).toBe(true);
  });

  it("is not fooled by keys of prototypes, depth or large numbers", async () => {
    const { status } = await postLines([
      JSON.stringify(viewers()),
      '{"__proto__":{"type":"viewer","event_id":"p","timestamp":1,"stream_id":"alpha","viewer_count":1}}',
      '{"constructor":{"prototype":{"polluted":true}}}',
      '{"type":"viewer","event_id":"big","timestamp":1,"stream_id":"alpha","viewer_count":1e400}',
      `${"[".repeat(4_000)}${"]".repeat(4_000)}`,
    ]);
    expect(status).toBe(202);
    expect(service.log.records).toHaveLength(1);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("answers 503 when the log cannot be reached, so that the client sends again", async () => {
    service.log.failure = new Error("broker kafka-3 is down");
    const { status, text } = await postJson(viewers());
    expect(status).toBe(503);
    expect(text).not.toContain("kafka-3");
    service.log.failure = undefined;
    expect((await postJson(viewers())).status).toBe(202);
  });

  it("refuses pages of other origins unless they are listed", async () => {
    const send = (origin: string): Promise<Answer> => {
      const headers = { "Content-Type": "application/json", Origin: origin };
      return api.send("POST", "/api/v1/events", { headers, body: JSON.stringify(viewers()) });
    };
    expect((await send("https://evil.example")).status).toBe(403);
    expect((await send("null")).status).toBe(403);
    expect((await send(service.url)).status).toBe(202);
    expect(service.log.records).toHaveLength(1);
  });

  it("counts verdicts for Prometheus", async () => {
    await postJson([viewers({ event_id: "same" }), viewers({ event_id: "same" }), 1]);
    const { text } = await api.get("/metrics");
    for (const result of ["accepted", "duplicate", "rejected"]) {
      expect(text).toContain(`telemetra_ingest_events_total{result="${result}"} 1`);
    }
  });
});
