import { describe, expect, it } from "vitest";
import golden from "./engine-snapshot-v1.json";
import { tellFrom, tellFromTheBeginning, type GoldenSnapshot } from "./engine-story.js";

const { snapshot, rows } = golden as unknown as GoldenSnapshot;

describe("an engine snapshot of version 1", () => {
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
