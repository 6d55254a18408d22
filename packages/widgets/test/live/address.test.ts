import { describe, expect, it } from "vitest";
import { resolveAddress } from "../../src/live/address.js";

describe("resolveAddress", () => {
  it("finds the socket and the history below the server's address", () => {
    expect(resolveAddress("http://localhost:8000", "my:chan")).toEqual({
      streamId: "my:chan",
      socketUrl: "ws://localhost:8000/ws/live/my%3Achan",
      metricsUrl: "http://localhost:8000/api/v1/streams/my%3Achan/metrics",
      momentsUrl: "http://localhost:8000/api/v1/streams/my%3Achan/moments",
    });
  });

  it.each([
    ["https://host/base/", "wss://host/base/ws/live/s"],
    ["wss://host", "wss://host/ws/live/s"],
    ["ws://host:1/?x=1#y", "ws://host:1/ws/live/s"],
  ])("reads %s", (server, socketUrl) => {
    expect(resolveAddress(server, "s").socketUrl).toBe(socketUrl);
  });

  it("reads a relative address against the page", () => {
    expect(resolveAddress("/", "s", "https://host/overlay/pulse-bar?stream=s").socketUrl).toBe("wss://host/ws/live/s");
  });

  it.each(["", ".", "..", "health", "a b", "ä", "x".repeat(129)])("F13, F16: refuses the stream id %j", (id) => {
    expect(() => resolveAddress("http://localhost", id)).toThrow(`stream is "${id}"`);
  });

  it.each(["localhost:8000", "file:///x", "nonsense"])(
    "refuses the server %j and says what one looks like",
    (server) => {
      expect(() => resolveAddress(server, "s")).toThrow(/server is ".*"; it must be an http or https address/);
    },
  );
});
