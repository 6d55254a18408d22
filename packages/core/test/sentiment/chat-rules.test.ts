import { describe, expect, it } from "vitest";
import { createScorer } from "../../src/sentiment/default-scorer.js";

const scorer = createScorer();
const compound = (text: string, emotes?: readonly string[]): number => scorer.compound(text, emotes);
const label = (text: string): string => scorer.score(text).label;

describe("emotes", () => {
  it.each(["PogChamp", "LUL", "FeelsGoodMan", "Kreygasm", "HeyGuys", "SeemsGood", "GivePLZ TakeNRG", "EleGiggle"])(
    "%s is positive",
    (text) => expect(label(text)).toBe("positive"),
  );

  it.each(["BibleThump", "FeelsBadMan", "ResidentSleeper", "NotLikeThis", "WutFace", "monkaS", "DansGame", "PJSalt"])(
    "%s is negative",
    (text) => expect(label(text)).toBe("negative"),
  );

  it.each(["Kappa", "ANELE", "KKona", "MrDestructoid", "DatSheffy"])("%s alone is neutral", (text) =>
    expect(label(text)).toBe("neutral"),
  );

  it("are known in any letter case, except where another case is an ordinary word", () => {
    expect(compound("pogchamp")).toBe(compound("PogChamp"));
    expect(compound("Stare")).toBeLessThan(0);
    expect(compound("stare")).toBe(0);
    expect(compound("Clueless")).not.toBe(compound("clueless"));
  });

  it("of a channel are read by their ending", () => {
    expect(label("shroudLove")).toBe("positive");
    expect(label("lirikSad")).toBe("negative");
    expect(label("iPhone YouTube McDonald")).toBe("neutral");
  });

  it("are not turned by words ahead of them", () => {
    expect(compound("i don't know LUL")).toBe(compound("i know LUL"));
    expect(compound("not sure PogChamp")).toBeGreaterThan(0);
  });

  it("count less with every repetition, but never nothing", () => {
    const once = compound("LUL");
    const twice = compound("LUL LUL");
    const often = compound("LUL LUL LUL LUL LUL LUL");
    expect(twice).toBeGreaterThan(once);
    expect(often).toBeGreaterThan(twice);
    expect(often).toBeLessThan(compound("LUL PogChamp Kreygasm Clap FeelsGoodMan SeemsGood"));
  });

  it("named by the message stand alone even when the lexicon has only the word", () => {
    expect(compound("not Happy", ["Happy"])).toBe(compound("Happy"));
    expect(compound("not Happy")).toBeLessThan(0);
    expect(compound("someUnknownThing", ["someUnknownThing"])).toBe(0);
  });

  it("that mock turn praise beside them", () => {
    expect(label("great play")).toBe("positive");
    expect(label("great play Kappa")).toBe("negative");
    expect(label("bad play Kappa")).toBe("negative");
  });

  it("that laugh do so at somebody beside blame", () => {
    expect(label("LULW")).toBe("positive");
    expect(label("LULW so bad")).toBe("negative");
    expect(label("what a shitty trash team OMEGALUL")).toBe("negative");
  });
});

describe("slang and stretched words", () => {
  it("know shorthand", () => {
    expect(["gg", "W streamer", "ty", "that was cracked", "lets go", "based", "hype"].map(label)).toEqual(
      Array<string>(7).fill("positive"),
    );
    expect(["L streamer", "cringe", "malding", "copium", "ratio", "stfu", "rip"].map(label)).toEqual(
      Array<string>(7).fill("negative"),
    );
  });

  it("look a stretched word up shortened", () => {
    expect(compound("looool")).toBe(compound("lol"));
    expect(compound("goooood")).toBe(compound("good"));
    expect(compound("niceeee")).toBe(compound("nice"));
    expect(compound("lmaooo")).toBe(compound("lmao"));
    expect(label("NOOOOOOO")).toBe("negative");
    expect(label("POGGGGG")).toBe("positive");
  });

  it("hear laughter in any word of two letters that repeat", () => {
    expect(["hahahaha", "AHAHAHA", "hahaahahah", "hehehe", "jajaja", "LOLOLOL"].map(label)).toEqual(
      Array<string>(6).fill("positive"),
    );
    expect(label("haaaaa")).not.toBe("negative");
  });

  it("take a phrase for all its words", () => {
    expect(compound("oh no")).toBeLessThan(0);
    expect(compound("thank you")).toBe(compound("ty"));
    expect(compound("good game")).toBeCloseTo(compound("gg"), 4);
    expect(compound("no problem")).toBeGreaterThan(0);
  });

  it("take mentions and commands to bots for no words", () => {
    expect(compound("@good")).toBe(0);
    expect(compound("!love")).toBe(0);
    expect(compound("you !love")).not.toBe(0);
  });
});

describe("rules of words", () => {
  it("turn a word behind a negation, up to three words back", () => {
    expect(compound("not good")).toBeLessThan(0);
    expect(compound("not a very good")).toBeLessThan(0);
    expect(compound("isn't good")).toBeLessThan(0);
    expect(compound("isn’t good")).toBe(compound("isn't good"));
    expect(compound("not one two three good")).toBeGreaterThan(0);
  });

  it("let no negation past the end of its clause", () => {
    expect(compound("not today, good luck")).toBeGreaterThan(0);
    expect(compound("why not PogChamp good")).toBeGreaterThan(0);
  });

  it("strengthen and weaken", () => {
    expect(compound("very good")).toBeGreaterThan(compound("good"));
    expect(compound("kinda good")).toBeLessThan(compound("good"));
    expect(compound("very bad")).toBeLessThan(compound("bad"));
  });

  it("give capitals weight among small letters, none where all shout, and take emotes for neither", () => {
    expect(compound("that was GOOD")).toBeGreaterThan(compound("that was good"));
    expect(compound("THAT WAS GOOD")).toBe(compound("that was good"));
    expect(compound("this is good LUL")).toBe(compound("this is good lul"));
    expect(compound("GOOD FeelsGoodMan")).toBe(compound("good FeelsGoodMan"));
  });

  it("weigh what stands behind a but over what stands before it", () => {
    expect(compound("good but bad")).toBeLessThan(0);
    expect(compound("bad but good")).toBeGreaterThan(0);
  });

  it("hold a question for half a statement", () => {
    const asked = compound("is this good ?");
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(compound("is this good"));
    expect(compound("LUL ?")).toBe(compound("LUL"));
  });

  it("count up to four exclamation marks", () => {
    expect(compound("good!")).toBeGreaterThan(compound("good"));
    expect(compound("good!!!!!!!!")).toBe(compound("good!!!!"));
    expect(compound("bad!")).toBeLessThan(compound("bad"));
    expect(compound("chair!!!")).toBe(0);
  });
});
