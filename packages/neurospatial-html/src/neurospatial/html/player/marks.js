/** Drawing points, lines, polygons and curves over a field, at the resolution of the screen. */

import { LayerPainter, FAR, cssColor } from "./painter.js";
import { barOutline, clippedLine, trailParts, unbrokenRuns } from "./geometry.js";

const OPACITY_STEPS = 32;
const TRAIL_WIDTH = 0.35;
const DOT = 2; // How much thicker than its line a lone bin between gaps is.

export class PointsPainter extends LayerPainter {
  constructor(layer, sources) {
    super(layer, sources);
    this.xy = sources.array(layer.xy);
    this.opacity = layer.opacity && sources.array(layer.opacity);
    this.moving = this.opacity ? [this.xy, this.opacity] : [this.xy];
    this.trail = this.xy.nRows > 1 ? layer.trail : 0;
  }

  needs(first, last) {
    const needs = super.needs(first, last);
    needs[0][1] = Math.max(0, needs[0][1] - this.trail);
    return needs;
  }

  paint(context, frame, paper) {
    const radius = (this.layer.size * paper.pxPerPoint) / 2;
    if (this.trail) this.#paintTrails(context, frame, paper, 2 * radius * TRAIL_WIDTH);
    for (const [color, path] of this.#paths(frame, paper, radius)) {
      context.fillStyle = color;
      context.fill(path);
    }
  }

  /** The marks of each colour: faint ones do not darken one another. */
  #paths(frame, paper, radius) {
    const xy = this.now(this.xy, frame);
    const opacity = this.opacity && this.now(this.opacity, frame);
    const paths = new Map();
    for (let mark = 0; mark < xy.length / 2; mark++) {
      const [x, y] = [paper.x(xy[2 * mark]), paper.y(xy[2 * mark + 1])];
      const seen = x > -radius && y > -radius && x < paper.width + radius;
      const share = opacity ? Math.round(opacity[mark] * OPACITY_STEPS) / OPACITY_STEPS : 1;
      if (!seen || !(y < paper.height + radius) || !share) continue;
      const color = cssColor(this.color(mark), share);
      if (!paths.has(color)) paths.set(color, new Path2D());
      const path = paths.get(color);
      path.moveTo(x + radius, y);
      path.arc(x, y, radius, 0, 2 * Math.PI);
    }
    return paths;
  }

  #paintTrails(context, frame, paper, width) {
    Object.assign(context, { lineWidth: width, lineCap: "butt", lineJoin: "round" });
    const last = this.xy.rowOf(frame);
    const past = [];
    for (let row = Math.max(0, last - this.trail); row <= last; row++) past.push(this.xy.row(row));
    const oldest = last - past.length + 1;
    for (const part of trailParts(last, this.trail)) {
      const rows = past.slice(part.first - oldest, part.last - oldest + 1);
      for (let mark = 0; mark < rows[0].length / 2; mark++) {
        context.strokeStyle = cssColor(this.color(mark), part.opacity);
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
    const known = Math.abs(x) < FAR && Math.abs(y) < FAR;
    if (known && joined) context.lineTo(x, y);
    else if (known) context.moveTo(x, y);
    joined = known;
  }
}

export class SegmentsPainter extends LayerPainter {
  constructor(layer, sources) {
    super(layer, sources);
    this.start = sources.array(layer.start);
    this.stop = sources.array(layer.stop);
    this.moving = [this.start, this.stop];
  }

  paint(context, frame, paper) {
    const [start, stop] = [this.now(this.start, frame), this.now(this.stop, frame)];
    const width = this.layer.width * paper.pxPerPoint;
    const paths = new Map();
    for (let mark = 0; mark < start.length / 2; mark++) {
      const corners = this.#outline(start, stop, mark, paper, width);
      if (!corners) continue;
      const color = cssColor(this.color(mark));
      if (!paths.has(color)) paths.set(color, new Path2D());
      addCorners(paths.get(color), corners);
    }
    for (const [color, path] of paths) {
      context.fillStyle = color;
      context.fill(path);
    }
  }

  #outline(start, stop, mark, paper, width) {
    const [x0, y0] = [paper.x(start[2 * mark]), paper.y(start[2 * mark + 1])];
    const [x1, y1] = [paper.x(stop[2 * mark]), paper.y(stop[2 * mark + 1])];
    if (!Number.isFinite(x0 + y0 + x1 + y1)) return null;
    const margin = 10 * width;
    const box = [-margin, -margin, paper.width + margin, paper.height + margin];
    const seen = clippedLine(x0, y0, x1, y1, box);
    if (!seen) return null;
    const at = (share) => [x0 + share * (x1 - x0), y0 + share * (y1 - y0)];
    const ends = [...at(seen.from), ...at(seen.to)];
    return barOutline(ends, width, this.layer.arrowhead && seen.to === 1);
  }
}

function addCorners(path, corners) {
  path.moveTo(corners[0], corners[1]);
  for (let i = 2; i < corners.length; i += 2) path.lineTo(corners[i], corners[i + 1]);
  path.closePath();
}

export class PolygonsPainter extends LayerPainter {
  paint(context, frame, paper) {
    const edges = new Path2D();
    context.fillStyle = cssColor(this.layer.fill);
    for (const rings of this.layer.polygons) {
      const path = outlineOf(rings, paper);
      context.fill(path, "evenodd"); // Each by itself: parts that overlap are no holes.
      edges.addPath(path);
    }
    Object.assign(context, { lineWidth: this.layer.width * paper.pxPerPoint, lineJoin: "round" });
    context.strokeStyle = cssColor(this.layer.edge);
    context.stroke(edges);
  }
}

function outlineOf(rings, paper) {
  const path = new Path2D();
  for (const ring of rings) {
    if (ring.length) addCorners(path, ring.flatMap(([x, y]) => [paper.x(x), paper.y(y)]));
  }
  return path;
}

export class CurvePainter extends LayerPainter {
  constructor(layer, sources) {
    super(layer, sources);
    this.values = sources.array(layer.values);
    this.moving = [this.values];
  }

  paint(context, frame, paper) {
    const values = this.now(this.values, frame);
    const width = this.layer.width * paper.pxPerPoint;
    const line = new Path2D();
    const dots = new Path2D();
    for (const run of this.layer.runs.flatMap((bins) => unbrokenRuns(bins, values))) {
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
  nearest(frame, x) {
    const off = this.layer.x.map((center) => Math.abs(center - x));
    const bin = off.indexOf(Math.min(...off));
    const value = this.now(this.values, frame)[bin];
    return { bin, value: Number.isFinite(value) ? value : null, rounded: false };
  }
}
