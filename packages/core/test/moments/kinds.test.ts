import { describe, expect, it } from "vitest";
import { createEngine, type EngineOptions, type EventInput, type Moment, type MomentType } from "@telemetra/core";
import { chatAt, NOON_MS, onsetOf, viewerAt } from "./arrivals.js";

const SECOND_MS = 1_000;

/** The moments of a type as they closed, by onset. */
function momentsOf(events: readonly EventInput[], options: EngineOptions = { scorer: false }): Moment[] {
  const engine = createEngine(options);
  const closed: Moment[] = [];
  engine.on("moment", (moment, phase) => {
    if (phase === "closed") closed.push(moment);
  });
  for (const event of inOrder(events)) engine.push(event);
  engine.flush();
  return closed.sort((a, b) => a.timestamp.localeCompare(b.timestamp));
}

function ofType(moments: readonly Moment[], type: MomentType): Moment[] {
  return moments.filter(({ moment_type }) => moment_type === type);
}

function inOrder(events: readonly EventInput[]): EventInput[] {
  return [...events].sort((a, b) => (a.timestamp as number) - (b.timestamp as number));
}

function onset(moment: Moment): number {
  return onsetOf({ moment, phase: "closed", second: 0 });
}

interface Talk {
  readonly perSecond?: number;
  /** So many people take turns. */
  readonly people?: number;
  readonly message?: (index: number) => string;
  readonly emote?: (index: number) => string | undefined;
}

let talks = 0;

/** Steady talk from one second to another. */
function talk(from: number, to: number, { perSecond = 4, people = 200, message, emote }: Talk = {}): EventInput[] {
  talks += 1;
  return Array.from({ length: (to - from) * perSecond }, (_, index) => {
    const name = emote?.(index);
    return chatAt(from + index / perSecond, 0, {
      event_id: `t${talks}-${index}`,
      user_id: `u${index % people}`,
      message: message?.(index) ?? "hello",
      emotes: name === undefined ? [] : [name],
    });
  });
}

function gift(second: number, amount: number, currency = "USD"): EventInput {
  return {
    type: "transaction",
    event_id: `g${second}${currency}`,
    timestamp: NOON_MS + second * SECOND_MS,
    stream_id: "s",
    user_id: "giver",
    username: "giver",
    transaction_type: "donation",
    amount,
    currency,
  };
}

function raidAt(second: number, more: { raiders?: number; from_stream_id?: string } = {}): EventInput {
  const base = { event_id: `r${second}`, timestamp: NOON_MS + second * SECOND_MS, stream_id: "s" };
  return { ...base, type: "stream_meta", event_type: "raid", ...more };
}

function viewers(from: number, to: number, count: number): EventInput[] {
  return Array.from({ length: Math.ceil((to - from) / 15) }, (_, index) => viewerAt(from + index * 15, count));
}

/** One in twenty messages has the emote, in turn with others. */
const sometimes = (index: number): string | undefined =>
  index % 5 === 0 ? ["LUL", "Kappa", "gg", "Pog"][(index / 5) % 4] : undefined;

describe("chat_drop", () => {
  it("is told with its onset when a chat falls silent, and ends when it talks again", () => {
    const [drop, ...more] = ofType(momentsOf([...talk(0, 200), ...talk(240, 300)]), "chat_drop");
    expect(more).toEqual([]);
    expect(onset(drop!)).toBe(200);
    expect(Date.parse(drop!.ended_at!) - NOON_MS).toBeGreaterThanOrEqual(238_000);
    expect(Date.parse(drop!.detected_at) - Date.parse(drop!.timestamp)).toBeLessThanOrEqual(20_000);
    expect([drop!.metric_value, drop!.severity]).toEqual([0, 1]);
    expect(drop!.description).toMatch(/^Chat went quiet for \d+ s: 0 messages\/s instead of the usual 4\.$/);
  });

  it("is not the silence of a chat that hardly speaks, nor a hiccup of a few seconds", () => {
    expect(momentsOf([...talk(0, 400, { perSecond: 0.25 }), ...talk(600, 700, { perSecond: 0.25 })])).toEqual([]);
    expect(momentsOf([...talk(0, 200, { perSecond: 30 }), ...talk(205, 300, { perSecond: 30 })])).toEqual([]);
  });

  it("is not the last words of a stream", () => {
    const end: EventInput = {
      type: "stream_meta",
      event_id: "end",
      timestamp: NOON_MS + 200_300,
      stream_id: "s",
      event_type: "stream_end",
    };
    expect(momentsOf([...talk(0, 200, { perSecond: 30 }), end])).toEqual([]);
  });
});

