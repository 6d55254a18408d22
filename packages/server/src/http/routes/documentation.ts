import { createRequire } from "node:module";
import { dirname } from "node:path";
import type { Response } from "express";
import { escapeHtml } from "../escape-html.js";
import { HttpError } from "../http-error.js";
import { DOCS_POLICY, sendFile, setPagePolicy } from "../pages.js";
import { defineRoute } from "../route.js";
import { component } from "../schemas.js";

/** The files of Swagger UI that the page needs; nothing else of the package is served. */
const SWAGGER_FILES = ["swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"];

/** Scripts that start Swagger UI; files of their own, so that the pages need no inline code. */
const START_SCRIPTS: Readonly<Record<string, string>> = {
  "start.js": startScript({}),
  "start-read-only.js": startScript({ supportedSubmitMethods: [] }),
};

function startScript(options: Readonly<Record<string, unknown>>): string {
  const all = { url: "/openapi.json", dom_id: "#swagger-ui", deepLinking: true, validatorUrl: null, ...options };
  return `window.ui = SwaggerUIBundle({ ...${JSON.stringify(all)}, presets: [SwaggerUIBundle.presets.apis] });\n`;
}

const html = { description: "The page.", contentType: "text/html" };

/** @param openApi gives the document of all routes, these included */
export function documentationRoutes(openApi: () => unknown) {
  return [
    defineRoute({
      method: "get",
      path: "/openapi.json",
      operationId: "getOpenApi",
      tag: "Documentation",
      summary: "This document",
      answers: { 200: { description: "OpenAPI 3.1.", contentType: "application/json" } },
      handle: ({ response }) => void response.json(openApi()),
    }),
    defineRoute({
      method: "get",
      path: "/docs",
      operationId: "getDocs",
      tag: "Documentation",
      summary: "This document as a page on which requests can be tried",
      answers: { 200: html },
      handle: ({ response, deps }) => sendDocsPage(response, deps.config.apiTitle, "start.js"),
    }),
    defineRoute({
      method: "get",
      path: "/redoc",
      operationId: "getRedoc",
      tag: "Documentation",
      summary: "This document as a page to read",
      answers: { 200: html },
      handle: ({ response, deps }) => sendDocsPage(response, deps.config.apiTitle, "start-read-only.js"),
    }),
    defineRoute({
      method: "get",
      path: "/docs/assets/{file}",
      operationId: "getDocsAsset",
      tag: "Documentation",
      summary: "Scripts and styles of /docs",
      pathParameters: { file: { schema: { type: "string" }, description: "Name of the file." } },
      answers: {
        200: { description: "The file.", contentType: "*/*" },
        404: { description: "There is no such file.", schema: component("Error") },
      },
      async handle({ response, param }) {
        const file = param("file");
        const script = START_SCRIPTS[file];
        if (script !== undefined) {
          response.type("text/javascript").send(script);
          return;
        }
        const isServed = SWAGGER_FILES.includes(file) && (await sendSwaggerFile(response, file));
        if (!isServed) throw new HttpError(404, "asset_not_found", "there is no such file");
      },
    }),
  ];
}

function sendSwaggerFile(response: Response, file: string): Promise<boolean> {
  const root = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
  return sendFile(response, root, file, { "Cache-Control": "public, max-age=86400" });
}

function sendDocsPage(response: Response, title: string, startScriptFile: string): void {
  setPagePolicy(response, DOCS_POLICY);
  response.type("html").send(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" type="image/png" href="/docs/assets/favicon-32x32.png">
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/assets/${startScriptFile}"></script>
</body>
</html>
`);
}
