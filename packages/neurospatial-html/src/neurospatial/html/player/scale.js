/** The colours of values, and which of them are chosen to be told apart. */

import { FULL_RANGE, toLimits, toRange } from "./field.js";

/** @typedef {import("./sources.js").Sources} Sources */

export class Scale {
  #lutSource;
  /** The codes that the colours span. @type {number[]} */
  range = FULL_RANGE;

  /** @param {{vmin: number, vmax: number, lut: object, label: string}} spec @param {Sources} sources */
  constructor(spec, sources) {
    this.spec = spec;
    this.#lutSource = sources.getArray(spec.lut);
  }

  async prepare() {
    this.lut = await this.#lutSource.loadWhole();
  }

  /** The values that the colours span. */
  get limits() {
    return toLimits(this.range, this.spec);
  }

  set limits(limits) {
    this.range = limits ? toRange(limits, this.spec) : FULL_RANGE;
  }
}
