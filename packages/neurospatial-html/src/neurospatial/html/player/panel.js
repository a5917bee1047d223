/** One panel: its layers, each drawn by a painter, on canvases that lie over one another. */

import { BundleError } from "./decode.js";
import { CurvePainter } from "./curve.js";
import { FieldPainter } from "./field.js";
import { PointsPainter } from "./points.js";
import { PolygonsPainter } from "./polygons.js";
import { SegmentsPainter } from "./segments.js";
import { ImagePainter } from "./image.js";
import { TextPainter } from "./text.js";
import { drawScaleBar } from "./scale_bar.js";
import { ViewPath } from "./view_path.js";
import { clamp, makePaper, toWorld } from "./geometry.js";

/** @typedef {import("./sources.js").Sources} Sources */

/** What draws each kind of layer. */
const PAINTERS = {
  Field: FieldPainter,
  Points: PointsPainter,
  Segments: SegmentsPainter,
  Polygons: PolygonsPainter,
  Curve: CurvePainter,
  Text: TextPainter,
  Image: ImagePainter,
};

/** How much smaller and larger marks are than at the size of the raster, at most. */
const GROWTH = [0.7, 1.6];

/** A canvas, and the neighbouring layers that are drawn on it. */
class Sheet {
  #dirty = true;

  /** @param {object[]} painters @param {boolean} moves whether the view does */
  constructor(painters, moves) {
    this.painters = painters;
    this.isField = painters[0].isField;
    this.still = !moves && painters.every((painter) => painter.still);
    this.canvas = this.isField ? painters[0].canvas : document.createElement("canvas");
    this.canvas.className = this.isField ? "ns-sheet ns-field" : "ns-sheet";
  }

  /** Have it drawn again, even if its layers stay still. */
  markDirty() {
    this.#dirty = true;
    this.canvas.hidden = !this.painters.some((painter) => painter.visible);
  }

  draw(frame, paper) {
    if (this.canvas.hidden || (this.still && !this.#dirty)) return;
    this.#dirty = false;
    if (this.isField) {
      this.painters[0].render(frame, paper.part);
      return;
    }
    const context = this.canvas.getContext("2d");
    if (this.canvas.width !== paper.width || this.canvas.height !== paper.height) {
      Object.assign(this.canvas, { width: paper.width, height: paper.height });
    } else {
      context.clearRect(0, 0, paper.width, paper.height);
    }
    for (const painter of this.painters) if (painter.visible) painter.paint(context, frame, paper);
  }
}

export class Panel {
  #size = null;
  #barScale = 0;

  /**
   * @param {object} header of the panel @param {Sources} sources @param {number} dpi
   * @param {import("./scale.js").Scale[]} scales
   */
  constructor(header, sources, dpi, scales) {
    this.header = header;
    this.dpi = dpi;
    this.path = new ViewPath(header.view, sources);
    const { moves } = this.path;
    this.painters = header.layers.map((layer) => makePainter(layer, sources, scales, header.raster));
    this.sheets = groupPainters(this.painters, moves).map((group) => new Sheet(group, moves));
    this.bar = header.scale_bar === null ? null : document.createElement("canvas");
    if (this.bar) this.bar.className = "ns-sheet";
    this.element = document.createElement("div");
    this.element.className = "ns-view";
    this.element.append(...this.sheets.map((sheet) => sheet.canvas));
    if (this.bar) this.element.append(this.bar);
  }

  async prepare() {
    await Promise.all(this.painters.map((painter) => painter.prepare()));
  }

  /** What is needed to draw frames [first, last]. */
  requiredRows(first, last) {
    const parts = [this.path, ...this.painters];
    return parts.flatMap((part) => part.requiredRows(first, last));
  }

  /** The scales of its fields. @returns {Set<import("./scale.js").Scale>} */
  get scales() {
    return new Set(this.painters.filter((painter) => painter.isField).map((one) => one.scale));
  }

  /** Have the colours of the fields span the codes that are chosen. */
  followRanges() {
    for (const painter of this.painters) if (painter.isField) painter.followRange();
    this.markDirty();
  }

  /** Have every canvas drawn again. */
  markDirty() {
    for (const sheet of this.sheets) sheet.markDirty();
  }

  /** Take a place on the page. @param {number} density device pixels in a CSS pixel */
  place(box, density) {
    for (const side of ["width", "height"]) this.element.style[side] = `${box[side]}px`;
    Object.assign(this.element.style, { left: `${box.x}px`, top: `${box.y}px` });
    const [width, height] = [box.width, box.height].map((edge) => Math.round(edge * density));
    this.#size = [width, height, density];
    this.#barScale = 0;
    this.markDirty();
  }

  draw(frame) {
    if (!this.#size) return; // It has no place yet.
    const paper = this.makePanelPaper(frame, ...this.#size);
    for (const sheet of this.sheets) sheet.draw(frame, paper);
    if (!this.bar || paper.scaleX === this.#barScale) return;
    this.#barScale = paper.scaleX;
    Object.assign(this.bar, { width: paper.width, height: paper.height }); // Empties it, too.
    drawScaleBar(this.bar.getContext("2d"), this.header, paper);
  }

  /** Draw every visible layer of a frame into any picture. */
  paint(context, frame, paper) {
    context.save();
    context.beginPath();
    context.rect(0, 0, paper.width, paper.height);
    context.clip();
    for (const painter of this.painters) if (painter.visible) painter.paint(context, frame, paper);
    context.restore();
  }

  /**
   * Pixels of a picture of what a frame shows. Marks grow and shrink with it, but stay legible;
   * a zoom leaves them as large as they are.
   * @param {number} frame @param {number} width @param {number} height @param {number} density
   */
  makePanelPaper(frame, width, height, density = 1) {
    const grown = clamp(width / density / this.header.raster[0], ...GROWTH);
    return makePaper(this.path.find(frame), width, height, (this.dpi / 72) * density * grown);
  }

  /** What is at a place: shares of the width and height of what a frame shows. */
  hitTest(frame, across, down) {
    const view = this.path.find(frame);
    const { left, right, top, bottom } = view.part;
    const at = [left + across * (right - left), top + down * (bottom - top)];
    const place = toWorld(view, across, down);
    const field = this.painters.findLast((painter) => painter.isField && painter.visible);
    const curve = this.painters.findLast((painter) => painter.findNearest && painter.visible);
    const found = field?.hitTest(frame, ...at) ?? curve?.findNearest(frame, place.x) ?? null;
    return { ...place, ...found };
  }
}

function makePainter(layer, sources, scales, raster) {
  const Painter = PAINTERS[layer.type];
  if (!Painter) throw new BundleError(`A layer of the kind ${layer.type} is unknown here.`);
  return new Painter(layer, sources, scales, raster);
}

/** Neighbours that are drawn together: a field by itself, the others as they move or stay. */
function groupPainters(painters, viewMoves) {
  const groups = [];
  for (const painter of painters) {
    const before = groups.at(-1)?.[0];
    const marks = before && !before.isField && !painter.isField;
    if (marks && (viewMoves || before.still === painter.still)) groups.at(-1).push(painter);
    else groups.push([painter]);
  }
  return groups;
}
