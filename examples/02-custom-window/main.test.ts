import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, vi } from "vitest";

it("prints each camera's five minutes, the corrections and what came too late", async () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  try {
    await import("./main.js");
    const printed = log.mock.calls.map(([line]) => `${String(line)}\n`).join("");
    expect(printed).toBe(await readFile(join(import.meta.dirname, "expected-output.txt"), "utf8"));
    expect(printed).toContain("(correction 1)");
    expect(printed).toContain("late   bridge");
    expect(printed).toContain("0 vehicles");
  } finally {
    log.mockRestore();
  }
});
