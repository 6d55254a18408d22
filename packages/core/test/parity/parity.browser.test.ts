import { it } from "vitest";
import { expectSameAsEverywhere } from "./parity.js";

it(
  "a browser makes the same rows, moments and sessions as every other place, byte for byte",
  expectSameAsEverywhere,
  60_000,
);
