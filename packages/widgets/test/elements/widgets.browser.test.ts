import { afterEach, describe, expect, it, vi } from "vitest";
import { UNKNOWN } from "../../src/render/format-number.js";
import { NOON_MS, someMetrics, someMoment, UNKNOWN_METRICS } from "../support/frames.js";
import { mount, shownText } from "../support/mount.js";
import { playPast, SCENES, type SceneName } from "../support/scenes.js";

const TAGS = ["tm-pulse-bar", "tm-chat-flow", "tm-emote-cloud", "tm-moments-timeline"] as const;
const SIZE = { width: 900, height: 320 };

afterEach(() => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

describe.each(TAGS)("<%s>", (tag) => {
  it("says that it is connecting before the first numbers", async () => {
    const { store, widget, drawn } = await mount(tag, {}, SIZE);
    store.setState("connecting");
    await drawn();
    expect(shownText(widget)).toContain("Connecting");
    expect(widget.matches(":state(connecting)")).toBe(true);
  });

  it("shows no sign while it is live", async () => {
    const { store, widget, drawn } = await mount(tag, {}, SIZE);
    playPast(store);
    await drawn();
    expect(widget.shadowRoot?.querySelector(".signal")).toBeNull();
    expect(widget.matches(":state(live)")).toBe(true);
  });

  it.each([
    ["stale", "Stale"],
    ["waiting", "Reconnecting"],
    ["offline", "Offline"],
    ["ended", "Ended"],
  ] as const)("keeps the last numbers and shows a sign when the connection is %s", async (state, word) => {
    const { store, widget, drawn } = await mount(tag, {}, SIZE);
    playPast(store);
    await drawn();
    const before = shownText(widget);
    store.setState(state);
    await drawn();
    expect(widget.shadowRoot?.querySelector(".signal")?.textContent).toBe(word);
    expect(shownText(widget)).toContain(before.split(" ").at(-1));
  });

  it("changes nothing in the page when the same frame comes again", async () => {
    const { store, widget, drawn } = await mount(tag, {}, SIZE);
    const stream = playPast(store);
    const frame = stream.advance(0).at(-1);
    if (frame?.type !== "metrics") throw new Error("no frame");
    store.apply(frame);
    await drawn();
    await vi.waitFor(() => expect(document.getAnimations()).toEqual([]), { timeout: 2_000 });
    const mutations: MutationRecord[] = [];
    const observer = new MutationObserver((records) => mutations.push(...records));
    observer.observe(widget.shadowRoot ?? widget, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
    store.apply(frame);
    store.apply({ ...frame, offset: frame.offset + 1 });
    await drawn();
    mutations.push(...observer.takeRecords());
    observer.disconnect();
    expect(mutations.map(({ type, target }) => `${type} ${target.nodeName}`)).toEqual([]);
  });

  it("survives frames with nothing known", async () => {
    const { store, widget, drawn } = await mount(tag, {}, SIZE);
    store.setState("live");
    store.apply(UNKNOWN_METRICS);
    await drawn();
    expect(shownText(widget)).not.toMatch(/(^|\s)0(\s|$)|NaN|undefined|null/);
  });

  it("goes on after being moved, without another connection", async () => {
    const { source, store, widget, drawn } = await mount(tag, {}, SIZE);
    let feedCount = 0;
    source.createFeed = () => {
      feedCount += 1;
      return { start: () => undefined, stop: () => undefined };
    };
    playPast(store);
    const shelf = document.createElement("div");
    document.body.append(shelf);
    shelf.append(source);
    await drawn();
    store.setState("stale");
    await drawn();
    expect(feedCount).toBe(0);
    expect(widget.matches(":state(stale)")).toBe(true);
  });

  it("does not grow over an hour of frames", async () => {
    const { store, widget, drawn } = await mount(tag, {}, SIZE);
    const stream = playPast(store);
    const countNodes = () => widget.shadowRoot?.querySelectorAll("*").length ?? 0;
    const counts: number[] = [];
    for (let minute = 0; minute < 60; minute++) {
      for (let step = 0; step < 10; step++) for (const message of stream.advance(6)) store.apply(message);
      await drawn();
      counts.push(countNodes());
    }
    const average = (part: readonly number[]) => part.reduce((sum, count) => sum + count, 0) / part.length;
    expect(average(counts.slice(40))).toBeLessThanOrEqual(average(counts.slice(0, 20)) * 1.2);
  });

  it("fires tm-moment and tm-state on itself", async () => {
    const { store, widget } = await mount(tag, {}, SIZE);
    const heard: string[] = [];
    widget.addEventListener("tm-moment", ({ moment, phase }) => heard.push(`${moment.moment_id} ${phase}`));
    widget.addEventListener("tm-state", ({ state }) => heard.push(state));
    store.setState("live");
    const moment = someMoment({ moment_id: "m" });
    store.apply({ type: "moment", stream_id: "s", epoch: "1", offset: 1, phase: "opened", moment });
    expect(heard).toEqual(["live", "m opened"]);
  });

  it("has a name for readers who cannot see it", async () => {
    const { store, widget, drawn } = await mount(tag, {}, SIZE);
    playPast(store);
    await drawn();
    const named = widget.shadowRoot?.querySelectorAll('[role="img"][aria-label], [role="log"][aria-label]');
    expect(named?.length).toBeGreaterThan(0);
    for (const element of named ?? []) expect(element.getAttribute("aria-label")).not.toBe("");
  });

  it.each(Object.keys(SCENES) as SceneName[])("fits its container from a phone to a wide source: %s", async (scene) => {
    for (const width of [300, 390, 620, 960, 1_920]) {
      const { store, widget, drawn } = await mount(tag, {}, { width, height: 400 });
      SCENES[scene](store);
      await drawn();
      const root = widget.shadowRoot?.querySelector(".root");
      expect(root?.scrollWidth).toBeLessThanOrEqual(width);
      expect(Math.round(widget.getBoundingClientRect().width)).toBe(width);
    }
  });
});

describe("<tm-pulse-bar>", () => {
  it("shows unknown numbers as –, never as 0", async () => {
    const { store, widget, drawn } = await mount("tm-pulse-bar");
    store.setState("live");
    store.apply(UNKNOWN_METRICS);
    await drawn();
    const values = [...(widget.shadowRoot?.querySelectorAll(".value") ?? [])].map((element) => element.textContent);
    expect(values).toEqual([UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN]);
    expect(widget.shadowRoot?.querySelector("[role=img]")?.ariaLabel).toContain("viewers unknown");
  });

  it("shows rate, viewers, mood and trend", async () => {
    const { store, widget, drawn } = await mount("tm-pulse-bar");
    store.setState("live");
    store.apply(someMetrics({ chat_rate: 4.2, viewer_count: 12_345, sentiment_score: 0.4, chat_rate_baseline: 2.1 }));
    await drawn();
    const text = shownText(widget);
    for (const shown of ["4.2", "12.3K", "Great", "2.0×"]) expect(text).toContain(shown);
  });

  it("counts per minute when asked to", async () => {
    const { store, widget, drawn } = await mount("tm-pulse-bar", { "rate-unit": "minute" });
    store.setState("live");
    store.apply(someMetrics({ chat_rate: 0.5 }));
    await drawn();
    expect(shownText(widget)).toContain("msg/min 30.0");
  });

  it("writes numbers in the language of the page", async () => {
    const { store, widget, drawn } = await mount("tm-pulse-bar", { lang: "de" });
    store.apply(someMetrics({ viewer_count: 9_876 }));
    await drawn();
    expect(shownText(widget)).toContain("9.876");
  });

  it("turns its edge while chat is above the threshold", async () => {
    const { store, widget, drawn } = await mount("tm-pulse-bar");
    store.apply(someMetrics({ chat_rate: 7, chat_rate_threshold: 6 }));
    await drawn();
    expect(widget.shadowRoot?.querySelector("[data-busy]")).not.toBeNull();
  });

  it("keeps its width when numbers grow a digit", async () => {
    const { store, widget, drawn } = await mount("tm-pulse-bar", {}, { width: 1_240 });
    const edges = async (offset: number, viewers: number, rate: number) => {
      store.apply(someMetrics({ offset, viewer_count: viewers, chat_rate: rate }));
      await drawn();
      return [...(widget.shadowRoot?.querySelectorAll(".label") ?? [])].map(
        (label) => label.getBoundingClientRect().left,
      );
    };
    expect(await edges(2, 999, 0.5)).toEqual(await edges(3, 12_300, 12.4));
  });
});

describe("<tm-chat-flow>", () => {
  it("draws line, levels and pins inside the drawing", async () => {
    const { store, widget, drawn } = await mount("tm-chat-flow", { minutes: "10" }, { width: 900, height: 320 });
    playPast(store);
    await drawn();
    const root = widget.shadowRoot;
    expect(root?.querySelector(".line")?.getAttribute("d")).toMatch(/^M[\d.]+ [\d.]+L/);
    expect(root?.querySelector(".baseline")).not.toBeNull();
    expect(root?.querySelector(".threshold")).not.toBeNull();
    expect(root?.querySelectorAll("[data-moment]").length).toBeGreaterThan(2);
  });

  it.each([
    ["with a finite animation of a transform", false, 1],
    ["not at all when less motion is asked for", true, 0],
  ])("slides %s when time goes on", async (_how, matches, count) => {
    vi.spyOn(globalThis, "matchMedia").mockReturnValue({ matches } as MediaQueryList);
    const { store, widget, drawn } = await mount("tm-chat-flow", { minutes: "1" }, { width: 900, height: 320 });
    const stream = playPast(store);
    await drawn();
    for (const message of stream.advance(2)) store.apply(message);
    await (widget as unknown as { updateComplete: Promise<boolean> }).updateComplete;
    const animations = widget.shadowRoot?.querySelector(".flow")?.getAnimations() ?? [];
    expect(animations).toHaveLength(count);
    for (const { effect } of animations) expect(effect?.getComputedTiming().endTime).toBeLessThanOrEqual(400);
  });

  it("waits for chat when there is none, with its levels unknown", async () => {
    const { store, widget, drawn } = await mount("tm-chat-flow", {}, { width: 900, height: 320 });
    store.setState("live");
    store.apply(UNKNOWN_METRICS);
    await drawn();
    expect(shownText(widget)).toContain("Waiting for chat");
    expect(widget.shadowRoot?.querySelector(".baseline")).toBeNull();
  });

  it("takes nonsense for its default of five minutes and keeps within one and ten", async () => {
    for (const [minutes, mark] of [
      ["x", "−4 min"],
      ["99", "−8 min"],
      ["-3", "−0.5 min"],
    ] as const) {
      const { store, widget, drawn } = await mount("tm-chat-flow", { minutes }, { width: 900, height: 320 });
      playPast(store);
      await drawn();
      expect(shownText(widget)).toContain(mark);
    }
  });
});

describe("<tm-emote-cloud>", () => {
  const PICTURE = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30"/>')}`;

  it("draws pictures where an address is known and words where none is or where it does not load", async () => {
    const { store, widget, drawn } = await mount("tm-emote-cloud", {}, { width: 600, height: 400 });
    const top_emotes = [
      { name: "pic", count: 9, url: PICTURE },
      { name: "broken", count: 8, url: "data:image/png,nonsense" },
      { name: "word", count: 7 },
      { name: "evil", count: 6, url: "javascript:alert(1)" },
    ];
    store.setState("live");
    store.apply(someMetrics({ top_emotes }));
    await drawn();
    await vi.waitFor(() => expect(widget.shadowRoot?.querySelectorAll(".chip")).toHaveLength(3));
    const picture = widget.shadowRoot?.querySelector<HTMLElement>('[data-name="pic"]');
    expect(picture?.querySelector("img")).not.toBeNull();
    await vi.waitFor(() => expect(picture?.style.inlineSize).toBe("128px"));
  });

  it("keeps every emote where it is while counts jitter by 10 %", async () => {
    const { store, widget, drawn } = await mount("tm-emote-cloud", {}, { width: 600, height: 400 });
    const emotes = Array.from({ length: 10 }, (_, index) => ({ name: `e${index}`, count: 200 - 18 * index }));
    const places = () =>
      [...(widget.shadowRoot?.querySelectorAll<HTMLElement>(".emote") ?? [])].map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return { name: element.dataset["name"] ?? "", x: x + width / 2, y: y + height / 2, width, height };
      });
    store.setState("live");
    store.apply(someMetrics({ top_emotes: emotes }));
    await drawn();
    await vi.waitFor(() => expect(document.getAnimations()).toEqual([]), { timeout: 2_000 });
    const before = new Map(places().map((place) => [place.name, place]));
    expect(before.size).toBe(10);
    for (let offset = 2; offset < 12; offset++) {
      const top_emotes = emotes.map(({ name, count }, index) => ({
        name,
        count: Math.round(count * ((index + offset) % 2 === 0 ? 0.9 : 1.1)),
      }));
      store.apply(someMetrics({ offset, timestamp: new Date(NOON_MS + offset * 1_500).toISOString(), top_emotes }));
      await drawn();
    }
    await vi.waitFor(() => expect(document.getAnimations()).toEqual([]), { timeout: 2_000 });
    const after = places();
    const moves = after.map(({ name, x, y }) =>
      Math.hypot(x - (before.get(name)?.x ?? 0), y - (before.get(name)?.y ?? 0)),
    );
    expect(moves.reduce((sum, move) => sum + move, 0) / moves.length).toBeLessThanOrEqual(4);
    for (const [index, left] of after.entries()) {
      for (const right of after.slice(index + 1)) {
        const isApart =
          Math.abs(left.x - right.x) * 2 >= left.width + right.width - 0.5 ||
          Math.abs(left.y - right.y) * 2 >= left.height + right.height - 0.5;
        expect(isApart, `${left.name} and ${right.name}`).toBe(true);
      }
    }
  });

  it("takes emotes away a while after they were last used", async () => {
    const { store, widget, drawn } = await mount("tm-emote-cloud", {}, { width: 600, height: 400 });
    store.setState("live");
    store.apply(someMetrics({ top_emotes: [{ name: "once", count: 3 }] }));
    for (let offset = 2; offset < 8; offset++) store.apply(someMetrics({ offset }));
    await drawn();
    await vi.waitFor(() => expect(widget.shadowRoot?.querySelectorAll(".emote")).toHaveLength(0));
    expect(shownText(widget)).toContain("No emotes in the last minute");
  });
});

