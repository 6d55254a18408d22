import "../../src/index.js";
import type { LitElement } from "lit";
import type { StreamStore } from "../../src/live/stream-store.js";
import type { Source } from "../../src/source/source.js";

/** A source on the page whose store the test fills itself, with one widget in it. */
export interface Mounted<T extends HTMLElement> {
  readonly source: Source;
  readonly store: StreamStore;
  readonly widget: T;
  /** Resolves when everything that is under way has been drawn. */
  readonly drawn: () => Promise<void>;
}

export async function mount<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  size: { readonly width: number; readonly height?: number } = { width: 960 },
): Promise<Mounted<HTMLElementTagNameMap[K]>> {
  const source = document.createElement("tm-source");
  source.createFeed = () => ({ start: () => undefined, stop: () => undefined });
  const widget = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) widget.setAttribute(name, value);
  widget.style.inlineSize = `${size.width}px`;
  if (size.height !== undefined) widget.style.blockSize = `${size.height}px`;
  source.append(widget);
  document.body.replaceChildren(source);
  await source.updateComplete;
  const drawn = () => settled(widget as unknown as LitElement);
  await drawn();
  return { source, store: source.store, widget, drawn };
}

/** Waits for the element and for two frames, so that observers of size have spoken too. */
export async function settled(element: LitElement): Promise<void> {
  await element.updateComplete;
  for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
  await element.updateComplete;
}

/** The text that a reader sees in an element's shadow root, on one line. */
export function shownText(element: HTMLElement): string {
  const texts: string[] = [];
  const walk = (node: Node): void => {
    if (node instanceof Text) texts.push(node.data.trim());
    if (node instanceof HTMLStyleElement) return;
    for (const child of node.childNodes) walk(child);
  };
  walk(element.shadowRoot ?? element);
  return texts.filter(Boolean).join(" ");
}
