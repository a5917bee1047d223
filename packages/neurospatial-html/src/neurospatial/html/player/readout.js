/** Saying what is under the pointer. */

import { briefly } from "./ticks.js";

/** @typedef {import("./panel.js").Panel} Panel */

export class Readout {
  #panel = null;
  #place = [0, 0];

  /**
   * @param {Panel[]} panels
   * @param {HTMLOutputElement} output
   * @param {() => number} frame that is shown, -1 for none
   */
  constructor(panels, output, frame) {
    this.output = output;
    this.frame = frame;
    for (const panel of panels) {
      const follow = (event) => this.#follow(panel, event);
      for (const kind of ["pointermove", "pointerdown"]) {
        panel.element.addEventListener(kind, follow);
      }
      panel.element.addEventListener("pointerleave", () => this.#follow(null));
    }
  }

  /** Say it anew: another frame is shown. */
  update() {
    const [across, down] = this.#place;
    const inside = across >= 0 && down >= 0 && across < 1 && down < 1;
    const shows = this.#panel && inside && this.frame() >= 0;
    this.output.textContent = shows ? this.#words(this.#panel, across, down) : "";
  }

  #follow(panel, event) {
    this.#panel = panel;
    if (panel) {
      const box = panel.element.getBoundingClientRect();
      const [x, y] = [event.clientX - box.left, event.clientY - box.top];
      this.#place = [x / box.width, y / box.height];
    }
    this.update();
  }

  #words(panel, across, down) {
    const { units } = panel.header.view;
    const { x, y, bin, value, rounded } = panel.under(this.frame(), across, down);
    const place = `(${briefly(x)}, ${briefly(y)})${units ? ` ${units}` : ""}`;
    if (bin === undefined) return place;
    const shown = value === null ? "no value" : `${rounded ? "≈ " : ""}${briefly(value)}`;
    return `${place} · bin ${bin} · ${shown}`;
  }
}
