/** Drawing points and their trails over a field, at the resolution of the screen. */

import { LayerPainter, FAR, cssColor } from "./painter.js";
import { splitTrail } from "./geometry.js";

/** Levels of fading: marks of one are filled together, and 3 % of opacity is not seen. */
const OPACITY_STEPS = 32;
/** Of a trail, as a share of its point's diameter. */
const TRAIL_WIDTH = 0.35;

export class PointsPainter extends LayerPainter {
  constructor(layer, sources) {
    super(layer, sources);
    this.xy = sources.getArray(layer.xy);
    this.opacity = layer.opacity && sources.getArray(layer.opacity);
    this.moving = this.opacity ? [this.xy, this.opacity] : [this.xy];
    this.trail = this.xy.nRows > 1 ? layer.trail : 0;
  }

  requiredRows(first, last) {
    const needed = super.requiredRows(first, last);
    needed[0][1] = Math.max(0, needed[0][1] - this.trail);
    return needed;
  }

  paint(context, frame, paper) {
    const radius = (this.layer.size * paper.pxPerPoint) / 2;
    if (this.trail) this.#paintTrails(context, frame, paper, 2 * radius * TRAIL_WIDTH);
    for (const [color, path] of this.#makePaths(frame, paper, radius)) {
      context.fillStyle = color;
      context.fill(path);
    }
  }

  /** The marks of each colour: faint ones do not darken one another. */
  #makePaths(frame, paper, radius) {
    const xy = this.currentRow(this.xy, frame);
    const opacity = this.opacity && this.currentRow(this.opacity, frame);
    const paths = new Map();
    for (let mark = 0; mark < xy.length / 2; mark++) {
      const [x, y] = [paper.x(xy[2 * mark]), paper.y(xy[2 * mark + 1])];
      const inside = x > -radius && y > -radius && x < paper.width + radius;
      const share = opacity ? Math.round(opacity[mark] * OPACITY_STEPS) / OPACITY_STEPS : 1;
      if (!inside || !(y < paper.height + radius) || !share) continue;
      const color = cssColor(this.getColor(mark), share);
      if (!paths.has(color)) paths.set(color, new Path2D());
      const path = paths.get(color);
      path.moveTo(x + radius, y);
      path.arc(x, y, radius, 0, 2 * Math.PI);
    }
    return paths;
  }

  #paintTrails(context, frame, paper, width) {
    Object.assign(context, { lineWidth: width, lineCap: "butt", lineJoin: "round" });
    const last = this.xy.findRow(frame);
    const past = [];
    for (let row = Math.max(0, last - this.trail); row <= last; row++) {
      past.push(this.xy.getRow(row));
    }
    const oldest = last - past.length + 1;
    for (const part of splitTrail(last, this.trail)) {
      const rows = past.slice(part.first - oldest, part.last - oldest + 1);
      for (let mark = 0; mark < rows[0].length / 2; mark++) {
        context.strokeStyle = cssColor(this.getColor(mark), part.opacity);
        context.beginPath();
        tracePath(context, rows, mark, paper);
        context.stroke();
      }
    }
  }
}

/** Join the places of a mark, and nothing across those that were lost. */
function tracePath(context, rows, mark, paper) {
  let joined = false;
  for (const row of rows) {
    const [x, y] = [paper.x(row[2 * mark]), paper.y(row[2 * mark + 1])];
    const finite = Math.abs(x) < FAR && Math.abs(y) < FAR;
    if (finite && joined) context.lineTo(x, y);
    else if (finite) context.moveTo(x, y);
    joined = finite;
  }
}
