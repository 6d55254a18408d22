import { existsSync } from "node:fs";
import { resolve } from "node:path";

const repository = resolve(import.meta.dirname, "../../../..");

/** A data set or tool that is not part of the repository: below TELEMETRA_SHARED, else below the folder `shared` beside it. */
export function sharedPath(...parts: string[]): string {
  return resolve(process.env["TELEMETRA_SHARED"] ?? resolve(repository, "../shared"), ...parts);
}

/** The path given as `--name path` or `--name=path`. */
export function pathArgument(name: string): string | undefined {
  const flag = `--${name}`;
  const index = process.argv.findIndex((argument) => argument === flag || argument.startsWith(`${flag}=`));
  if (index < 0) return undefined;
  const argument = process.argv[index] ?? "";
  return argument === flag ? process.argv[index + 1] : argument.slice(flag.length + 1);
}

/** Ends the program with one line when a path is not there. */
export function requirePath(path: string, what: string, howTo: string): string {
  if (existsSync(path)) return path;
  console.error(`${what} is not at ${path}: ${howTo}.`);
  process.exit(1);
}

export function resultsFile(name: string): string {
  return resolve(import.meta.dirname, "../results", name);
}
