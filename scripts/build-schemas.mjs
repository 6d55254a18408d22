// Writes schemas/*.json, the records as JSON Schema for everybody else, from the schemas in packages/core:
//   node scripts/build-schemas.mjs           writes them
//   node scripts/build-schemas.mjs --check   only tells whether they are current
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { format } from "prettier";

const repository = fileURLToPath(new URL("..", import.meta.url));
const folder = `${repository}schemas`;

/** Schemas that describe what others send: there, an optional field may also be null. */
const INPUTS = new Set(["chat-event", "viewer-event", "transaction-event", "stream-meta-event"]);

const { records, withNullableOptionals, withoutIds } = await loadSources();
const files = new Map();
for (const schema of records) {
  const published = withoutIds(INPUTS.has(schema.$id) ? withNullableOptionals(schema) : schema);
  const document = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `urn:telemetra:schema:${schema.$id}`,
    ...published,
  };
  files.set(`${schema.$id}.json`, await format(JSON.stringify(document), { parser: "json", printWidth: 120 }));
}

mkdirSync(folder, { recursive: true });
const present = readdirSync(folder).filter((name) => name.endsWith(".json"));
const stale = [...files.keys()].filter((name) => !present.includes(name) || read(name) !== files.get(name));
const extra = present.filter((name) => !files.has(name));
if (!process.argv.includes("--check")) {
  for (const name of stale) writeFileSync(`${folder}/${name}`, files.get(name));
  for (const name of extra) rmSync(`${folder}/${name}`);
} else if (stale.length + extra.length > 0) {
  console.error(`Not current: ${[...stale, ...extra].join(", ")}. Run node scripts/build-schemas.mjs.`);
  process.exitCode = 1;
}

/** @param {string} name */
function read(name) {
  return readFileSync(`${folder}/${name}`, "utf8");
}

/** The sources are TypeScript, so they are bundled first. */
async function loadSources() {
  const result = await build({
    stdin: {
      contents: `
        import { eventSchemas } from "./packages/core/src/records/event.js";
        import { liveMessageSchema } from "./packages/core/src/records/live-message.js";
        import { metricRowSchema } from "./packages/core/src/records/metric-row.js";
        import { momentSchema } from "./packages/core/src/records/moment.js";
        export { withNullableOptionals, withoutIds } from "./packages/server/src/http/published-schema.js";
        export const records = [...Object.values(eventSchemas), metricRowSchema, momentSchema, liveMessageSchema];
      `,
      resolveDir: repository,
    },
    bundle: true,
    format: "esm",
    write: false,
    logLevel: "error",
  });
  const [output] = result.outputFiles;
  if (output === undefined) throw new Error("esbuild wrote nothing");
  return import(`data:text/javascript;base64,${Buffer.from(output.contents).toString("base64")}`);
}
