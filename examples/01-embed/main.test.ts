import { expect, it } from "vitest";
import { runExample } from "../run-example.js";

it("prints the minutes and the moment of the chat it is given", async () => {
  const { printed, expected } = await runExample("01-embed");
  expect(printed).toBe(expected);
  expect(printed).toContain("closed  Chat ran at up to");
});
