/** Writing words into the picture. */

import { FAR, LayerPainter, cssColor } from "./painter.js";

const FONT = '"DejaVu Sans", Verdana, system-ui, sans-serif';

/** @param {number} size [px] */
export function makeFont(size) {
  return `${size}px ${FONT}`;
}

export class TextPainter extends LayerPainter {
  constructor(layer, sources) {
    super(layer, sources);
    this.anchor = sources.getArray(layer.anchor);
    this.strings = sources.getTexts(layer.strings);
    this.moving = [this.anchor, this.strings];
  }

  paint(context, frame, paper) {
    const [x, y] = this.currentRow(this.anchor, frame);
    const words = this.currentRow(this.strings, frame);
    const [right, up] = this.layer.shift;
    const center = [paper.x(x) + right * paper.pxPerPoint, paper.y(y) - up * paper.pxPerPoint];
    if (!center.every((place) => Math.abs(place) < FAR) || !words.trim()) return;
    const size = this.layer.size * paper.pxPerPoint;
    paintText(context, words, center, size, cssColor(this.layer.color), this.layer.color[3]);
  }
}

/** Write words about a place, over a thin dark outline. */
export function paintText(context, words, [x, y], size, color, opacity = 1) {
  Object.assign(context, { font: makeFont(size), textAlign: "center", lineJoin: "round" });
  context.textBaseline = "alphabetic";
  const capital = context.measureText("H").actualBoundingBoxAscent;
  const lines = words.split("\n");
  context.lineWidth = 2 * Math.max(1, Math.round(size / 10));
  context.strokeStyle = `rgba(0, 0, 0, ${opacity})`;
  context.fillStyle = color;
  for (const [number, line] of lines.entries()) {
    const base = y + capital / 2 + (number - (lines.length - 1) / 2) * 1.2 * size;
    context.strokeText(line, x, base);
    context.fillText(line, x, base);
  }
}
