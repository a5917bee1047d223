/** Drawing a signal that scrolls past under the picture. */

/** @typedef {import("./sources.js").Sources} Sources */
import { toSignalLines } from "./geometry.js";
import { cssColor } from "./painter.js";

export class TracePainter {
  #sources;

  /** @param {object} layer @param {Sources} sources */
  constructor(layer, sources) {
    this.layer = layer;
    this.visible = layer.visible;
    this.#sources = sources;
  }

  async prepare() {
    this.samples = {
      times: await this.#sources.getArray(this.layer.times).loadWhole(),
      values: await this.#sources.getArray(this.layer.values).loadWhole(),
    };
  }

  /**
   * Draw the seconds around a time.
   * @param {{width: number, height: number, pxPerPoint: number}} paper
   */
  paint(context, now, paper) {
    const { window, limits, width, color } = this.layer;
    const middle = Math.round(paper.width / 2);
    context.fillStyle = "rgba(128, 128, 128, 0.6)";
    context.fillRect(middle - 0.5, 0, Math.max(1, paper.pxPerPoint * 0.75), paper.height);
    Object.assign(context, { lineJoin: "round", lineCap: "round" });
    context.lineWidth = width * paper.pxPerPoint;
    context.strokeStyle = cssColor(color);
    context.beginPath();
    for (const corners of toSignalLines(this.samples, { now, window, limits, ...paper })) {
      context.moveTo(corners[0], corners[1]);
      if (corners.length === 2) context.lineTo(corners[0], corners[1]);
      for (let i = 2; i < corners.length; i += 2) context.lineTo(corners[i], corners[i + 1]);
    }
    context.stroke();
  }
}
