import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { publicSymbols, type PublicSymbol } from "./public-symbols.js";

const symbols = publicSymbols(join(import.meta.dirname, "../.."));

/** Members that nobody outside reads, or that JSON Schema explains. */
const TOLD_AS_A_WHOLE = /^(EngineSnapshot|WindowsSnapshot|JsonSchema)\./;

const place = ({ name, file }: PublicSymbol): string => `${name} in ${file}`;
const isOption = ({ name, isMember }: PublicSymbol): boolean => isMember && /^\w*Options\./.test(name);

describe("what @telemetra/core exports", () => {
  it("is found: functions, types, classes and their members, of every entry", () => {
    const names = symbols.map(({ name }) => name);
    const some = ["createEngine", "Engine", "Engine.push", "EngineOptions.maxOutOfOrdernessMs", "Detection.score"];
    expect(names).toEqual(expect.arrayContaining([...some, "createWindows", "combine", "defaultLexicon"]));
    expect(names.filter((name) => name.includes("#"))).toEqual([]);
  });

  it("has a docstring, each name and each member", () => {
    const silent = symbols.filter(({ name, text }) => text === "" && !TOLD_AS_A_WHOLE.test(name));
    expect(silent.map(place)).toEqual([]);
  });

  it("says the default of each option that may be left out", () => {
    const options = symbols.filter((symbol) => isOption(symbol) && symbol.isOptional);
    expect(options.length).toBeGreaterThan(50);
    expect(options.filter(({ text }) => !/default/i.test(text)).map(place)).toEqual([]);
  });

  it("says the range of each option that is a number", () => {
    const numbers = symbols.filter((symbol) => isOption(symbol) && /^number\b/.test(symbol.type));
    expect(numbers.length).toBeGreaterThan(40);
    const range = /\d[\d,e^]* (ms |days? )?to |\bto \d|at least|above \d|any number/i;
    expect(numbers.filter(({ text }) => !range.test(text)).map(place)).toEqual([]);
  });

  it("says what each function throws that takes options", () => {
    const functions = symbols.filter(({ isMember, type }) => !isMember && /^\(.*Options\b.*\) => /.test(type));
    expect(functions.length).toBeGreaterThan(15);
    const silent = functions.filter(({ text, tags }) => !tags.includes("throws") && !text.includes("@throws"));
    expect(silent.map(place)).toEqual([]);
  });
});
