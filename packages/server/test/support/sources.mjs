import { existsSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

/**
 * Lets plain Node run the sources of this repository, without a build: `node --import <this file> program.ts`.
 * Node strips the types by itself; what it does not do is to find `x.ts` behind `./x.js` and a package's sources.
 */
const packages = new URL("../../../", import.meta.url);

registerHooks({
  resolve(specifier, context, nextResolve) {
    const source = sourceOf(specifier, context.parentURL);
    return source === undefined ? nextResolve(specifier, context) : { url: source.href, shortCircuit: true };
  },
});

/**
 * @param {string} specifier
 * @param {string | undefined} parent
 */
function sourceOf(specifier, parent) {
  const [scope, name, ...rest] = specifier.split("/");
  if (scope === "@telemetra") {
    const module = rest.length === 0 ? "index" : rest.join("/");
    return [`${name}/src/${module}.ts`, `${name}/src/${module}/index.ts`]
      .map((path) => new URL(path, packages))
      .find(isFile);
  }
  if (!specifier.startsWith(".") || !specifier.endsWith(".js")) return undefined;
  return [new URL(specifier.replace(/\.js$/, ".ts"), parent)].find(isFile);
}

/** @param {URL} url */
function isFile(url) {
  return existsSync(fileURLToPath(url));
}
