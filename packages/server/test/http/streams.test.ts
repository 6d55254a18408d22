import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ApiClient, type Answer } from "../support/api-client.js";
import { startFakeService, type FakeService } from "../support/fake-service.js";
import { makeMoment, makeRow } from "../support/records.js";

let service: FakeService;
let api: ApiClient;

beforeAll(async () => {
  service = await startFakeService();
  api = await ApiClient.connect(service.url);
});

afterAll(() => service.close());

beforeEach(() => {
  const { store } = service;
  store.failure = undefined;
  for (const list of [store.streams, store.rows, store.moments]) list.splice(0);
});

function ids(answer: Answer): unknown[] {
  return (answer.body as { stream_id: string }[]).map(({ stream_id: id }) => id);
}

/** Follows `rel="next"` until the end. */
async function readAll(path: string): Promise<Answer[]> {
  const pages = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const page = await api.get(next);
    pages.push(page);
    next = /^<([^>]+)>; rel="next"$/.exec(page.headers.get("link") ?? "")?.[1];
    expect(pages.length).toBeLessThan(50);
  }
  return pages;
}

describe("GET /api/v1/streams", () => {
  it("F14: lists streams by stream_id, page by page", async () => {
    for (const id of ["delta", "alpha", "charlie", "bravo", "echo"]) service.store.addStream(id);
    const pages = await readAll("/api/v1/streams?limit=2");
    expect(pages.map(ids)).toEqual([["alpha", "bravo"], ["charlie", "delta"], ["echo"]]);
  });

  it("names no next page after a last one that is full", async () => {
    for (const id of ["a", "b"]) service.store.addStream(id);
    const page = await api.get("/api/v1/streams?limit=2");
    expect([ids(page), page.headers.get("link")]).toEqual([["a", "b"], null]);
  });

  it("lists 100 unless told otherwise, and nothing as []", async () => {
    expect((await api.get("/api/v1/streams")).body).toEqual([]);
    for (let i = 0; i < 120; i++) service.store.addStream(`stream-${i}`);
    expect(ids(await api.get("/api/v1/streams"))).toHaveLength(100);
    expect(ids(await api.get("/api/v1/streams?limit=500"))).toHaveLength(120);
  });

  it.each([
    "limit=0",
    "limit=501",
    "limit=1e2",
    "limit=%2B5",
    "limit=",
    "limit=1&limit=2",
    "limit=5.0",
    "offset=-1",
    "offset=x",
  ])("refuses ?%s with 422", async (query) => {
    const { status, body } = await api.get(`/api/v1/streams?${query}`);
    expect(status).toBe(422);
    expect(body).toMatchObject({ error: "Unprocessable Entity", code: "invalid_parameter" });
  });

  it("names every bad parameter at once", async () => {
    const { body } = await api.get("/api/v1/streams?limit=0&offset=-1");
    expect((body as { detail: string }).detail).toMatch(/limit must be .* offset must be /);
  });

  it("takes no notice of parameters it does not know", async () => {
    expect((await api.get("/api/v1/streams?_=123")).status).toBe(200);
  });
});

describe("GET /api/v1/streams/{stream_id}", () => {
  it("gives the stream, unknown things as null", async () => {
    service.store.addStream("alpha", { title: "A title", is_live: true, viewer_count: 3 });
    const { status, body } = await api.get("/api/v1/streams/alpha");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      stream_id: "alpha",
      title: "A title",
      is_live: true,
      viewer_count: 3,
      streamer_name: null,
    });
  });

  it.each(["nobody", "health", "a%20b", "%2e%2e%2f", "a%00b", "ALPHA", `${"x".repeat(129)}`])(
    "F13, F16: answers 404 for %s in every place that takes a stream",
    async (id) => {
      service.store.addStream("alpha");
      for (const rest of ["", "/metrics", "/moments", "/stats"]) {
        const { status, body } = await api.get(`/api/v1/streams/${id}${rest}`);
        expect([rest, status, (body as { code: string }).code]).toEqual([rest, 404, "stream_not_found"]);
      }
    },
  );
});

