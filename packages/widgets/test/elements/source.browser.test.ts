import { afterEach, describe, expect, it, vi } from "vitest";
import "../../src/index.js";
import { resolveAddress } from "../../src/live/address.js";
import { ServerFeed } from "../../src/live/server-feed.js";
import type { Source } from "../../src/source/source.js";
import { FakeServerEnd, FakeWorld } from "../support/fake-world.js";
import { someMetrics } from "../support/frames.js";
import { settled, shownText } from "../support/mount.js";

const address = resolveAddress("http://localhost:8000", "s");

afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

/** A source on a server of this process. */
function connectedSource(): { source: Source; world: FakeWorld; server: FakeServerEnd } {
  const world = new FakeWorld();
  const server = new FakeServerEnd(world);
  const source = document.createElement("tm-source");
  source.stream = "s";
  source.createFeed = ({ store }) =>
    new ServerFeed({ address, sink: store, environment: world, fetchJson: () => Promise.resolve([]) });
  return { source, world, server };
}

describe("<tm-source>", () => {
  it("serves several widgets, inside and beside it, over one socket", async () => {
    const { source, world } = connectedSource();
    source.id = "here";
    const inside = document.createElement("tm-pulse-bar");
    const beside = document.createElement("tm-pulse-bar");
    const named = document.createElement("tm-chat-flow");
    named.for = "here";
    source.append(inside);
    document.body.append(beside, source, named);
    await settled(source);
    world.advance(20);
    await settled(inside);
    expect(world.sockets).toHaveLength(1);
    for (const widget of [inside, beside, named]) {
      await settled(widget);
      expect(shownText(widget)).toContain("4.2");
    }
  });

  it("follows the source around it, not another one", async () => {
    const one = connectedSource();
    const two = connectedSource();
    const widget = document.createElement("tm-pulse-bar");
    two.source.append(widget);
    document.body.append(one.source, two.source);
    await settled(two.source);
    two.source.store.apply(someMetrics({ viewer_count: 22 }));
    one.source.store.apply(someMetrics({ viewer_count: 11 }));
    await settled(widget);
    expect(shownText(widget)).toContain("22");
    one.source.append(widget);
    await settled(widget);
    expect(shownText(widget)).toContain("11");
  });

  it("takes a source as a property", async () => {
    const { source } = connectedSource();
    const widget = document.createElement("tm-pulse-bar");
    widget.source = source;
    document.body.append(widget);
    source.store.apply(someMetrics({ viewer_count: 33 }));
    await settled(widget);
    expect(shownText(widget)).toContain("33");
  });

  it("keeps its socket while it is moved, and lets go when it is removed", async () => {
    const { source, world } = connectedSource();
    document.body.append(source);
    await settled(source);
    world.advance(20);
    const shelf = document.createElement("div");
    document.body.append(shelf);
    shelf.append(source);
    await settled(source);
    expect(world.sockets).toHaveLength(1);
    expect(world.openSockets).toHaveLength(1);
    source.remove();
    await settled(source);
    expect(world.openSockets).toHaveLength(0);
    expect(world.timerCount).toBe(0);
    document.body.append(source);
    await settled(source);
    world.advance(20);
    expect(source.state).toBe("live");
  });

  it("fires tm-state, bubbling, through loss and return, and its widgets show it", async () => {
    const { source, world, server } = connectedSource();
    const widget = document.createElement("tm-pulse-bar");
    source.append(widget);
    const states: string[] = [];
    const listen = (event: HTMLElementEventMap["tm-state"]) => states.push(event.state);
    document.body.addEventListener("tm-state", listen);
    document.body.append(source);
    await settled(source);
    world.advance(20);
    server.setMode("down");
    await settled(widget);
    expect(shownText(widget)).toContain("Reconnecting");
    server.setMode("up");
    world.advance(1_100);
    await settled(widget);
    expect(widget.shadowRoot?.querySelector(".signal")).toBeNull();
    server.setMode("frozen");
    world.advance(10_000);
    await settled(widget);
    expect(shownText(widget)).toContain("Stale");
    document.body.removeEventListener("tm-state", listen);
    expect(states).toEqual(["connecting", "live", "waiting", "connecting", "live", "stale"]);
  });

  it("fires tm-moment once for each frame of a moment", async () => {
    const { source, world, server } = connectedSource();
    const told: string[] = [];
    source.addEventListener("tm-moment", ({ phase }) => told.push(phase));
    document.body.append(source);
    await settled(source);
    world.advance(20);
    server.pushMoment(1, "opened");
    server.pushMoment(1, "updated");
    server.pushMoment(1, "closed");
    expect(told).toEqual(["opened", "updated", "closed"]);
  });

  it("starts over for another stream", async () => {
    const { source, world } = connectedSource();
    document.body.append(source);
    await settled(source);
    world.advance(20);
    expect(source.store.metrics).toBeDefined();
    source.stream = "other";
    await source.updateComplete;
    expect(source.store.metrics).toBeUndefined();
    await vi.waitFor(() => expect(world.openSockets).toHaveLength(1));
  });

  it.each([
    [{ twitch: "somebody" }, /twitch="…" is not supported yet/],
    [{ stream: "not an id" }, /stream is "not an id"/],
    [{ stream: "s", server: "ftp://host" }, /server is "ftp:\/\/host"/],
  ])("says what is wrong with %j", async (attributes, reason) => {
    const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const source = Object.assign(document.createElement("tm-source"), attributes);
    document.body.append(source);
    await settled(source);
    await vi.waitFor(() => expect(source.state).toBe("ended"));
    expect(source.store.reason).toMatch(reason);
    expect(error).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(reason));
  });

  it("plays the demo without a server", async () => {
    const source = Object.assign(document.createElement("tm-source"), { demo: true });
    document.body.append(source);
    await vi.waitFor(() => expect(source.state).toBe("live"), { timeout: 5_000 });
    expect(source.store.history.length).toBeGreaterThan(50);
  });

  it("is heard by widgets that were there before it", async () => {
    const widget = document.createElement("tm-pulse-bar");
    document.body.append(widget);
    await settled(widget);
    expect(shownText(widget)).toContain("No source");
    const { source } = connectedSource();
    document.body.append(source);
    await settled(source);
    source.store.apply(someMetrics({ viewer_count: 44 }));
    await settled(widget);
    expect(shownText(widget)).toContain("44");
  });
});
