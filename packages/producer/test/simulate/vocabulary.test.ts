import { describe, expect, it } from "vitest";
import { PLAIN_NAME_COUNT, pseudonym } from "../../src/simulate/names.js";
import { phraseLists, say } from "../../src/simulate/phrases.js";
import { createRandom } from "../../src/random.js";

describe("pseudonym", () => {
  it("gives everybody a different name of the form of a login", () => {
    const count = 60 * PLAIN_NAME_COUNT;
    const names = new Set<string>();
    for (let index = 0; index < count; index++) names.add(pseudonym(index));
    expect(names.size).toBe(count);
    for (const name of names) if (!/^[a-z][a-z0-9_]{2,24}$/.test(name)) expect.fail(name);
  });
});

describe("say", () => {
  const filled = new Set(["from"]);

  it("has a list for every name that a phrase holds", () => {
    for (const [list, phrases] of Object.entries(phraseLists)) {
      for (const phrase of phrases) {
        for (const [, name = ""] of phrase.matchAll(/\{(\w+)\}/g)) {
          expect(filled.has(name) || name in phraseLists, `{${name}} in ${list}`).toBe(true);
        }
      }
    }
  });

  it("leaves nothing to fill in", () => {
    const random = createRandom(1);
    for (const list of Object.keys(phraseLists)) {
      for (let time = 0; time < 200; time++) {
        const message = say(random, list as never, { from: "late_lantern" });
        expect(message).not.toMatch(/[{}]/);
        expect(message.length).toBeLessThanOrEqual(200);
      }
    }
  });
});
