import { runProgram } from "./lib/project.mjs";
import { setUp } from "./lib/set-up.mjs";
import { runVitest } from "./lib/vitest.mjs";

// npm run test:faults [-- -t R4]: the fault matrix in full, which writes docs/reference/reliability.md. It takes most of an hour.
await runProgram(async () => {
  await setUp();
  const { TELEMETRA_FAULTS = "1" } = process.env;
  const args = ["--project", "infra", "packages/server/test/infra/faults", ...process.argv.slice(2)];
  return runVitest(args, { TELEMETRA_FAULTS });
});
