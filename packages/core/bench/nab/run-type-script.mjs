import * as nodeModule from "node:module";

/**
 * Runs a program on the sources as they are: Node strips the types, and imports that end in `.js`, as they must for
 * the build, are looked up as `.ts`.
 * @param {URL} program
 */
export async function runTypeScript(program) {
  if (nodeModule.registerHooks === undefined) {
    console.error(`This needs a Node that runs TypeScript (22.18 or newer), not ${process.version}: use npm run.`);
    process.exitCode = 1;
    return;
  }
  nodeModule.registerHooks({
    resolve(specifier, context, next) {
      const isSource = specifier.startsWith(".") && context.parentURL?.endsWith(".ts");
      return next(isSource ? specifier.replace(/\.js$/, ".ts") : specifier, context);
    },
  });
  await import(program.href);
}
