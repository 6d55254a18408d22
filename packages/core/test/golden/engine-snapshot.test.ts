import { describe, expect, it } from "vitest";
import first from "./engine-snapshot-v1.json";
import second from "./engine-snapshot-v2.json";
import { tellFrom, tellFromTheBeginning, type GoldenSnapshot } from "./engine-story.js";

const golden = [first, second] as unknown as GoldenSnapshot[];

describe.each(golden)("an engine snapshot of version $snapshot.version", ({ snapshot, rows }) => {
  it("is restored by today's engine, which finishes with the stored rows", () => {
    expect(rows.length).toBeGreaterThan(60);
    expect(rows.some(({ revision }) => revision > 0)).toBe(true);
    expect(rows.some(({ z_score: zScore }) => zScore !== null)).toBe(true);
    expect(JSON.stringify(tellFrom(snapshot))).toBe(JSON.stringify(rows));
  });

  it("leads to the rows that an engine brings that was never interrupted", () => {
    expect(JSON.stringify(tellFromTheBeginning().rows)).toBe(JSON.stringify(rows));
  });
});

describe("the golden snapshots", () => {
  it("are one of each version, the newest that of today's engine", () => {
    expect(golden.map(({ snapshot }) => snapshot.version)).toEqual([1, 2]);
    expect(tellFromTheBeginning().snapshot).toEqual(golden.at(-1)?.snapshot);
  });
});
