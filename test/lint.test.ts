import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");

interface Finding {
  readonly code: string;
  readonly filename: string;
}

/** A file that breaks a rule of the architecture, and the rule; or one that may do what it does. */
const CASES: readonly [file: string, source: string, rule: string | undefined][] = [
  ["core/src/a.ts", 'import "node:fs";', "no-restricted-imports"],
  ["core/src/b.ts", 'import "@telemetra/producer";', "no-restricted-imports"],
  ["core/src/c.ts", "export const now = Date.now();", "no-restricted-properties"],
  ["core/src/d.ts", "export const chance = Math.random();", "no-restricted-properties"],
  ["core/src/e.ts", "export const later = setTimeout(() => {}, 1);", "no-restricted-globals"],
  ["core/src/f.ts", "export default 1;", "no-default-export"],
  ["core/src/g.ts", "export const x: any = 1;", "no-explicit-any"],
  ["core/test/a.test.ts", 'import "node:fs";', undefined],
  ["producer/src/a.ts", 'import "@telemetra/server";', "no-restricted-imports"],
  ["producer/src/b.ts", 'import "@telemetra/widgets";', "no-restricted-imports"],
  ["producer/src/c.ts", 'import "@telemetra/core"; import "node:fs";', undefined],
  ["widgets/src/a.ts", 'import "@telemetra/server";', "no-restricted-imports"],
  ["widgets/src/b.ts", 'import "node:fs";', "no-restricted-imports"],
  ["widgets/src/c.ts", 'import "../../core/src/index.js";', "no-restricted-imports"],
  ["widgets/src/d.ts", 'import "@telemetra/core"; import "@telemetra/producer/browser";', undefined],
  ["server/src/http/a.ts", 'import "../adapters/sqlite/store.js";', "no-restricted-imports"],
  ["server/src/pipeline/a.ts", 'import "../adapters/sqlite/store.js";', "no-restricted-imports"],
  ["server/src/main.ts", 'import "./adapters/sqlite/store.js";', "no-restricted-imports"],
  ["server/src/ports/a.ts", 'import "pg";', "no-restricted-imports"],
  ["server/src/adapters/sqlite/a.ts", 'import "../../http/router.js";', "no-restricted-imports"],
  ["server/src/adapters/sqlite/b.ts", 'import "../../ports/store.js"; import "pg";', undefined],
  ["server/src/compose/compose.ts", 'import "../adapters/sqlite/store.js";', undefined],
];

describe("lint", () => {
  let folder: string;
  let findings: readonly Finding[];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "telemetra-lint-"));
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    copyFileSync(join(ROOT, ".oxlintrc.json"), join(folder, ".oxlintrc.json"));
    copyFileSync(join(ROOT, "tsconfig.base.json"), join(folder, "tsconfig.json"));
    for (const [file, source] of CASES) {
      const path = join(folder, "packages", file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${source}\n`);
    }
    const { stdout } = spawnSync(join(ROOT, "node_modules/.bin/oxlint"), ["--format", "json", "packages"], {
      cwd: folder,
      encoding: "utf8",
    });
    ({ diagnostics: findings } = JSON.parse(stdout) as { diagnostics: Finding[] });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(CASES.filter(([, , rule]) => rule !== undefined))("refuses in %s: %s", (file, _source, rule) => {
    expect(rulesBroken(file)).toContain(rule);
  });

  test.each(CASES.filter(([, , rule]) => rule === undefined))("allows in %s: %s", (file) => {
    expect(rulesBroken(file)).toEqual([]);
  });

  function rulesBroken(file: string): string[] {
    return findings
      .filter((finding) => finding.filename.endsWith(`packages/${file}`))
      .map((finding) => finding.code.replace(/^.*\((.*)\)$/, "$1"));
  }
});
