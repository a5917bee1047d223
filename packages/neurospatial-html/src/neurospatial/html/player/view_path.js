/** Where a panel looks: at all of its view, or at another part of it in each frame. */

/** @typedef {import("./sources.js").Sources} Sources */
/** Shares of the width and height of all there is, downward on the screen; beyond 0 and 1 is nothing.
 * @typedef {{left: number, right: number, top: number, bottom: number}} Part */
/** @typedef {{bounds: number[], y_down: boolean, part: Part}} Aimed what a frame shows of the world */

/** All there is. @type {Part} */
export const WHOLE = { left: 0, right: 1, top: 0, bottom: 1 };

export class ViewPath {
  #whole;
  #source;

  /** @param {object} view of a panel's header @param {Sources} sources */
  constructor(view, sources) {
    this.#whole = { bounds: view.bounds, y_down: view.y_down, part: WHOLE };
    this.#source = view.path && sources.getArray(view.path);
  }

  /** Whether frames show other parts than one another. */
  get moves() {
    return Boolean(this.#source);
  }

  /** What is needed to know where frames [first, last] look. */
  requiredRows(first, last) {
    const source = this.#source;
    return source ? [[source, source.findRow(first), source.findRow(last)]] : [];
  }

  /** What a frame that has been loaded shows. @param {number} frame @returns {Aimed} */
  find(frame) {
    if (!this.#source) return this.#whole;
    return aimView(this.#whole, ...this.#source.getRow(this.#source.findRow(frame)));
  }
}

/**
 * What a view shows at a zoom: from 2 on about a place, at 1 all of it, and between them its
 * middle goes from one to the other.
 * @param {Aimed} whole @param {number} x @param {number} y @param {number} zoom at least 1
 * @returns {Aimed}
 */
export function aimView({ bounds, y_down }, x, y, zoom) {
  const [xMin, yMin, xMax, yMax] = bounds;
  const share = Math.min(Math.max(zoom - 1, 0), 1);
  const along = (low, high, place) => {
    const middle = 0.5 + share * ((place - low) / (high - low) - 0.5);
    return [middle - 0.5 / zoom, middle + 0.5 / zoom];
  };
  const [left, right] = along(xMin, xMax, x);
  const [low, high] = along(yMin, yMax, y);
  const toX = (part) => xMin + part * (xMax - xMin);
  const toY = (part) => yMin + part * (yMax - yMin);
  const [top, bottom] = y_down ? [low, high] : [1 - high, 1 - low];
  const part = { left, right, top, bottom };
  return { bounds: [toX(left), toY(low), toX(right), toY(high)], y_down, part };
}

/**
 * Which of a row of samples lies under the middle of each pixel of a part of them.
 * @param {number} first @param {number} last the part's ends, as shares of the row
 * @param {number} nPixels @param {number} nSamples
 * @returns {{from: number, to: number, samples: Int32Array}} of pixels [from, to): those before
 *   and after lie beyond the row
 */
export function findSamples(first, last, nPixels, nSamples) {
  const samples = new Int32Array(nPixels);
  let [from, to] = [0, 0];
  for (let pixel = 0; pixel < nPixels; pixel++) {
    const place = (first + ((pixel + 0.5) / nPixels) * (last - first)) * nSamples;
    if (!(place >= 0 && place < nSamples)) continue;
    if (!to) from = pixel;
    to = pixel + 1;
    samples[pixel] = Math.floor(place);
  }
  return { from, to, samples };
}
