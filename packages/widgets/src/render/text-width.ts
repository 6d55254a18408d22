let pen: CanvasRenderingContext2D | null | undefined;

/** Width of a text in pixels; without a canvas a fair guess from its length. */
export function textWidth(text: string, font: string): number {
  pen ??= document.createElement("canvas").getContext("2d");
  if (pen === null) return text.length * 20;
  pen.font = font;
  return Math.ceil(pen.measureText(text).width);
}
