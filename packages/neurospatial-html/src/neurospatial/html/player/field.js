/** Drawing a field: one gather a frame, lut[codes[index_map]]. */

/** @typedef {import("./sources.js").Sources} Sources */
import { ShownRows } from "./rows.js";
import { clamp } from "./geometry.js";
import { WHOLE, findSamples } from "./view_path.js";

/** The code of what is not drawn. */
export const NOTHING = 255;
/** The last code that has a colour of the colormap. */
const HIGHEST = 254;

/** The codes that have the first and the last colour, when nobody chose others. */
export const FULL_RANGE = [0, HIGHEST];

/**
 * Colours of the codes when the colormap spans the codes [low, high] only.
 * @param {Uint8Array} lut RGBA of 256 codes
 * @param {number[]} range
 * @returns {Uint32Array} RGBA in one number a code
 */
export function spreadLut(lut, range) {
  const entries = new Uint32Array(lut.slice().buffer);
  const [low, high] = range;
  const spread = entries.slice();
  for (let code = 0; code <= HIGHEST; code++) {
    const entry = Math.round(((code - low) * HIGHEST) / Math.max(high - low, 1e-9));
    spread[code] = entries[clamp(entry, 0, HIGHEST)];
  }
  return spread;
}

/** The value in the middle of a code. @param {{vmin: number, vmax: number}} scale */
export function toValue(code, scale) {
  return scale.vmin + ((code + 0.5) / NOTHING) * (scale.vmax - scale.vmin);
}

/** The limits of the colours when they span the codes [low, high]. */
export function toLimits(range, scale) {
  const unit = (scale.vmax - scale.vmin) / NOTHING;
  return [scale.vmin + range[0] * unit, scale.vmin + (range[1] + 1) * unit];
}

/** The codes that colours between two values span. */
export function toRange(limits, scale) {
  const unit = (scale.vmax - scale.vmin) / NOTHING;
  return [(limits[0] - scale.vmin) / unit, (limits[1] - scale.vmin) / unit - 1];
}

export class FieldPainter {
  isField = true;
  still = false;
  #index;
  #codes;
  #picture;
  #pixels;
  #spread;
  #part = null;
  #columns;
  #rows;

  /**
   * @param {object} layer @param {Sources} sources @param {import("./scale.js").Scale[]} scales
   * @param {number[]} raster width and height of the panel: the index map is finer where a view zooms
   */
  constructor(layer, sources, scales, raster) {
    this.layer = layer;
    this.visible = layer.visible;
    this.rows = new ShownRows(layer, sources);
    this.scale = scales[layer.scale];
    this.#index = sources.getArray(layer.index_map);
    [this.height, this.width] = layer.index_map.shape;
    this.#codes = new Uint8Array(layer.n_bins + 1).fill(NOTHING);
    this.canvas = document.createElement("canvas");
    Object.assign(this.canvas, { width: raster[0], height: raster[1] });
  }

  /** Load what does not change with the frame. */
  async prepare() {
    [this.index] = await Promise.all([
      this.#index.loadWhole(), this.rows.prepare(), this.scale.prepare(),
    ]); // prettier-ignore
    this.followRange();
    this.#picture = new ImageData(this.canvas.width, this.canvas.height);
    this.#pixels = new Uint32Array(this.#picture.data.buffer);
  }

  /** Have the colours span the codes that are chosen of their scale. */
  followRange() {
    this.#spread = spreadLut(this.scale.lut, this.scale.range);
  }

  requiredRows(first, last) {
    return this.rows.listNeeds(first, last);
  }

  /**
   * Draw a frame into the layer's own canvas, a pixel of it the pixel of the index map that lies
   * under its middle.
   * @param {number} frame @param {import("./view_path.js").Part} part of the index map that is shown
   */
  render(frame, part = WHOLE) {
    const row = this.rows.get(frame);
    if (row) this.#codes.set(row);
    else this.#codes.fill(NOTHING);
    if (part !== this.#part) this.#aim(part);
    const [pixels, index, codes, spread] = [this.#pixels, this.index, this.#codes, this.#spread];
    const [{ from, to, samples: columns }, rows] = [this.#columns, this.#rows];
    for (let y = rows.from; y < rows.to; y++) {
      const [begin, above] = [y * columns.length, rows.samples[y] * this.width];
      for (let x = from; x < to; x++) pixels[begin + x] = spread[codes[index[above + columns[x]]]];
    }
    this.canvas.getContext("2d").putImageData(this.#picture, 0, 0);
  }

  /** Draw a frame into any picture. */
  paint(context, frame, paper) {
    this.render(frame, paper.part);
    context.imageSmoothingEnabled = false;
    context.drawImage(this.canvas, 0, 0, paper.width, paper.height);
  }

  /** What lies under a place: shares of the width and the height of the index map. */
  hitTest(frame, across, down) {
    if (!(across >= 0 && down >= 0 && across < 1 && down < 1)) return null;
    const column = Math.floor(across * this.width);
    const row = Math.floor(down * this.height);
    const bin = this.index[row * this.width + column];
    if (bin >= this.layer.n_bins) return null;
    const code = this.rows.get(frame)?.[bin] ?? NOTHING;
    const value = code === NOTHING ? null : toValue(code, this.scale.spec);
    return { bin, value, rounded: true };
  }

  /** Have the canvas show a part of the index map; beyond its edge it stays empty. */
  #aim(part) {
    const { width, height } = this.canvas;
    this.#part = part;
    this.#columns = findSamples(part.left, part.right, width, this.width);
    this.#rows = findSamples(part.top, part.bottom, height, this.height);
    this.#pixels.fill(0);
  }
}
