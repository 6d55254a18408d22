import { describe, expect, it } from "vitest";
import { MOMENT_TYPES } from "@telemetra/core";
import { momentId } from "../../src/moments/moment-id.js";

describe("momentId", () => {
  it("is a UUID of version 8 with the RFC's variant", () => {
    for (const type of MOMENT_TYPES) {
      for (let onsetMs = 0; onsetMs < 200; onsetMs++) {
        expect(momentId("s", type, onsetMs)).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
      }
    }
  });

  it("is the same on every machine, and in every version: stored moments are found again by it", () => {
    expect(momentId("my_stream", "chat_spike", 1_767_268_800_000)).toBe("17223fb5-d6d4-8063-a3d1-382e2bb18cd5");
  });

  it("differs by stream, type and onset, also where their texts run together", () => {
    const ids = new Set<string>();
    for (let stream = 0; stream < 40; stream++) {
      for (const type of MOMENT_TYPES) {
        for (let onset = 0; onset < 50; onset++) ids.add(momentId(`s${stream}`, type, onset * 2_000));
      }
    }
    expect(ids.size).toBe(40 * MOMENT_TYPES.length * 50);
    expect(momentId("a1", "raid", 1)).not.toBe(momentId("a", "raid", 11));
  });
});
