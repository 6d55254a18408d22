import { spawn } from "node:child_process";
import { join } from "node:path";
import { projectEnvironment, projectNode, ROOT, runProgram } from "./lib/project.mjs";
import { setUp } from "./lib/set-up.mjs";

// npm run test:faults [-- -t R4]: the fault matrix in full, which writes docs/reference/reliability.md. It takes most of an hour.
await runProgram(async () => {
  await setUp();
  const vitest = join(ROOT, "node_modules/vitest/vitest.mjs");
  const args = ["run", "--project", "infra", "packages/server/test/infra/faults", ...process.argv.slice(2)];
  const child = spawn(projectNode(), [vitest, ...args], {
    cwd: ROOT,
    env: { TELEMETRA_FAULTS: "1", ...projectEnvironment() },
    stdio: "inherit",
  });
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
});
