/** Drawing straight lines and arrows over a field, at the resolution of the screen. */

import { LayerPainter, addCorners, cssColor } from "./painter.js";
import { computeBarOutline, clipLine } from "./geometry.js";

export class SegmentsPainter extends LayerPainter {
  constructor(layer, sources) {
    super(layer, sources);
    this.start = sources.getArray(layer.start);
    this.stop = sources.getArray(layer.stop);
    this.moving = [this.start, this.stop];
  }

  paint(context, frame, paper) {
    const [start, stop] = [this.currentRow(this.start, frame), this.currentRow(this.stop, frame)];
    const width = this.layer.width * paper.pxPerPoint;
    const paths = new Map();
    for (let mark = 0; mark < start.length / 2; mark++) {
      const corners = this.#computeOutline(start, stop, mark, paper, width);
      if (!corners) continue;
      const color = cssColor(this.getColor(mark));
      if (!paths.has(color)) paths.set(color, new Path2D());
      addCorners(paths.get(color), corners);
    }
    for (const [color, path] of paths) {
      context.fillStyle = color;
      context.fill(path);
    }
  }

  #computeOutline(start, stop, mark, paper, width) {
    const [x0, y0] = [paper.x(start[2 * mark]), paper.y(start[2 * mark + 1])];
    const [x1, y1] = [paper.x(stop[2 * mark]), paper.y(stop[2 * mark + 1])];
    if (!Number.isFinite(x0 + y0 + x1 + y1)) return null;
    const margin = 10 * width;
    const box = [-margin, -margin, paper.width + margin, paper.height + margin];
    const clipped = clipLine(x0, y0, x1, y1, box);
    if (!clipped) return null;
    const at = (share) => [x0 + share * (x1 - x0), y0 + share * (y1 - y0)];
    const ends = [...at(clipped.from), ...at(clipped.to)];
    return computeBarOutline(ends, width, this.layer.arrowhead && clipped.to === 1);
  }
}
