import { describe, expect, it } from "vitest";
import { overlayUrl } from "../../src/pages/dashboard/overlay-links.js";
import { decodeStreams } from "../../src/pages/dashboard/streams.js";
import { OVERLAY_NAMES, readOverlayAddress } from "../../src/pages/overlay/overlay-request.js";

describe("readOverlayAddress", () => {
  it.each(OVERLAY_NAMES)("F15: shows %s for the stream in the address, from the server of the page", (name) => {
    expect(readOverlayAddress(`http://host:8000/overlay/${name}?stream=a:b`)).toEqual({
      widget: name,
      server: "http://host:8000/",
      feed: { stream: "a:b" },
      position: undefined,
      attributes: [],
    });
  });

  it("reads what the dashboard links to", () => {
    const url = overlayUrl("chat-flow", "my:channel", "http://host:8000");
    expect(readOverlayAddress(url)).toMatchObject({ widget: "chat-flow", feed: { stream: "my:channel" } });
  });

  it("hands the widget's own attributes and a known position on", () => {
    const address = "https://host/tools/overlay/chat-flow/?stream=s&minutes=3&position=top-right&onload=x";
    expect(readOverlayAddress(address)).toMatchObject({
      server: "https://host/tools/",
      position: "top-right",
      attributes: [["minutes", "3"]],
    });
    expect(readOverlayAddress("http://h/overlay/chat-flow?stream=s&position=sideways")).toMatchObject({
      position: undefined,
    });
  });

  it("plays the demo without a stream", () => {
    expect(readOverlayAddress("http://h/overlay/pulse-bar?demo")).toMatchObject({ feed: { demo: true } });
  });

  it("says what to add when no stream is named", () => {
    for (const query of ["", "?stream="]) {
      expect(readOverlayAddress(`http://h/overlay/pulse-bar${query}`)).toMatchObject({
        title: "Which stream?",
        examples: expect.arrayContaining(["http://h/overlay/pulse-bar?stream=my-channel"]) as string[],
      });
    }
  });

  it("names the overlays when there is none of that name", () => {
    const hint = readOverlayAddress("http://h/overlay/nothing?stream=s");
    expect(hint).toMatchObject({ title: "There is no overlay called “nothing”" });
    expect("examples" in hint && hint.examples).toHaveLength(OVERLAY_NAMES.length);
  });
});

describe("decodeStreams", () => {
  it("lists live streams first, then by audience, then by id; what has no id is left out", () => {
    const rows = [
      { stream_id: "b", is_live: true, viewer_count: 10 },
      { stream_id: "a", is_live: true, viewer_count: 10 },
      { stream_id: "c", is_live: false, viewer_count: 99 },
      { stream_id: "d", is_live: true, viewer_count: 500, streamer_name: "Dee" },
      { is_live: true },
      null,
    ];
    expect(decodeStreams(rows).map(({ streamId, name }) => [streamId, name])).toEqual([
      ["d", "Dee"],
      ["a", "a"],
      ["b", "b"],
      ["c", "c"],
    ]);
  });

  it("keeps an unknown audience unknown", () => {
    expect(decodeStreams([{ stream_id: "a", viewer_count: null }])[0]?.viewerCount).toBeUndefined();
    expect(decodeStreams({ error: "x" })).toEqual([]);
  });
});