describe("chat_spike", () => {
  it("is not a slow rise, however high it gets", () => {
    const ramp = Array.from({ length: 60 }, (_, step) =>
      talk(step * 20, step * 20 + 20, { perSecond: 4 + step, people: 5_000 }),
    );
    expect(momentsOf(ramp.flat())).toEqual([]);
  });

  it("is not what three people can flood a chat with for a minute", () => {
    const flood = talk(200, 260, { perSecond: 12, people: 3 });
    expect(momentsOf([...talk(0, 400, { perSecond: 1 }), ...flood])).toEqual([]);
  });

  it("is found in a chat of thousands a second, whose chatters are only estimated, within one slice", () => {
    const busy = { perSecond: 1_000, people: 100_000 };
    const surge = talk(120, 128, { perSecond: 4_000, people: 100_000 }).map((event, index) => ({
      ...event,
      user_id: `n${index}`,
    }));
    const [spike, ...more] = momentsOf([...talk(0, 140, busy), ...surge]);
    expect(more).toEqual([]);
    expect([spike!.moment_type, onset(spike!)]).toEqual(["chat_spike", 120]);
    expect(Date.parse(spike!.detected_at) - Date.parse(spike!.timestamp)).toBe(7_000);
  });

  it("is found in a chat where somebody speaks every twenty seconds, when ten come at once", () => {
    const surge = talk(603, 613, { perSecond: 1 });
    const [spike, ...more] = momentsOf([...talk(0, 700, { perSecond: 0.05 }), ...surge]);
    expect(more).toEqual([]);
    expect(spike!.moment_type).toBe("chat_spike");
    expect(Math.abs(onset(spike!) - 603)).toBeLessThanOrEqual(4);
    expect(spike!.description).toMatch(/out of near silence|times the usual/);
  });

  it("is halved in severity and marked where a text is pasted", () => {
    const surge = (message: string) => [
      ...talk(0, 200),
      ...talk(200, 220, { perSecond: 24, message: () => message }),
      ...talk(220, 300),
    ];
    const [real] = momentsOf(surge("WOW"));
    const [pasted] = momentsOf(surge("have you heard the one about the streamer who never looked at the chat"));
    expect([real!.metadata["is_copypasta"], pasted!.metadata["is_copypasta"]]).toEqual([false, true]);
    expect(pasted!.severity).toBeCloseTo(real!.severity / 2);
  });

  it("is the new normal after five minutes, and no moment any more", () => {
    const [spike, ...more] = momentsOf([...talk(0, 200), ...talk(200, 1_400, { perSecond: 24 })]);
    expect(more).toEqual([]);
    expect(Date.parse(spike!.ended_at!) - Date.parse(spike!.timestamp)).toBe(300_000);
  });

  it("has no past after five minutes without a word", () => {
    const moments = momentsOf([...talk(0, 200, { perSecond: 1 }), ...talk(560, 600, { perSecond: 10 })]);
    expect(ofType(moments, "chat_spike")).toEqual([]);
  });
});

