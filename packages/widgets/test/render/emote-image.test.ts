import { describe, expect, it } from "vitest";
import { emoteImageUrl } from "../../src/render/emote-image.js";

const TWITCH = "https://static-cdn.jtvnw.net/emoticons/v2/25/default/dark/1.0";

describe("emoteImageUrl", () => {
  it.each([
    [TWITCH, 20, TWITCH],
    [TWITCH, 60, "https://static-cdn.jtvnw.net/emoticons/v2/25/default/dark/2.0"],
    [TWITCH, 500, "https://static-cdn.jtvnw.net/emoticons/v2/25/default/dark/3.0"],
    ["https://cdn.betterttv.net/emote/abc/1x.webp", 64, "https://cdn.betterttv.net/emote/abc/2x.webp"],
    ["https://cdn.frankerfacez.com/emote/9/1", 96, "https://cdn.frankerfacez.com/emote/9/4"],
    [
      "https://cdn.frankerfacez.com/emote/9/animated/1.webp",
      96,
      "https://cdn.frankerfacez.com/emote/9/animated/4.webp",
    ],
    ["https://cdn.7tv.app/emote/abc/1x.webp", 128, "https://cdn.7tv.app/emote/abc/4x.webp"],
  ])("picks the size of %s for %d px", (url, drawnPx, sized) => {
    expect(emoteImageUrl(url, drawnPx, false)).toBe(sized);
  });

  it("asks Twitch for a still picture when nothing shall move", () => {
    expect(emoteImageUrl(TWITCH, 20, true)).toContain("/25/static/dark/");
  });

  it("leaves other addresses as they are", () => {
    for (const url of ["https://example.org/e/1x.png", "data:image/svg+xml,%3Csvg/%3E"]) {
      expect(emoteImageUrl(url, 200, true)).toBe(url);
    }
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "not an address"])("refuses %s", (url) => {
    expect(emoteImageUrl(url, 64, false)).toBeUndefined();
  });
});
