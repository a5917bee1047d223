/** What draws one layer, whatever it shows. */

/** @typedef {import("./sources.js").Sources} Sources */

/** Pixels: beyond this, browsers lose precision. */
export const FAR = 1e5;

/** @param {number[]} rgba in [0, 1] @param {number} [opacity] */
export function cssColor(rgba, opacity = 1) {
  const [r, g, b] = rgba.map((part) => Math.round(255 * part));
  return `rgba(${r}, ${g}, ${b}, ${rgba[3] * opacity})`;
}

export function addCorners(path, corners) {
  path.moveTo(corners[0], corners[1]);
  for (let i = 2; i < corners.length; i += 2) path.lineTo(corners[i], corners[i + 1]);
  path.closePath();
}

/** What all layers but fields share. */
export class LayerPainter {
  isField = false;

  /** @param {object} layer @param {Sources} sources */
  constructor(layer, sources) {
    this.layer = layer;
    this.visible = layer.visible;
    this.sources = sources;
    this.moving = [];
  }

  /** Whether it looks the same in every frame. */
  get still() {
    return this.moving.every((source) => source.nRows <= 1);
  }

  async prepare() {}

  requiredRows(first, last) {
    return this.moving.map((source) => [source, source.findRow(first), source.findRow(last)]);
  }

  /** The row of a source in a frame. */
  currentRow(source, frame) {
    return source.getRow(source.findRow(frame));
  }

  getColor(mark) {
    return this.layer.color[Math.min(mark, this.layer.color.length - 1)];
  }
}
