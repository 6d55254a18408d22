import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatInstant, parseInstant, parseRfc3339 } from "@telemetra/core";
import { MAX_INSTANT_MS, MIN_INSTANT_MS } from "../../src/time/instant.js";

const NOON = Date.UTC(2026, 0, 31, 12, 34, 56, 789);
const anyInstant = fc.integer({ min: MIN_INSTANT_MS, max: MAX_INSTANT_MS });
const two = (value: number) => String(value).padStart(2, "0");

describe("parseInstant", () => {
  it("is the inverse of formatInstant for every instant from year 1 to year 9999", () => {
    const edges = [MIN_INSTANT_MS, MAX_INSTANT_MS, -1, 0, 1, 951_782_400_000];
    fc.assert(
      fc.property(fc.oneof(anyInstant, fc.constantFrom(...edges)), (epochMs) => {
        expect(parseInstant(formatInstant(epochMs))).toBe(epochMs);
        expect(parseInstant(epochMs)).toBe(epochMs);
      }),
    );
  });

  it.each([
    ["2026-01-31T12:34:56.789Z", NOON],
    ["2026-01-31T12:34:56.789z", NOON],
    ["2026-01-31t12:34:56.789Z", NOON],
    ["2026-01-31 12:34:56.789Z", NOON],
    ["2026-01-31T12:34:56,789Z", NOON],
    ["2026-01-31T12:34:56Z", NOON - 789],
    ["2026-01-31T12:34Z", NOON - 56_789],
    ["2026-01-31T12:34:56.7Z", NOON - 89],
    ["2026-01-31T12:34:56.78Z", NOON - 9],
    ["2026-01-31T14:34:56.789+02:00", NOON],
    ["2026-01-31T14:34:56.789+0200", NOON],
    ["2026-01-31T14:34:56.789+02", NOON],
    ["2026-01-31T07:04:56.789-05:30", NOON],
    ["2026-02-01T00:34:56.789+12:00", NOON],
  ])("reads %s", (text, epochMs) => {
    expect(parseInstant(text)).toBe(epochMs);
  });

  it("F13: takes a stamp without a zone as UTC", () => {
    expect(parseInstant("2026-01-31T12:34:56.789")).toBe(NOON);
    expect(parseInstant("2026-01-31 12:34")).toBe(NOON - 56_789);
  });

  it("F13: cuts digits beyond the millisecond, in text and in numbers", () => {
    expect(parseInstant("2026-01-31T12:34:56.789999Z")).toBe(NOON);
    expect(parseInstant("2026-01-31T12:34:56.7890000000001Z")).toBe(NOON);
    expect(parseInstant(1.999)).toBe(1);
    expect(parseInstant(-0.5)).toBe(-1);
    expect(parseInstant(-0)).toBe(0);
  });

  it("agrees with Date.parse on every real date and refuses every other, in the usual form and with a zone", () => {
    const parts = fc.record({
      year: fc.integer({ min: 1, max: 9999 }),
      month: fc.integer({ min: 0, max: 13 }),
      day: fc.integer({ min: 0, max: 32 }),
      hour: fc.integer({ min: 0, max: 25 }),
      minute: fc.integer({ min: 0, max: 61 }),
      second: fc.integer({ min: 0, max: 61 }),
      ms: fc.integer({ min: 0, max: 999 }),
      zone: fc.constantFrom("Z", "Z", "+00:00", "-00:01", "+14:00", "-23:59", ""),
    });
    const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    fc.assert(
      fc.property(parts, ({ year, month, day, hour, minute, second, ms, zone }) => {
        const date = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
        const time = `${two(hour)}:${two(minute)}:${two(second)}.${String(ms).padStart(3, "0")}`;
        const days = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
        const isReal = day >= 1 && day <= days && hour < 24 && minute < 60 && second < 60;
        const epochMs = Date.parse(`${date}T${time}${zone === "" ? "Z" : zone}`);
        const isInRange = epochMs >= MIN_INSTANT_MS && epochMs <= MAX_INSTANT_MS;
        expect(parseInstant(`${date}T${time}${zone}`)).toBe(isReal && isInRange ? epochMs : undefined);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    "",
    "2026",
    "2026-01",
    "2026-01-31",
    "2026-02-30T00:00:00.000Z",
    "2025-02-29T00:00:00.000Z",
    "1900-02-29T00:00:00.000Z",
    "2026-13-01T00:00:00.000Z",
    "2026-00-01T00:00:00.000Z",
    "2026-01-00T00:00:00.000Z",
    "2026-01-31T24:00:00.000Z",
    "2026-01-31T12:60:00.000Z",
    "2026-01-31T12:34:60.000Z",
    "2026-01-31T12:34:56.Z",
    "2026-01-31T12:34:56.789 Z",
    "2026-01-31T12:34:56.789+24:00",
    "2026-01-31T12:34:56.789+02:60",
    "2026-01-31T12:34:56.789+2",
    "+002026-01-31T12:34:56.789Z",
    "0000-12-31T23:59:59.999Z",
    "0001-01-01T00:00:00.000+00:01",
    "9999-12-31T23:59:59.999-00:01",
    " 2026-01-31T12:34:56.789Z",
    "2026-01-31T12:34:56.789Z\n",
    "2026-01-31T12:34:56.7:9Z",
    "2026-01-31T12:34:56.78:Z",
    "2026-01-31T12:34:5/.789Z",
    "２０２６-01-31T12:34:56.789Z",
    "31 January 2026",
  ])("refuses %j", (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it("refuses what is no instant at all, and numbers outside year 1 to year 9999", () => {
    for (const value of [undefined, null, true, {}, [], NaN, Infinity, MIN_INSTANT_MS - 1, MAX_INSTANT_MS + 1, 1n]) {
      expect(parseInstant(value)).toBeUndefined();
    }
    expect(parseInstant(MIN_INSTANT_MS)).toBe(MIN_INSTANT_MS);
    expect(parseInstant(MAX_INSTANT_MS)).toBe(MAX_INSTANT_MS);
  });

  it("never throws, and gives whole milliseconds or nothing", () => {
    const digits = fc.string({ unit: fc.constantFrom(..."0123456789-:T.Z+ ".split("")), maxLength: 30 });
    fc.assert(
      fc.property(fc.oneof(fc.anything(), digits), (value) => {
        const found = parseInstant(value);
        expect(found === undefined || Number.isInteger(found)).toBe(true);
      }),
    );
  });
});

describe("formatInstant", () => {
  it("equals Date.toISOString for every instant, those outside year 1 to year 9999 and fractions too", () => {
    const beyond = fc.integer({ min: -8_640_000_000_000_000, max: 8_640_000_000_000_000 });
    const fraction = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.oneof(anyInstant, beyond, fraction), (epochMs) => {
        expect(formatInstant(epochMs)).toBe(new Date(epochMs).toISOString());
      }),
      { numRuns: 1_000 },
    );
  });

  it("equals Date.toISOString at both ends of every month of every year", () => {
    for (let year = 1; year < 10_000; year++) {
      for (let month = 1; month <= 12; month++) {
        const first = Date.parse(`${String(year).padStart(4, "0")}-${two(month)}-01T00:00:00.000Z`);
        for (const epochMs of [first - 1, first]) {
          if (epochMs >= MIN_INSTANT_MS && formatInstant(epochMs) !== new Date(epochMs).toISOString()) {
            expect(formatInstant(epochMs)).toBe(new Date(epochMs).toISOString());
          }
        }
      }
    }
    expect(formatInstant(MAX_INSTANT_MS)).toBe("9999-12-31T23:59:59.999Z");
  });

  it("throws for what is no time at all", () => {
    expect(() => formatInstant(NaN)).toThrow(RangeError);
  });
});

describe("parseRfc3339", () => {
  it("F14: needs seconds and a zone", () => {
    expect(parseRfc3339("2026-01-31T12:34:56.789Z")).toBe(NOON);
    expect(parseRfc3339("2026-01-31T14:34:56.789+02:00")).toBe(NOON);
    for (const text of ["2026-01-31T12:34:56.789", "2026-01-31T12:34Z", "2026-01-31T12:34:56,789Z", "1769862896789"]) {
      expect(parseRfc3339(text)).toBeUndefined();
    }
  });

  it("refuses a date that does not exist", () => {
    expect(parseRfc3339("2026-02-30T00:00:00Z")).toBeUndefined();
  });
});
