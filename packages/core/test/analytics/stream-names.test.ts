import { describe, expect, it } from "vitest";
import { fingerprint } from "../../src/aggregate/hash.js";
import { resolveEngineOptions } from "../../src/analytics/engine-options.js";
import { personOf, StreamAnalytics } from "../../src/analytics/stream-analytics.js";
import { InputGates } from "../../src/analytics/stream-clock.js";
import { NameTable } from "../../src/counting/name-table.js";
import { findMoments } from "../../src/moments/stream-moments.js";
import type { ChatEvent } from "../../src/records/event.js";

const SECOND_MS = 1_000;

function openStream(emoteNames: NameTable): StreamAnalytics {
  return new StreamAnalytics("s", {
    options: resolveEngineOptions({ moments: findMoments }),
    gates: new InputGates([]),
    emoteNames,
    onWindow: () => {},
    onMoment: () => {},
    onEnd: () => {},
    onEmotesRefused: () => {},
  });
}

/** Ten messages a second, each with an emote that is new and one that is not. */
function chatFor(stream: StreamAnalytics, fromS: number, toS: number): void {
  for (let tenth = fromS * 10; tenth < toS * 10; tenth++) {
    const id = `${tenth}`;
    const event: ChatEvent = {
      type: "chat",
      event_id: id,
      timestamp: tenth * 100,
      stream_id: "s",
      user_id: `u${tenth % 40}`,
      username: "u",
      message: "",
      emotes: [{ name: `new ${id}` }, { name: "LUL" }],
    };
    stream.push(event, fingerprint(id), personOf(event), undefined, undefined);
  }
}

describe("the names of emotes", () => {
  it("W11: are held for what is remembered, and no longer", () => {
    const names = new NameTable();
    const stream = openStream(names);
    chatFor(stream, 0, 300);
    const held = names.size;
    chatFor(stream, 300, 600);
    expect(held).toBeGreaterThan(500);
    // What windows and watches remember is not the same at every instant.
    expect(names.size).toBeLessThan(held * 1.2);
  });

  it("W11: are all given back when a stream is forgotten, in the middle of its life or after it", () => {
    const names = new NameTable();
    const [first, second] = [openStream(names), openStream(names)];
    chatFor(first, 0, 200);
    chatFor(second, 0, 50);
    second.advance(50 * SECOND_MS);
    second.advance(3_600 * SECOND_MS);
    expect(second.isOver).toBe(true);
    expect(first.isOver).toBe(false);
    first.forget();
    second.forget();
    expect(names.size).toBe(0);
  });

  it("are the same after a restore, which holds them again", () => {
    const names = new NameTable();
    const stream = openStream(names);
    chatFor(stream, 0, 200);
    const others = new NameTable();
    const restored = openStream(others);
    restored.restore(stream.snapshot());
    const { windows, moments } = stream.snapshot();
    expect(restored.snapshot()).toMatchObject({ windows, moments });
    expect(others.size).toBe(names.size);
    restored.forget();
    expect(others.size).toBe(0);
  });
});
