import { join } from "node:path";
import type { Response } from "express";
import { escapeHtml } from "./escape-html.js";

/** Names of the overlays (F15). */
export const OVERLAYS = ["pulse-bar", "chat-flow", "emote-cloud", "moments-timeline"] as const;

/** What every page of ours may do: run our own files and no inline code or style, frame itself, send no form. */
const COMMON_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'self'",
  "frame-ancestors 'self'",
].join("; ");

/**
 * Overlays and the dashboard also show pictures of emotes from where events say they are, and talk to this server, to
 * Twitch's chat or to another Telemetra server. Lit's styles are constructed sheets, which need no exception.
 */
const PAGE_POLICY = `${COMMON_POLICY}; img-src 'self' data: https:; connect-src 'self' http: https: ws: wss:`;

/** Swagger UI draws its small pictures from data URLs. */
export const DOCS_POLICY = `${COMMON_POLICY}; img-src 'self' data:; connect-src 'self'`;

export function setPagePolicy(response: Response, policy: string = PAGE_POLICY): void {
  response.set(pageHeaders(policy));
}

function pageHeaders(policy: string): Record<string, string> {
  return { "Content-Security-Policy": policy, "Cache-Control": "no-cache" };
}

/** Sends a built page of the widgets. Resolves to false, with nothing sent, when it has not been built. */
export function sendPage(response: Response, widgetsDirectory: string, file: string): Promise<boolean> {
  return sendFile(response, join(widgetsDirectory, "pages"), file, pageHeaders(PAGE_POLICY));
}

/** A file whose name carries a hash of its content never changes. A hash without a digit or a capital looks like a word. */
const HASHED = /-(?=[^.]*[0-9A-Z])[A-Za-z0-9_-]{8}\.[a-z0-9.]+$/;

export function sendAsset(response: Response, widgetsDirectory: string, file: string): Promise<boolean> {
  return sendFile(response, join(widgetsDirectory, "pages", "assets"), file, {
    "Cache-Control": HASHED.test(file) ? "public, max-age=31536000, immutable" : "no-cache",
    "Cross-Origin-Resource-Policy": "cross-origin",
  });
}

/** Resolves to false, with nothing sent, when there is no such file below `root`. The headers go with the file only. */
export function sendFile(
  response: Response,
  root: string,
  file: string,
  headers: Readonly<Record<string, string>>,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    response.sendFile(file, { root, cacheControl: false, headers }, (error) => {
      if (error === undefined || error === null) resolve(true);
      else if (!response.headersSent && isMissing(error)) resolve(false);
      else if (response.headersSent || response.destroyed) resolve(true);
      else reject(error);
    });
  });
}

/** A folder and a path that leads out of the root are no files of ours either. */
function isMissing(error: Error): boolean {
  if ("code" in error && error.code === "EISDIR") return true;
  return "status" in error && [400, 403, 404].includes(error.status as number);
}

/** Stands in for the dashboard while its pages have not been built. */
export function welcomePage(response: Response, title: string): void {
  setPagePolicy(response);
  const name = escapeHtml(title);
  response.type("html").send(
    `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${name}</title>
<h1>${name} is running</h1>
<p>The pages are not built here: run <code>npm run build</code> for the dashboard and the overlays.</p>
<ul>
<li><a href="/docs">API documentation</a></li>
<li><a href="/api/v1/streams">Streams</a></li>
<li><a href="/api/v1/health">Health</a></li>
</ul>
</html>
`,
  );
}
