/** Which row of a layer's values each frame shows. */

import { BundleError } from "./decode.js";

/** @typedef {import("./sources.js").ArraySource} ArraySource */
/** @typedef {import("./sources.js").Sources} Sources */

export class ShownRows {
  #indexSource;
  #index = null;

  /**
   * @param {{values: object, frame_index: object | null}} layer
   * @param {Sources} sources
   */
  constructor(layer, sources) {
    this.values = sources.getArray(layer.values);
    this.#indexSource = layer.frame_index ? sources.getArray(layer.frame_index) : null;
  }

  /** Load the index, where there is one. */
  async prepare() {
    if (!this.#indexSource) return;
    this.#index = await this.#indexSource.loadWhole();
    if (this.#index.some((row) => row < -1 || row >= this.values.nRows)) {
      throw new BundleError("The animation is damaged: a frame shows a row that is not there.");
    }
  }

  /** The row of a frame; -1 for none. @param {number} frame */
  find(frame) {
    if (!this.#index) return this.values.findRow(frame);
    return this.#index[Math.min(frame, this.#index.length - 1)];
  }

  /** The values of a frame, which have been loaded; null for none. @param {number} frame */
  get(frame) {
    const row = this.find(frame);
    return row < 0 ? null : this.values.getRow(row);
  }

  /** What is needed to show frames [first, last]. */
  listNeeds(first, last) {
    if (!this.#index) return [[this.values, this.find(first), this.find(last)]];
    const needs = [];
    for (let frame = first; frame <= last; frame++) {
      const row = this.find(frame);
      if (row < 0 || row === needs.at(-1)?.[2]) continue;
      if (needs.length && row === needs.at(-1)[2] + 1) needs.at(-1)[2] = row;
      else needs.push([this.values, row, row]);
    }
    return needs;
  }
}
