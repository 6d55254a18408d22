/** How the stories of the widgets are drawn: a source that plays one scene, around one widget of a given size. */
import type { Scene } from "./scenes.js";

export type WidgetTag = "tm-pulse-bar" | "tm-chat-flow" | "tm-emote-cloud" | "tm-moments-timeline";

export interface WidgetStory {
  readonly tag: WidgetTag;
  readonly scene: Scene;
  /** CSS lengths; the widget's scale follows its width. */
  readonly width: string;
  readonly height?: string;
  /** Attributes of the widget; those that are undefined are left out. */
  readonly args?: Readonly<Record<string, unknown>>;
  readonly dir?: "ltr" | "rtl";
  readonly lang?: string;
}

export function widgetStory({ tag, scene, width, height = "auto", args = {}, dir = "ltr", lang = "en" }: WidgetStory) {
  const source = document.createElement("tm-source");
  source.createFeed = ({ store }) => ({ start: () => scene(store), stop: () => undefined });
  Object.assign(source, { dir, lang });
  const widget = document.createElement(tag);
  for (const [name, value] of Object.entries(args)) {
    if (typeof value === "string" || typeof value === "number") widget.setAttribute(name, String(value));
  }
  Object.assign(widget.style, { inlineSize: `min(100%, ${width})`, blockSize: height });
  source.append(widget);
  return source;
}

/** The widget on a story's canvas, and the text that it shows. */
export function shownIn(
  canvasElement: HTMLElement,
  tag: WidgetTag,
): { readonly root: ShadowRoot; readonly text: string } {
  const root = canvasElement.querySelector(tag)?.shadowRoot;
  if (root === null || root === undefined) throw new Error(`there is no <${tag}> in this story`);
  return { root, text: root.querySelector(".root")?.textContent?.replace(/\s+/g, " ") ?? "" };
}
