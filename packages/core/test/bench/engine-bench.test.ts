import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { performancePage, type Report } from "../../bench/engine/report.js";

const bench = resolve(import.meta.dirname, "../../bench");

describe("npm run bench", () => {
  it.each([
    { args: ["--fast"], says: /^Unknown option '--fast': see npm run bench -- --help\.\n$/ },
    { args: ["--only", "nothing"], says: /^--only nothing names no case: choose from rate-1, .+\.\n$/ },
    { args: ["--save", "--quick"], says: /^--save needs the whole run: .+\n$/ },
    { args: ["--core", "nowhere"], says: /^The sources in nowhere cannot be built: .+\n$/ },
  ])("refuses $args in one line", ({ args, says }) => {
    const { status, stderr, stdout } = run(args);
    expect(stderr).toMatch(says);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  });

  it("tells its options", () => {
    const { status, stdout } = run(["--help"]);
    expect(status).toBe(0);
    for (const option of ["--quick", "--only", "--core", "--against", "--save"]) expect(stdout).toContain(option);
  });
});

describe("the page about performance", () => {
  it("says what was saved last", async () => {
    const saved = JSON.parse(readFileSync(resolve(bench, "results/engine.json"), "utf8")) as Report;
    const page = readFileSync(resolve(bench, "../../../docs/reference/performance.md"), "utf8");
    expect(page).toBe(await performancePage(saved));
  });
});

function run(args: readonly string[]) {
  return spawnSync(process.execPath, [resolve(bench, "engine/run.mjs"), ...args], { encoding: "utf8" });
}
