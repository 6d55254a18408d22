/** The overlays a server serves, by the last part of their path. */
export const OVERLAY_NAMES = ["pulse-bar", "chat-flow", "emote-cloud", "moments-timeline"] as const;
export type OverlayName = (typeof OVERLAY_NAMES)[number];

export const POSITIONS = [
  "top-left",
  "top",
  "top-right",
  "left",
  "center",
  "right",
  "bottom-left",
  "bottom",
  "bottom-right",
  "fill",
] as const;
export type Position = (typeof POSITIONS)[number];

/** Where an overlay's numbers come from: the properties of its `<tm-source>`. */
export type OverlayFeed = { readonly stream: string } | { readonly demo: true } | { readonly twitch: string };

/** What an overlay page was asked to show. */
export interface OverlayRequest {
  readonly widget: OverlayName;
  /** Base address of the server, where the page itself came from. */
  readonly server: string;
  readonly feed: OverlayFeed;
  readonly position: Position | undefined;
  /** Attributes of the widget itself, as they are in the address. */
  readonly attributes: readonly (readonly [string, string])[];
}

/** What to tell the person who typed the address. */
export interface OverlayHint {
  readonly title: string;
  readonly text: string;
  /** Addresses that work. */
  readonly examples: readonly string[];
}

const WIDGET_ATTRIBUTES = ["minutes", "max", "rate-unit"];

/** Reads an overlay's address: what to show, or what is wrong with it. */
export function readOverlayAddress(href: string): OverlayRequest | OverlayHint {
  const url = new URL(href);
  const name = url.pathname.split("/").filter(Boolean).at(-1) ?? "";
  const server = `${url.origin}${url.pathname.replace(/\/?overlay\/.*$/, "/")}`;
  const widget = OVERLAY_NAMES.find((candidate) => candidate === name);
  if (widget === undefined) {
    return {
      title: `There is no overlay called “${name}”`,
      text: "These are the overlays:",
      examples: OVERLAY_NAMES.map((known) => `${server}overlay/${known}?stream=…`),
    };
  }
  const feed = readFeed(url.searchParams);
  if (feed === undefined) {
    return {
      title: "Which stream?",
      text: "Add ?stream= and the id of a stream to the address of this overlay, or ?demo to see it at work:",
      examples: [`${server}overlay/${widget}?stream=my-channel`, `${server}overlay/${widget}?demo`],
    };
  }
  const position = POSITIONS.find((candidate) => candidate === url.searchParams.get("position"));
  const attributes = WIDGET_ATTRIBUTES.flatMap((attribute): [string, string][] => {
    const value = url.searchParams.get(attribute);
    return value === null ? [] : [[attribute, value]];
  });
  return { widget, server, feed, position, attributes };
}

function readFeed(parameters: URLSearchParams): OverlayFeed | undefined {
  if (parameters.has("demo")) return { demo: true };
  const [twitch, stream] = [parameters.get("twitch"), parameters.get("stream")];
  if (twitch) return { twitch };
  return stream ? { stream } : undefined;
}
