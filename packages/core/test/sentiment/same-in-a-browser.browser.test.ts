import { expect, it } from "vitest";
import { scoreMessage } from "../../src/sentiment/default-scorer.js";

// Compounds in chat and plain mode, as Node computes them.
it.each([
  ["VADER is VERY SMART, handsome, and FUNNY!!!", 0.9212, 0.9342],
  ["isn't it the least bad 💔 you ever saw?", -0.6652, -0.714],
  ["PogChamp PogChamp LUL not bad", 0.8934, 0.431],
  ["great play Kappa", -0.3071, 0.7579],
  ["NOOOOO hahahah monkaS 😭😭❤️‍🔥", -0.5473, -0.8225],
  ["Größe ХОРОШО İ 𝐀𝐁 ⣿⣿ \ud83d", 0, 0],
  ["xqcLove W D: <3 @good !cmd", 0.7712, 0.8412],
  ["", 0, 0],
])("a browser scores %j as Node does", (text, chat, plain) => {
  expect(scoreMessage(text).compound).toBe(chat);
  expect(scoreMessage(text, { mode: "plain" }).compound).toBe(plain);
});