describe("emote_burst", () => {
  it("is one emote from many people; the lesser signs of a chat spike keep quiet", () => {
    const before = talk(0, 200, { emote: sometimes });
    const burst = talk(200, 216, { emote: (index) => (index % 4 === 0 ? undefined : "PogChamp") });
    const [moment, ...more] = momentsOf([...before, ...burst, ...talk(216, 300, { emote: sometimes })]);
    expect(more).toEqual([]);
    expect([moment!.moment_type, moment!.metadata["emote"], onset(moment!)]).toEqual(["emote_burst", "PogChamp", 200]);
    const louder = talk(200, 216, { perSecond: 20, emote: () => "PogChamp" });
    const [spike, ...others] = momentsOf([...before, ...louder, ...talk(216, 300, { emote: sometimes })]);
    expect(others).toEqual([]);
    expect(spike!.moment_type).toBe("chat_spike");
    expect(spike!.metadata).toMatchObject({ top_emotes: [{ name: "PogChamp", lift: expect.any(Number) as number }] });
  });

  it("is not an emote that is always there, nor a wall of it from a few", () => {
    const always = (index: number) => (index % 2 === 0 ? "LUL" : undefined);
    expect(momentsOf(talk(0, 400, { emote: always }))).toEqual([]);
    const wall = talk(200, 216, { people: 4, emote: () => "PogChamp" });
    expect(momentsOf([...talk(0, 200, { emote: sometimes }), ...wall])).toEqual([]);
  });
});

describe("sentiment_shift", () => {
  const mood = (from: number, to: number, message: string, people = 200) =>
    talk(from, to, { people, message: () => message });

  it("is a chat that turns, and tells which way", () => {
    const events = [
      ...mood(0, 300, "this is good"),
      ...mood(300, 340, "this is terrible"),
      ...mood(340, 400, "this is good"),
    ];
    const [shift, ...more] = momentsOf(events, {});
    expect(more).toEqual([]);
    expect(shift!.moment_type).toBe("sentiment_shift");
    expect(Math.abs(onset(shift!) - 300)).toBeLessThanOrEqual(12);
    expect(shift!.metric_value).toBeLessThan(0);
    expect(shift!.description).toMatch(/^The mood turned darker: -0\.\d\d instead of the usual 0\.44\.$/);
  });

  it("is not the mood of a few", () => {
    expect(momentsOf([...mood(0, 300, "this is good"), ...mood(300, 340, "this is terrible", 5)], {})).toEqual([]);
  });
});

describe("viewer_spike and viewer_drop", () => {
  it("are a jump and a fall of a third, told with what was usual", () => {
    const moments = momentsOf([...viewers(0, 300, 1_000), ...viewers(300, 420, 1_600), ...viewers(420, 900, 1_000)]);
    expect(moments[0]).toMatchObject({ moment_type: "viewer_spike", description: "Viewers rose from 1000 to 1600." });
    const [drop] = ofType(momentsOf([...viewers(0, 300, 1_000), ...viewers(300, 420, 500)]), "viewer_drop");
    expect(drop).toMatchObject({ description: "Viewers fell from 1000 to 500.", metric_value: 500, severity: 0.5 });
    expect(onset(drop!)).toBe(300);
  });

  it("are not the first counts, nor a handful more or fewer of a small audience", () => {
    expect(momentsOf([...viewers(0, 30, 10), ...viewers(30, 600, 1_000)])).toEqual([]);
    expect(momentsOf([...viewers(0, 300, 10), ...viewers(300, 420, 25), ...viewers(420, 600, 3)])).toEqual([]);
  });
});

describe("revenue_spike", () => {
  const small = Array.from({ length: 10 }, (_, index) => gift(index * 60, 2));

  it("is much more than usual within a minute, each currency by itself", () => {
    const moments = momentsOf([...small, gift(610, 30), gift(620, 40), gift(615, 30, "EUR"), gift(700, 2)]);
    expect(moments.map(({ moment_type, metadata }) => [moment_type, metadata["currency"]])).toEqual([
      ["revenue_spike", "USD"],
      ["revenue_spike", "EUR"],
    ]);
    expect(moments[0]).toMatchObject({ metric_value: 70, metadata: { baseline: expect.closeTo(2, 0) as number } });
    expect(onset(moments[0]!)).toBe(610);
  });

  it("is two moments where two currencies begin at once", () => {
    const ids = momentsOf([...small, gift(610, 50), gift(610, 50, "EUR"), gift(800, 1)]).map(
      ({ moment_id }) => moment_id,
    );
    expect(new Set(ids).size).toBe(2);
  });

  it("is not a large gift among large gifts, nor a small one out of nothing", () => {
    const large = Array.from({ length: 20 }, (_, index) => gift(index * 60, 50));
    expect(
      ofType(momentsOf([...large, gift(1_210, 60)]), "revenue_spike").filter((moment) => onset(moment) > 300),
    ).toEqual([]);
    expect(momentsOf([gift(0, 1), gift(400, 5)])).toEqual([]);
  });
});

