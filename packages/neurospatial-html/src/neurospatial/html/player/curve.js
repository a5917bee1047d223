/** Drawing a value over distance, at the resolution of the screen. */

import { LayerPainter, cssColor } from "./painter.js";
import { ShownRows } from "./rows.js";
import { findContiguousRuns } from "./geometry.js";

/** Widths of its line: the diameter of a lone bin between gaps, hard to find otherwise. */
const DOT = 2;

export class CurvePainter extends LayerPainter {
  constructor(layer, sources) {
    super(layer, sources);
    this.rows = new ShownRows(layer, sources);
    this.moving = [];
  }

  get still() {
    return false;
  }

  async prepare() {
    await this.rows.prepare();
  }

  requiredRows(first, last) {
    return this.rows.listNeeds(first, last);
  }

  paint(context, frame, paper) {
    const values = this.rows.get(frame);
    if (!values) return;
    const width = this.layer.width * paper.pxPerPoint;
    const line = new Path2D();
    const dots = new Path2D();
    for (const run of this.layer.runs.flatMap((bins) => findContiguousRuns(bins, values))) {
      const places = run.map((bin) => [paper.x(this.layer.x[bin]), paper.y(values[bin])]);
      line.moveTo(...places[0]);
      for (const place of places.slice(1)) line.lineTo(...place);
      if (places.length === 1) dots.arc(...places[0], (DOT * width) / 2, 0, 2 * Math.PI);
      dots.closePath();
    }
    const color = cssColor(this.layer.color);
    Object.assign(context, { lineWidth: width, lineCap: "round", lineJoin: "round" });
    context.strokeStyle = context.fillStyle = color;
    context.stroke(line);
    context.fill(dots);
  }

  /** The bin whose centre is nearest to a place along the track. @param {number} x */
  findNearest(frame, x) {
    const off = this.layer.x.map((center) => Math.abs(center - x));
    const bin = off.indexOf(Math.min(...off));
    const value = this.rows.get(frame)?.[bin];
    return { bin, value: Number.isFinite(value) ? value : null, rounded: false };
  }
}
