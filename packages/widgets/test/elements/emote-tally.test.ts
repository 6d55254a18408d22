import { describe, expect, it } from "vitest";
import { tallyEmotes, type TalliedEmote } from "../../src/emote-cloud/emote-tally.js";

const emote = (name: string, count: number) => ({ name, count });
const names = (tally: readonly TalliedEmote[]) => tally.map(({ name }) => name);

describe("tallyEmotes", () => {
  it("ranks by use", () => {
    expect(names(tallyEmotes([], [emote("a", 2), emote("b", 5)], 10))).toEqual(["b", "a"]);
  });

  it("lets an emote that dropped out fade for four frames before it goes", () => {
    let tally = tallyEmotes([], [emote("a", 10), emote("b", 9)], 10);
    const weights: (number | undefined)[] = [];
    for (let frame = 0; frame < 5; frame++) {
      tally = tallyEmotes(tally, [emote("a", 10)], 10);
      weights.push(tally.find(({ name }) => name === "b")?.weight);
    }
    expect(weights.map((weight) => weight?.toFixed(1))).toEqual(["7.2", "5.8", "4.6", "3.7", undefined]);
  });

  it("is itself again at once when it comes back", () => {
    const tally = tallyEmotes(tallyEmotes([], [emote("a", 10)], 10), [], 10);
    expect(tallyEmotes(tally, [emote("a", 12)], 10)).toMatchObject([{ weight: 12, missedCount: 0 }]);
  });

  it("shows at most as many as asked", () => {
    expect(names(tallyEmotes([], [emote("a", 1), emote("b", 2), emote("c", 3)], 2))).toEqual(["c", "b"]);
  });
});
