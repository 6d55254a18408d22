#!/usr/bin/env node
import process from "node:process";
import { runProcess } from "./cli/run-process.js";
import { migrate, withDeadLetters } from "./compose/commands.js";
import { compose } from "./compose/compose.js";
import { version } from "./version.js";

// The one place that has the process: arguments, environment, signals and exit codes go through here.
await runProcess(process, { compose, migrate, withDeadLetters }, version);
