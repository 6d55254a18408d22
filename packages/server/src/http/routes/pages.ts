import type { JsonSchema } from "@telemetra/core";
import { HttpError } from "../http-error.js";
import { OVERLAYS, sendAsset, sendPage } from "../pages.js";
import { defineRoute } from "../route.js";
import { component } from "../schemas.js";

const page = { description: "The page.", contentType: "text/html" };
const notFound = { description: "There is no such page here.", schema: component("Error") };
const overlayName: JsonSchema = { type: "string", enum: OVERLAYS };

export const pageRoutes = [
  defineRoute({
    method: "get",
    path: "/overlay/{widget}",
    operationId: "getOverlay",
    tag: "Pages",
    summary: "An overlay for OBS: the page reads its stream and options from its own address",
    pathParameters: { widget: { schema: overlayName, description: "Name of the overlay." } },
    answers: { 200: page, 404: notFound },
    async handle({ response, param, deps }) {
      if (!(OVERLAYS as readonly string[]).includes(param("widget"))) {
        throw new HttpError(404, "overlay_not_found", `there is no such overlay; there are ${OVERLAYS.join(", ")}`);
      }
      if (!(await sendPage(response, deps.widgetsDirectory, "overlay.html"))) throw notBuilt();
    },
  }),
  defineRoute({
    method: "get",
    path: "/configure",
    operationId: "getConfigurator",
    tag: "Pages",
    summary: "The page on which overlays are put together",
    answers: { 200: page, 404: notFound },
    async handle({ response, deps }) {
      if (!(await sendPage(response, deps.widgetsDirectory, "configure.html"))) throw notBuilt();
    },
  }),
  defineRoute({
    method: "get",
    path: "/assets/{file}",
    operationId: "getAsset",
    tag: "Pages",
    summary: "Scripts, styles and pictures of the pages",
    pathParameters: { file: { schema: { type: "string" }, description: "Path of the file; may hold slashes." } },
    answers: { 200: { description: "The file.", contentType: "*/*" }, 404: notFound },
    async handle({ response, param, deps }) {
      if (!(await sendAsset(response, deps.widgetsDirectory, param("file")))) {
        throw new HttpError(404, "asset_not_found", "there is no such file");
      }
    },
  }),
];

function notBuilt(): HttpError {
  return new HttpError(404, "page_not_built", "this page is not built here; run npm run build");
}
