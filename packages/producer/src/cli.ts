#!/usr/bin/env node
import process from "node:process";
import { runCli } from "./cli/run-cli.js";

const stop = new AbortController();
// Once: who asks a second time does not want to wait.
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop.abort());
// Nobody may be listening to the summary any more.
process.stderr.on("error", () => {});

process.exitCode = await runCli(process.argv.slice(2), stop.signal, (line) => process.stderr.write(`${line}\n`));
