/** An element of a picture, as text. */
export type Mark = string;

export interface PictureOptions {
  readonly width: number;
  readonly height: number;
  /** What the picture shows, in a sentence: for who cannot see it. */
  readonly title: string;
}

/**
 * Colours by what they stand for. Each picture stands on ground of its own and follows the reader's light or dark
 * scheme, so it can be read wherever it is put.
 */
const STYLE = `
svg{font:13px system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;--ground:#fff;--edge:#d1d9e0;--ink:#1f2328;--dim:#59636e;--one:#0969da;--two:#bc4c00;--good:#1a7f37;--bad:#cf222e}
@media(prefers-color-scheme:dark){svg{--ground:#0d1117;--edge:#3d444d;--ink:#f0f6fc;--dim:#9198a1;--one:#4493f8;--two:#f0883e;--good:#3fb950;--bad:#ff7b72}}
text{fill:var(--ink)}.dim{fill:var(--dim)}.one{fill:var(--one)}.two{fill:var(--two)}.good{fill:var(--good)}.bad{fill:var(--bad)}
.small{font-size:12px}.bold{font-weight:600}.middle{text-anchor:middle}.end{text-anchor:end}
.line{fill:none;stroke:var(--ink);stroke-width:1.5;stroke-linejoin:round}.line.dim{stroke:var(--dim)}.line.edge{stroke:var(--edge)}
.line.one{stroke:var(--one)}.line.two{stroke:var(--two)}.line.good{stroke:var(--good)}.line.bad{stroke:var(--bad)}
.thin{stroke-width:1}.dashed{stroke-dasharray:4 4}.soft{fill-opacity:.16}.box{stroke-width:1.5}
.box.one{stroke:var(--one)}.box.two{stroke:var(--two)}.box.good{stroke:var(--good)}.box.bad{stroke:var(--bad)}.box.dim{stroke:var(--dim)}
`.replaceAll("\n", "");

/** A whole picture, as the text of an SVG file. */
export function picture({ width, height, title }: PictureOptions, marks: readonly Mark[]): string {
  const ground = `<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="6" style="fill:var(--ground);stroke:var(--edge)"/>`;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`;
  return [head, `<title>${escape(title)}</title>`, `<style>${STYLE}</style>`, ground, ...marks, "</svg>", ""].join(
    "\n",
  );
}

/** `look`: classes of the style above, such as `"one bold"`. */
export function text(x: number, y: number, look: string, content: string): Mark {
  return `<text x="${short(x)}" y="${short(y)}"${classOf(look)}>${escape(content)}</text>`;
}

/** A line through points. */
export function line(look: string, ...points: readonly (readonly [x: number, y: number])[]): Mark {
  return `<polyline class="line ${look}" points="${points.map(([x, y]) => `${short(x)},${short(y)}`).join(" ")}"/>`;
}

export function dot(x: number, y: number, look: string, radius = 4): Mark {
  return `<circle cx="${short(x)}" cy="${short(y)}" r="${short(radius)}"${classOf(look)}/>`;
}

export function box(x: number, y: number, width: number, height: number, look: string): Mark {
  return `<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" rx="3"${classOf(look)}/>`;
}

/** A map from values to places, linear through two pairs. */
export function scale(fromValue: number, toValue: number, fromPlace: number, toPlace: number) {
  return (value: number): number => fromPlace + ((value - fromValue) * (toPlace - fromPlace)) / (toValue - fromValue);
}

/** A tenth of a pixel is enough, and what differs beyond it from machine to machine is no other picture. */
function short(place: number): string {
  return String(Math.round(place * 10) / 10 + 0);
}

function classOf(look: string): string {
  return look === "" ? "" : ` class="${look}"`;
}

function escape(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
