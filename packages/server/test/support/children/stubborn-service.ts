/** The real process edge around a service that misbehaves as `BEHAVIOUR` says. */
import process from "node:process";
import { runProcess } from "../../../src/cli/run-process.js";
import type { Program, Service } from "../../../src/service.js";

const behaviour = process.env["BEHAVIOUR"];

function misbehave(): Service {
  const started = { port: 4_242 };
  // Something of the service that keeps the process alive.
  const work = setInterval(() => {}, 1_000);
  switch (behaviour) {
    case "never stops":
      return { start: async () => started, stop: () => new Promise(() => {}) };
    case "stops badly":
      return { start: async () => started, stop: () => Promise.reject(new Error("the disk is full\nand more")) };
    case "cannot start":
      return {
        start: () => Promise.reject(new Error("the moon is in the wrong phase\n    at stack")),
        stop: async () => {},
      };
    case "starts for ever": {
      let giveUp = (): void => {};
      const start = new Promise<{ port: number }>((_resolve, reject) => {
        giveUp = () => reject(new Error("given up"));
      });
      return { start: () => start, stop: async () => giveUp() };
    }
    case "cannot go on":
      return {
        start: async () => started,
        stop: async () => clearInterval(work),
        done: new Promise((_resolve, reject) => setTimeout(() => reject(new Error("the log is gone")), 50)),
      };
    case "throws":
      setTimeout(() => {
        throw new Error("nobody expected this");
      }, 50);
      return { start: async () => started, stop: async () => {} };
    case "rejects":
      setTimeout(() => void Promise.reject(new Error("nobody expected this")), 50);
      return { start: async () => started, stop: async () => {} };
    default:
      return { start: async () => started, stop: async () => clearInterval(work) };
  }
}

const nothing = (): Promise<never> => Promise.reject(new Error("no database there"));
const program: Program = { compose: misbehave, migrate: nothing, withDeadLetters: nothing };
await runProcess(process, program, "1.2.3");