describe("<tm-moments-timeline>", () => {
  it("tells kind, sentence, age by the stream's clock, severity and emotes", async () => {
    const { store, widget, drawn } = await mount("tm-moments-timeline", {}, { width: 560 });
    store.setState("live");
    store.apply(someMetrics());
    const metadata = { top_emotes: [{ name: "GG", count: 12 }] };
    store.addMoments([someMoment({ severity: 0.6, metadata })]);
    await drawn();
    const text = shownText(widget);
    for (const shown of ["Chat spike", "1 min ago", "three times as fast", "GG", "12"]) expect(text).toContain(shown);
    expect(widget.shadowRoot?.querySelectorAll("[data-lit]")).toHaveLength(3);
  });

  it("marks a moment that goes on and lets it grow with the stream's clock", async () => {
    const { store, widget, drawn } = await mount("tm-moments-timeline", {}, { width: 560 });
    store.setState("live");
    store.apply(someMetrics());
    const timestamp = new Date(NOON_MS - 12_000).toISOString();
    const moment = someMoment({ timestamp, ended_at: null });
    store.apply({ type: "moment", stream_id: "s", epoch: "1", offset: 2, phase: "opened", moment });
    await drawn();
    expect(widget.shadowRoot?.querySelector(".on")?.textContent).toBe("12 s");
    store.apply(someMetrics({ offset: 3, timestamp: new Date(NOON_MS + 3_000).toISOString() }));
    await drawn();
    expect(widget.shadowRoot?.querySelector(".on")?.textContent).toBe("15 s");
  });

  it("lists the newest first, as many as asked", async () => {
    const { store, widget, drawn } = await mount("tm-moments-timeline", { max: "2" }, { width: 560 });
    const moments = [3, 1, 2].map((minute) =>
      someMoment({ moment_id: `m${minute}`, timestamp: new Date(NOON_MS - minute * 60_000).toISOString() }),
    );
    store.addMoments(moments);
    await drawn();
    const cards = [...(widget.shadowRoot?.querySelectorAll<HTMLElement>(".card") ?? [])];
    expect(cards.map(({ dataset }) => dataset["moment"])).toEqual(["m1", "m2"]);
  });

  it("draws a kind that it does not know, and text as text", async () => {
    const { store, widget, drawn } = await mount("tm-moments-timeline", {}, { width: 560 });
    const description = "<img src=x onerror=alert(1)>";
    store.addMoments([someMoment({ moment_type: "eclipse" as "raid", description })]);
    await drawn();
    expect(shownText(widget)).toContain("Moment");
    expect(widget.shadowRoot?.querySelector(".text")?.textContent).toBe(description);
    expect(widget.shadowRoot?.querySelector(".text img")).toBeNull();
  });

  it("shows only whole cards in a box that is too low for all", async () => {
    const { store, widget, drawn } = await mount("tm-moments-timeline", { max: "10" }, { width: 560, height: 300 });
    store.addMoments(Array.from({ length: 8 }, (_, index) => someMoment({ moment_id: `m${index}` })));
    await drawn();
    const box = widget.getBoundingClientRect();
    const rects = [...(widget.shadowRoot?.querySelectorAll(".card") ?? [])].map((card) => card.getBoundingClientRect());
    const seen = rects.filter(({ left }) => left < box.right);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.length).toBeLessThan(8);
    for (const { bottom } of seen) expect(bottom).toBeLessThanOrEqual(box.bottom + 0.5);
  });

  it("says that there are none yet", async () => {
    const { store, widget, drawn } = await mount("tm-moments-timeline", {}, { width: 560 });
    store.setState("live");
    store.apply(someMetrics());
    await drawn();
    expect(shownText(widget)).toContain("No moments yet");
  });
});
