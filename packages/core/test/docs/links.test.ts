import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

const repository = join(import.meta.dirname, "../../../..");
const below = (folder: string, depth: RegExp): string[] =>
  readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => depth.test(path))
    .map((path) => join(folder, path));
const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "packages/core/README.md",
  "packages/core/src/windowing/SPEC.md",
  ...below("docs", /\.md$/),
  ...below("examples", /^[^/]+\/README\.md$/),
];

/** Anchors of a page's headings, as GitHub makes them. */
function anchorsOf(markdown: string): string[] {
  return [...withoutCode(markdown).matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_\- ]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function withoutCode(markdown: string): string {
  return markdown.replaceAll(/^```.*?^```/gms, "").replaceAll(/`[^`\n]*`/g, (code) => code.slice(1, -1));
}

/** Links of a page that lead nowhere. */
function broken(page: string): string[] {
  const markdown = withoutCode(readFileSync(join(repository, page), "utf8"));
  const targets = [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  return targets.filter((target) => {
    if (/^(https?|mailto):/.test(target)) return false;
    const [path = "", anchor] = target.split("#");
    const file = path === "" ? page : join(dirname(page), path);
    if (!existsSync(join(repository, file))) return true;
    return anchor !== undefined && !anchorsOf(readFileSync(join(repository, file), "utf8")).includes(anchor);
  });
}

describe("links in the documentation", () => {
  it.each(pages)("of %s lead to files and headings that exist", (page) => {
    expect(broken(page)).toEqual([]);
  });
});