describe("GET /api/v1/streams/{stream_id}/metrics", () => {
  it("answers [] for a known stream without data", async () => {
    service.store.addStream("alpha");
    const answer = await api.get("/api/v1/streams/alpha/metrics");
    expect([answer.status, answer.body]).toEqual([200, []]);
  });

  it("F14: gives newest first with start_time <= window_end < end_time", async () => {
    service.store.addStream("alpha");
    for (let i = 0; i < 6; i++) service.store.rows.push(makeRow({ startMs: i * 60_000 }));
    const query = "start_time=1970-01-01T00:02:00Z&end_time=1970-01-01T01:05:00%2B01:00";
    const { body } = await api.get(`/api/v1/streams/alpha/metrics?${query}`);
    expect((body as { timestamp: string }[]).map(({ timestamp }) => timestamp.slice(11, 16))).toEqual([
      "00:04",
      "00:03",
      "00:02",
    ]);
  });

  it("F14: pages by cursor without a gap or a repeat and keeps the other parameters", async () => {
    service.store.addStream("alpha");
    for (let i = 0; i < 10; i++) service.store.rows.push(makeRow({ startMs: i * 60_000 }));
    const pages = await readAll("/api/v1/streams/alpha/metrics?limit=3&start_time=1970-01-01T00:02:00Z");
    const minutes = pages.map((page) =>
      (page.body as { timestamp: string }[]).map(({ timestamp }) => Number(timestamp.slice(14, 16))),
    );
    expect(minutes).toEqual([
      [10, 9, 8],
      [7, 6, 5],
      [4, 3, 2],
    ]);
  });

  it.each([
    "limit=1001",
    "start_time=1970-01-01",
    "start_time=1970-01-01T00:00:00",
    "start_time=1970-02-30T00:00:00Z",
    "start_time=0",
    "end_time=now",
    "end_time=1970-01-01T00:00:00+01:00",
    "start_time=1970-01-02T00:00:00Z&end_time=1970-01-01T00:00:00Z",
    "cursor=",
    `cursor=${"x".repeat(1_001)}`,
  ])("F14: refuses ?%s with 422", async (query) => {
    service.store.addStream("alpha");
    const { status, body } = await api.get(`/api/v1/streams/alpha/metrics?${query}`);
    expect([status, (body as { code: string }).code]).toEqual([422, "invalid_parameter"]);
  });

  it("refuses a cursor that was not given out with 422", async () => {
    service.store.addStream("alpha");
    const { status, body } = await api.get("/api/v1/streams/alpha/metrics?cursor=made-up");
    expect([status, (body as { code: string }).code]).toEqual([422, "invalid_cursor"]);
  });

  it("takes an empty range for what it is", async () => {
    service.store.addStream("alpha");
    service.store.rows.push(makeRow());
    const query = "start_time=1970-01-01T00:01:00Z&end_time=1970-01-01T00:01:00Z";
    const answer = await api.get(`/api/v1/streams/alpha/metrics?${query}`);
    expect([answer.status, answer.body]).toEqual([200, []]);
  });
});

describe("GET /api/v1/streams/{stream_id}/moments", () => {
  it("gives moments of one type on request", async () => {
    service.store.addStream("alpha");
    service.store.moments.push(makeMoment({ number: 1 }), makeMoment({ number: 2, moment_type: "raid", atMs: 1_000 }));
    expect((await api.get("/api/v1/streams/alpha/moments")).body).toHaveLength(2);
    expect((await api.get("/api/v1/streams/alpha/moments?moment_type=raid")).body).toMatchObject([
      { moment_type: "raid" },
    ]);
  });

  it.each(["moment_type=spike", "moment_type=", "moment_type=RAID", "limit=201"])(
    "refuses ?%s with 422",
    async (query) => {
      service.store.addStream("alpha");
      expect((await api.get(`/api/v1/streams/alpha/moments?${query}`)).status).toBe(422);
    },
  );
});

describe("GET /api/v1/streams/{stream_id}/stats", () => {
  it("gives the totals", async () => {
    service.store.addStream("alpha");
    service.store.rows.push(makeRow({ chat_count: 6 }));
    expect((await api.get("/api/v1/streams/alpha/stats")).body).toMatchObject({ stream_id: "alpha", messages: 6 });
  });
});

describe("without its database", () => {
  it("answers 503 with Retry-After and tells nothing of what went wrong", async () => {
    service.store.failure = new Error("connect ECONNREFUSED 10.1.2.3:5432 as user root");
    for (const path of ["", "/alpha", "/alpha/metrics", "/alpha/moments", "/alpha/stats"]) {
      const { status, headers, text, body } = await api.get(`/api/v1/streams${path}`);
      expect([status, headers.get("retry-after")]).toEqual([503, "2"]);
      expect(body).toMatchObject({ code: "temporarily_unavailable" });
      expect(text).not.toMatch(/ECONNREFUSED|10\.1|root/);
    }
  });

  it("answers 500 for a mistake of ours and tells as little", async () => {
    service.store.failure = new TypeError("cannot read properties of undefined (reading 'secret')");
    const { status, text, body } = await api.get("/api/v1/streams");
    expect(status).toBe(500);
    expect(body).toMatchObject({ error: "Internal Server Error", code: "internal_error" });
    expect(text).not.toMatch(/secret|undefined|at /);
  });
});
