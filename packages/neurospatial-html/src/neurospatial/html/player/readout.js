/** Saying what is under the pointer, and what else there is to say. */

import { formatCoordinate, formatNumber } from "./axis_ticks.js";

/** @typedef {import("./panel.js").Panel} Panel */

/** Milliseconds that a message stays: long enough to read a line. */
const MESSAGE_FOR = 3000;

export class Readout {
  #panel = null;
  #place = [0, 0];
  #messageUntil = 0;

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
      panel.element.addEventListener("pointerleave", (event) => {
        // A finger that is lifted has said all it wanted to, and waits for the answer.
        if (event.pointerType !== "touch") this.#follow(null);
      });
    }
  }

  /** Say something else, until it has been read or the pointer asks. @param {string} words */
  say(words) {
    this.output.textContent = words;
    this.#messageUntil = performance.now() + MESSAGE_FOR;
  }

  /** Say what is there anew: another frame is shown. */
  update() {
    if (performance.now() < this.#messageUntil) return;
    const [across, down] = this.#place;
    const inside = across >= 0 && down >= 0 && across < 1 && down < 1;
    const shows = this.#panel && inside && this.frame() >= 0;
    this.output.textContent = shows ? this.#describe(this.#panel, across, down) : "";
  }

  #follow(panel, event) {
    this.#messageUntil = 0;
    this.#panel = panel;
    if (panel) {
      const box = panel.element.getBoundingClientRect();
      const [x, y] = [event.clientX - box.left, event.clientY - box.top];
      this.#place = [x / box.width, y / box.height];
    }
    this.update();
  }

  #describe(panel, across, down) {
    const { units } = panel.header.view;
    const { bounds } = panel.path.find(this.frame());
    const { x, y, bin, value, rounded } = panel.hitTest(this.frame(), across, down);
    const alongX = formatCoordinate(x, bounds[2] - bounds[0]);
    const alongY = formatCoordinate(y, bounds[3] - bounds[1]);
    const place = `(${alongX}, ${alongY})${units ? ` ${units}` : ""}`;
    if (bin === undefined) return place;
    const shown = value === null ? "no value" : `${rounded ? "≈ " : ""}${formatNumber(value)}`;
    return `${place} · bin ${bin} · ${shown}`;
  }
}
