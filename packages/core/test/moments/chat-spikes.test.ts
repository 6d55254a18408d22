import { describe, expect, it } from "vitest";
import { createEngine, parseEvent, type EngineOptions, type EngineSnapshot, type EventInput } from "@telemetra/core";
import { chatAt, listen, onsetOf, poissonChat, secondOf, spikesOf, viewerAt, type Told } from "./arrivals.js";

function steady(fromSecond: number, toSecond: number, perSecond: number): EventInput[] {
  const count = (toSecond - fromSecond) * perSecond;
  return Array.from({ length: count }, (_, index) => {
    const second = fromSecond + index / perSecond;
    return chatAt(second, Math.round(second * 10_000));
  });
}

/** Two messages a second for 200 s, ten a second for 20 s, two a second again. */
const surge = [...steady(0, 200, 2), ...steady(200, 220, 10), ...steady(220, 400, 2)];

function phases(told: readonly Told[]): string[] {
  return told.map(({ phase }) => phase);
}

function opened(told: readonly Told[]): Told[] {
  return told.filter(({ phase }) => phase === "opened");
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

describe("chat spikes in random chats", () => {
  it.each([0.2, 1, 5, 20])("at %d messages/s at most two are found in four hours where there is none", (rate) => {
    let found = 0;
    const runs = 8;
    for (let seed = 0; seed < runs; seed++) {
      const chat = poissonChat({ seed, seconds: 1_800, rateAt: () => rate });
      expect(chat.length).toBeGreaterThan(rate * 1_500);
      found += spikesOf(chat).filter(({ phase }) => phase === "opened").length;
    }
    expect(found).toBeLessThanOrEqual(runs / 4);
  });

  it("W10: each of 48 surges is found once, nine in ten onsets within 2 s, in a median of at most 8 s", () => {
    const errors: number[] = [];
    const delays: number[] = [];
    for (let seed = 0; seed < 48; seed++) {
      const rate = [2, 10, 50][seed % 3]!;
      const ratio = [4, 6][seed % 2]!;
      const onset = 300 + seed * 0.37;
      const rateAt = (second: number) => (second >= onset && second < onset + 25 ? ratio * rate : rate);
      const told = spikesOf(poissonChat({ seed: 100 + seed, seconds: 380, rateAt })).filter(
        (one) => onsetOf(one) > onset - 30,
      );
      expect(phases(told).filter((phase) => phase !== "updated")).toEqual(["opened", "closed"]);
      errors.push(Math.abs(onsetOf(told[0]!) - onset));
      delays.push(told[0]!.second - onset);
    }
    expect(errors.filter((error) => error <= 2).length).toBeGreaterThanOrEqual(0.9 * errors.length);
    expect(Math.max(...errors)).toBeLessThanOrEqual(6);
    expect(median(errors)).toBeLessThanOrEqual(1);
    // Of this, 5 s are the out-of-orderness bound: what came so far apart may still come in another order.
    expect(median(delays)).toBeLessThanOrEqual(8);
    expect(Math.max(...delays)).toBeLessThanOrEqual(15);
  });
});

describe("one episode", () => {
  it("is one moment: the same id from opening to closing, times in order, the reasons of its peak", () => {
    const told = spikesOf(surge);
    expect(phases(told)[0]).toBe("opened");
    expect(phases(told).at(-1)).toBe("closed");
    expect(new Set(told.map(({ moment }) => moment.moment_id)).size).toBe(1);
    const { moment } = told.at(-1)!;
    expect(onsetOf(told[0]!)).toBe(200);
    expect(moment.timestamp <= moment.peaked_at).toBe(true);
    expect(moment.peaked_at <= moment.ended_at!).toBe(true);
    expect(moment.metric_value).toBeGreaterThan(moment.threshold);
    expect(moment.z_score).toBeGreaterThan(3);
    expect(moment.metadata).toMatchObject({ repeated_ratio: expect.any(Number) as number, sample_messages: ["hello"] });
    for (const { moment: open, phase } of told) expect(open.ended_at === null).toBe(phase !== "closed");
  });

  it("stays one while it wavers, and a surge in its cool-down is no other", () => {
    const wavering = [...steady(200, 208, 10), ...steady(208, 212, 2), ...steady(212, 220, 10)];
    expect(opened(spikesOf([...steady(0, 200, 2), ...wavering, ...steady(220, 300, 2)]))).toHaveLength(1);
    const soonAgain = [...steady(200, 210, 10), ...steady(210, 224, 2), ...steady(224, 229, 10)];
    expect(opened(spikesOf([...steady(0, 200, 2), ...soonAgain, ...steady(229, 300, 2)]))).toHaveLength(1);
  });

  it("is followed by another after the cool-down, with an onset and an id of its own", () => {
    const later = [...surge, ...steady(400, 420, 10), ...steady(420, 500, 2)];
    const both = opened(spikesOf(later));
    expect(both.map(onsetOf)).toEqual([200, 400]);
    expect(both[0]!.moment.moment_id).not.toBe(both[1]!.moment.moment_id);
  });

  it("ends with the stream", () => {
    const end: EventInput = {
      type: "stream_meta",
      event_id: "end",
      timestamp: chatAt(212, 0).timestamp,
      stream_id: "s",
      event_type: "stream_end",
    };
    const cut = surge.filter((event) => secondOf(event) < 212);
    const told = spikesOf([...cut, end]);
    expect(phases(told).at(-1)).toBe("closed");
    expect(told.at(-1)!.second).toBe(212);
  });

  it("ends in silence, when the clock moves on alone", () => {
    const told: Told[] = [];
    const engine = createEngine({ scorer: false });
    const second = listen(engine, told);
    const noonMs = chatAt(0, 0).timestamp as number;
    for (const event of surge.filter((one) => secondOf(one) < 215)) {
      second.now = secondOf(event);
      engine.advanceTo(noonMs + second.now * 1000);
      engine.push(event);
    }
    expect(phases(told)).not.toContain("closed");
    engine.advanceTo(noonMs + 240_000);
    expect(phases(told).at(-1)).toBe("closed");
  });
});

describe("what is no spike", () => {
  it("is a wall of messages from one person", () => {
    const flood = steady(200, 220, 10).map((event) => ({ ...event, user_id: "one" }));
    expect(spikesOf([...steady(0, 200, 2), ...flood, ...steady(220, 300, 2)])).toEqual([]);
  });

  it("is a handful of messages after silence", () => {
    expect(spikesOf([chatAt(0, 1), chatAt(1, 2), chatAt(250, 3), chatAt(251, 4), chatAt(251, 5)])).toEqual([]);
  });

  it("is the beginning of a chat, about which nothing is known", () => {
    expect(spikesOf([...steady(0, 5, 1), ...steady(5, 20, 20)])).toEqual([]);
  });
});

describe("W10: a detector waits only for what it reads", () => {
  it("tells at the same event whether or not viewer counts come every 15 s", () => {
    const viewers = Array.from({ length: 26 }, (_, index) => viewerAt(index * 15, 100));
    const both = [...surge, ...viewers].sort((a, b) => secondOf(a) - secondOf(b));
    const alone = spikesOf(surge);
    const beside = spikesOf(both);
    expect(beside.map(({ phase, second }) => [phase, second])).toEqual(
      alone.map(({ phase, second }) => [phase, second]),
    );
    const withoutViewers = ({ moment }: Told) => ({
      ...moment,
      metadata: { ...moment.metadata, rate_per_viewer: null },
    });
    expect(beside.map(withoutViewers)).toEqual(alone.map(withoutViewers));
  });

  it("tells while another input holds every window open", () => {
    const rows: string[] = [];
    const told: Told[] = [];
    const engine = createEngine({ scorer: false });
    const second = listen(engine, told);
    engine.on("window", (row) => rows.push(row.window_start));
    engine.push(viewerAt(1, 100));
    for (const event of surge.filter((one) => secondOf(one) < 215)) {
      second.now = secondOf(event);
      engine.push(event);
    }
    expect(phases(told)[0]).toBe("opened");
    expect(rows).toEqual([]);
  });
});

describe("order, repetition, restart", () => {
  it("W3: any order inside the bound tells the same moments", () => {
    const shuffled = surge
      .map((event, index) => ({ event, arrives: secondOf(event) + ((index * 7_919) % 4_999) / 1000 }))
      .sort((a, b) => a.arrives - b.arrives)
      .map(({ event }) => event);
    expect(shuffled).not.toEqual(surge);
    expect(spikesOf(shuffled).map(({ moment }) => moment)).toEqual(spikesOf(surge).map(({ moment }) => moment));
  });

  it("W7: repeated messages are no spike", () => {
    const repeated = surge
      .filter((event) => secondOf(event) < 200)
      .flatMap((event) => [event, event, event, event, event]);
    expect(spikesOf(repeated)).toEqual([]);
  });

  /** Cuts before, at the beginning of, inside, at the end of and after the episode. */
  const cuts = [300, 399, 401, 420, 440, 470, 500, 560, 599, 601, 620, 700, 780].map((place) =>
    Math.min(place, surge.length),
  );

  it("goes on from a snapshot taken anywhere in an episode as if nothing had happened", () => {
    const whole = spikesOf(surge);
    for (const cut of cuts) {
      const told: Told[] = [];
      let engine = createEngine(OPTIONS);
      let second = listen(engine, told);
      surge.forEach((event, index) => {
        if (index === cut) {
          const snapshot = JSON.parse(JSON.stringify(engine.snapshot())) as EngineSnapshot;
          engine = createEngine({ ...OPTIONS, snapshot });
          second = listen(engine, told);
        }
        second.now = secondOf(event);
        engine.push(event);
      });
      engine.flush();
      expect(told).toEqual(whole);
    }
  });

  it("§6: goes on from a checkpoint and the log, anywhere in an episode, as if nothing had happened", () => {
    const whole = spikesOf(surge);
    for (const cut of cuts) {
      const told: Told[] = [];
      const first = createEngine(OPTIONS);
      let second = listen(first, told);
      surge.slice(0, cut).forEach((event, offset) => {
        second.now = secondOf(event);
        first.push(event, offset);
      });
      const states = JSON.parse(JSON.stringify(first.checkpoint())) as ReturnType<typeof first.checkpoint>;
      const low = Math.min(cut, first.lowPosition("chat"));
      expect(low).toBeGreaterThan(0);

      const resumed = createEngine(OPTIONS);
      second = listen(resumed, told);
      for (const [streamId, state] of states) resumed.resumeStream(streamId, state);
      for (let offset = low; offset < cut; offset++) resumed.replay(parsedOf(surge[offset]!), offset);
      surge.slice(cut).forEach((event, index) => {
        second.now = secondOf(event);
        resumed.push(event, cut + index);
      });
      resumed.flush();
      expect(told).toEqual(whole);
    }
  });
});

const OPTIONS: EngineOptions = { scorer: false };

function parsedOf(event: EventInput) {
  const result = parseEvent(event);
  if (!result.ok) throw new Error(result.error.detail);
  return result.event;
}
