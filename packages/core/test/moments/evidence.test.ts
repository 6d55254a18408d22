import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fingerprint } from "../../src/aggregate/hash.js";
import { StreamChatters } from "../../src/counting/chatters.js";
import { NameTable } from "../../src/counting/name-table.js";
import { StreamSlice } from "../../src/counting/stream-slice.js";
import { StreamTotals } from "../../src/counting/stream-totals.js";
import { evidenceOf, type Stretch } from "../../src/moments/evidence.js";
import { MessageSamples } from "../../src/moments/message-samples.js";
import type { ChatEvent, StreamEvent } from "../../src/records/event.js";

interface Said {
  readonly text: string;
  readonly user?: string;
  readonly emotes?: readonly string[];
}

function chat({ text, user = "u", emotes = [] }: Said, index: number, atMs = index): ChatEvent {
  return {
    type: "chat",
    event_id: `e${index}`,
    timestamp: atMs,
    stream_id: "s",
    user_id: user,
    username: user,
    message: text,
    emotes: emotes.map((name) => ({ name })),
  };
}

function stretch(said: readonly Said[], others: readonly StreamEvent[] = []): Stretch {
  const names = new NameTable();
  const slice = new StreamSlice(new StreamChatters(), names, 0);
  const events = said.map((one, index) => chat(one, index));
  for (const event of events) slice.add(event, fingerprint(event.user_id), undefined, 100);
  for (const event of others) slice.add(event, 0, undefined, 100);
  const samples = events.map(({ timestamp, user_id, message, emotes }) => {
    return { atMs: timestamp, user: user_id, text: message, emotes: emotes.map(({ name }) => name) };
  });
  return { counted: new StreamTotals(names, [slice]), samples };
}

const NOTHING: Stretch = { counted: undefined, samples: [] };
const PASTE = "have you heard the one about the streamer who never looked at the chat";

describe("evidenceOf", () => {
  it("says nothing of nothing", () => {
    expect(evidenceOf(NOTHING, NOTHING, 2_000)).toEqual({
      messages: 0,
      chatters: 0,
      emote_density: 0,
      rate_per_viewer: null,
      sentiment_score: null,
      top_emotes: [],
      top_terms: [],
      sample_messages: [],
      repeated_ratio: 0,
      is_copypasta: false,
    });
  });

  it("lifts what is new above what is always said", () => {
    const before = stretch(Array.from({ length: 20 }, (): Said => ({ text: "hello everybody", emotes: ["Kappa"] })));
    const now = stretch(
      Array.from({ length: 10 }, (): Said => ({ text: "hello clutch", emotes: ["PogChamp", "Kappa"] })).map(
        (said, index) => ({
          ...said,
          user: `u${index}`,
        }),
      ),
    );
    const { top_emotes, top_terms, chatters, emote_density } = evidenceOf(now, before, 2_000);
    expect(top_emotes.map(({ name, count }) => [name, count])).toEqual([
      ["Kappa", 10],
      ["PogChamp", 10],
    ]);
    expect(top_emotes[0]!.lift).toBeCloseTo(1, 1);
    expect(top_emotes[1]!.lift).toBeGreaterThan(30);
    expect(top_terms.map(({ term }) => term)).toEqual(["clutch", "hello"]);
    expect(top_terms[0]!.lift).toBeGreaterThan(10 * top_terms[1]!.lift);
    expect([chatters, emote_density]).toEqual([10, 2]);
  });

  it("shows three messages: the most repeated first, each once, none longer than 200 characters", () => {
    const long = `${"a".repeat(199)}😀😀`;
    const said = ["one", "LUL", "two", "lul", long].map((text) => ({ text }));
    const { sample_messages, repeated_ratio } = evidenceOf(stretch(said), NOTHING, 2_000);
    expect(sample_messages).toEqual(["LUL", "one", "two"]);
    expect(repeated_ratio).toBeCloseTo(1 / 5);
    const [cut] = evidenceOf(stretch([{ text: long }]), NOTHING, 2_000).sample_messages;
    expect(cut!.isWellFormed()).toBe(true);
    expect(cut!.length).toBeLessThanOrEqual(201);
  });

  it("takes a long text from several people for a copypasta, not from one, nor a short one", () => {
    const pasted = (text: string, people: number) =>
      stretch(Array.from({ length: 10 }, (_, index) => ({ text, user: `u${index % people}` })));
    expect(evidenceOf(pasted(PASTE, 5), NOTHING, 2_000).is_copypasta).toBe(true);
    expect(evidenceOf(pasted(PASTE, 1), NOTHING, 2_000).is_copypasta).toBe(false);
    expect(evidenceOf(pasted("LUL", 5), NOTHING, 2_000).is_copypasta).toBe(false);
  });

  it("puts the rate in proportion to the viewers, newest first and those before where there are no newer", () => {
    const now = stretch([{ text: "a" }, { text: "b" }]);
    const before = stretch([], [{ type: "viewer", event_id: "v", timestamp: 0, stream_id: "s", viewer_count: 100 }]);
    expect(evidenceOf(now, before, 4_000).rate_per_viewer).toBe(0.005);
  });
});

describe("MessageSamples", () => {
  it("W3: keeps the same messages whatever their order of arrival, and never more than twelve of a slice", () => {
    const cases = fc
      .array(fc.integer({ min: 0, max: 5_999 }), { maxLength: 80 })
      .chain((times) =>
        fc.tuple(fc.constant(times), fc.shuffledSubarray([...times.keys()], { minLength: times.length })),
      );
    fc.assert(
      fc.property(cases, ([times, order]) => {
        const events = times.map((atMs, index) => chat({ text: `m${index}` }, index, atMs));
        const [straight, mixed] = [new MessageSamples(2_000), new MessageSamples(2_000)];
        for (const event of events) straight.add(event);
        for (const index of order) mixed.add(events[index]!);
        expect(mixed.between(0, 6_000)).toEqual(straight.between(0, 6_000));
        for (const fromMs of [0, 2_000, 4_000]) {
          const kept = straight.between(fromMs, fromMs + 2_000);
          const inside = times.filter((atMs) => atMs >= fromMs && atMs < fromMs + 2_000).sort((a, b) => a - b);
          expect(kept.map(({ atMs }) => atMs)).toEqual(inside.slice(0, 12));
        }
      }),
    );
  });

  it("forgets slices that begin before an instant, and continues from its snapshot", () => {
    const samples = new MessageSamples(2_000);
    for (let index = 0; index < 5; index++) samples.add(chat({ text: "m" }, index, index * 1_000));
    samples.expire(2_000);
    expect(samples.between(0, 10_000).map(({ atMs }) => atMs)).toEqual([2_000, 3_000, 4_000]);
    const again = new MessageSamples(2_000);
    again.restore(JSON.parse(JSON.stringify(samples.snapshot())) as never);
    expect(again.between(0, 10_000)).toEqual(samples.between(0, 10_000));
  });
});
