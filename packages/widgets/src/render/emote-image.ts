/**
 * Picks the picture of an emote for the size that it is drawn at. Only addresses of the four providers are changed,
 * to another size of the same emote; any other address stays as it is.
 *
 * @param drawnPx Height in device pixels.
 * @param isStill Whether a picture that does not move is wanted.
 * @returns undefined when the address is none that a page may load (http, https, or a picture as `data:`).
 */
export function emoteImageUrl(url: string, drawnPx: number, isStill: boolean): string | undefined {
  if (!URL.canParse(url, globalThis.location?.href)) return undefined;
  const { protocol, href } = new URL(url, globalThis.location?.href);
  if (href.startsWith("data:image/")) return href;
  if (protocol !== "https:" && protocol !== "http:") return undefined;
  for (const { pattern, sizes, nameOf } of PROVIDERS) {
    if (!pattern.test(href)) continue;
    const size = sizes.find((candidate) => candidate * PX_OF_1X >= drawnPx) ?? sizes.at(-1) ?? 1;
    const sized = href.replace(pattern, (_all, before: string, after: string) => before + nameOf(size) + after);
    return isStill ? sized.replace(TWITCH_STYLE, "$1static$2") : sized;
  }
  return href;
}

const PX_OF_1X = 32;
const TWITCH_STYLE = /^(https:\/\/static-cdn\.jtvnw\.net\/emoticons\/v2\/[^/]+\/)(?:default|animated)(\/)/;

const PROVIDERS: readonly {
  readonly pattern: RegExp;
  readonly sizes: readonly number[];
  readonly nameOf: (size: number) => string;
}[] = [
  {
    pattern: /^(https:\/\/static-cdn\.jtvnw\.net\/emoticons\/v2\/[^/]+\/[^/]+\/(?:dark|light)\/)[123]\.0()$/,
    sizes: [1, 2, 3],
    nameOf: (size) => `${size}.0`,
  },
  {
    pattern: /^(https:\/\/cdn\.betterttv\.net\/emote\/[^/]+\/)[123]x((?:\.\w+)?)$/,
    sizes: [1, 2, 3],
    nameOf: (size) => `${size}x`,
  },
  {
    pattern: /^(https:\/\/cdn\.frankerfacez\.com\/emote\/[^/]+\/(?:animated\/)?)[124]((?:\.\w+)?)$/,
    sizes: [1, 2, 4],
    nameOf: (size) => `${size}`,
  },
  {
    pattern: /^(https:\/\/cdn\.7tv\.app\/emote\/[^/]+\/)[1-4]x(\.\w+)$/,
    sizes: [1, 2, 3, 4],
    nameOf: (size) => `${size}x`,
  },
];
