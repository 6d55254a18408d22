import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { REPLAY_ERROR_CODES, SUBSCRIPTION_PRICE_USD } from "@telemetra/producer";
import { createProgram } from "../src/cli/program.js";

const guide = readFileSync(join(import.meta.dirname, "../../../docs/guides/replay.md"), "utf8");
const idle = { simulate: () => Promise.resolve(), replay: () => Promise.resolve() };

describe("docs/guides/replay.md", () => {
  it("explains every error code", () => {
    const explained = [...guide.matchAll(/`([a-z_]+)`(?=[^|\n]*\|)/g)].map(([, code]) => code);
    for (const code of REPLAY_ERROR_CODES) expect(explained).toContain(code);
  });

  it("shows only commands that the command line understands", async () => {
    const commands = [...guide.matchAll(/^npx telemetra-producer (.+?)(?: > \S+)?$/gm)].map(([, args]) => args!);
    expect(commands.length).toBeGreaterThanOrEqual(4);
    for (const args of commands) {
      const program = createProgram(idle);
      for (const command of [program, ...program.commands]) command.exitOverride();
      await expect(program.parseAsync(args.split(" "), { from: "user" }), args).resolves.toBeDefined();
    }
  });

  it("names every option of both commands but --help", () => {
    const options = createProgram(idle).commands.flatMap((command) => command.options.map(({ long }) => long!));
    for (const option of options) expect(guide).toContain(`\`${option}`.replace("`--to", "--to"));
  });

  it("tells the prices that are used", () => {
    for (const price of Object.values(SUBSCRIPTION_PRICE_USD)) expect(guide).toContain(String(price));
  });
});