describe("raid", () => {
  const surge = talk(300, 320, { perSecond: 24, people: 5_000 });
  const chat = [...talk(0, 300), ...surge, ...talk(320, 460)];
  const jump = [...viewers(0, 300, 400), ...viewers(300, 460, 900)];

  it("is told by its event at once, once, and explains why the viewers jump", () => {
    const moments = momentsOf([...chat, ...jump, raidAt(300, { raiders: 500, from_stream_id: "neighbour" })]);
    expect(moments.map(({ moment_type }) => moment_type).sort()).toEqual(["chat_spike", "raid"]);
    const [raid] = ofType(moments, "raid");
    expect(raid).toMatchObject({
      description: "Raid by neighbour with 500 viewers.",
      timestamp: raid!.detected_at,
      metric_value: 500,
      metadata: { recognised_by: "event", from_stream_id: "neighbour" },
    });
  });

  it("is recognised by its shape: viewers jump and chat bursts", () => {
    const [raid, ...more] = ofType(momentsOf([...chat, ...jump]), "raid");
    expect(more).toEqual([]);
    expect(raid).toMatchObject({ metric_value: 500, metadata: { recognised_by: "shape" } });
    expect(onset(raid!)).toBe(300);
  });

  it("is not either half alone, nor both minutes apart", () => {
    expect(ofType(momentsOf(chat), "raid")).toEqual([]);
    expect(ofType(momentsOf(jump), "raid")).toEqual([]);
    const later = [...viewers(0, 390, 400), ...viewers(390, 460, 900)];
    expect(ofType(momentsOf([...chat, ...later]), "raid")).toEqual([]);
  });

  it("is one for each channel where two come at the same instant", () => {
    const both = [
      raidAt(100, { from_stream_id: "one" }),
      { ...raidAt(100, { from_stream_id: "two" }), event_id: "other" },
    ];
    const raids = ofType(momentsOf([...talk(0, 200), ...both]), "raid");
    expect(new Set(raids.map(({ moment_id }) => moment_id)).size).toBe(2);
  });

  it("W11: does not gather up when somebody sends hundreds", () => {
    const many = Array.from({ length: 300 }, (_, index) => ({ ...raidAt(100 + index / 100), event_id: `m${index}` }));
    const engine = createEngine({ scorer: false });
    const phases: string[] = [];
    engine.on("moment", (_, phase) => phases.push(phase));
    for (const event of inOrder([...talk(0, 110), ...many])) engine.push(event);
    expect(phases.filter((phase) => phase === "opened")).toHaveLength(300);
    expect(JSON.stringify(engine.checkpoint()).length).toBeLessThan(8_000);
    engine.flush();
    expect(phases.filter((phase) => phase === "closed")).toHaveLength(300);
  });
});

describe("W11: the state of a stream", () => {
  it("stays small in a checkpoint, whatever is said", () => {
    const engine = createEngine({ scorer: false });
    const words = (index: number) => `${"x".repeat(1_900)}${index}`;
    const events = talk(0, 600, { perSecond: 10, message: words, emote: (index) => `emote-${index % 5_000}` });
    for (const event of events) engine.push(event);
    const [[, state]] = engine.checkpoint() as unknown as [[string, { moments: unknown }]];
    expect(JSON.stringify(state.moments).length).toBeLessThan(6_000);
  });
});
