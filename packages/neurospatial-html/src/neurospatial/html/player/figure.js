/** The picture: panels, what stands around them, and the strips of signals below. */

import { Scale } from "./scale.js";
import { Panel } from "./panel.js";
import { TracePainter } from "./trace.js";
import { drawAxes, drawStripAxes, makeTimeLabel } from "./axes.js";
import { drawColorBar } from "./color_bar.js";
import { drawScaleBar } from "./scale_bar.js";
import { makeFont } from "./text.js";
import { computeLayout } from "./figure_layout.js";

/** @typedef {import("./sources.js").Sources} Sources */

/** In place of a panel's number: the strips, which belong to none. */
export const STRIPS = "strips";
/** Height of a strip in points, by which its line is as wide as in a video. */
const STRIP_POINTS = 48;
/** Height of a line above the saved picture: its title, its label [CSS px]. */
const PNG_MARGIN = 34;

export class Figure {
  #chrome = document.createElement("canvas");
  #header;
  #layout;
  #density = 1;

  /** @param {object} header @param {Sources} sources */
  constructor(header, sources) {
    this.#header = header;
    this.labels = sources.getTexts(header.labels);
    this.clock = sources.getArray(header.clock);
    this.scales = header.scales.map((spec) => new Scale(spec, sources));
    this.panels = header.panels.map((panel) => new Panel(panel, sources, header.dpi, this.scales));
    this.traces = header.strips.map((trace) => new TracePainter(trace, sources));
    this.strips = this.traces.map(() => document.createElement("canvas"));
    for (const strip of this.strips) strip.className = "ns-strip";
    this.#chrome.className = "ns-chrome";
    this.element = document.createElement("div");
    this.element.className = "ns-figure";
    this.element.setAttribute("role", "img");
    this.element.setAttribute("aria-label", `Picture of ${[...this.listLayers().keys()].join(", ")}`);
    const views = this.panels.map((panel) => panel.element);
    this.element.append(this.#chrome, ...views, ...this.strips);
  }

  /** Load what does not change with the frame. */
  async prepare() {
    const parts = [...this.scales, ...this.panels, ...this.traces];
    await Promise.all(parts.map((part) => part.prepare()));
  }

  /** What is needed to show frames [first, last]. */
  requiredRows(first, last) {
    return [
      [this.labels, first, last],
      [this.clock, first, last],
      ...this.panels.flatMap((panel) => panel.requiredRows(first, last)),
    ];
  }

  /** The label of a frame that has been loaded. */
  getLabel(frame) {
    return this.labels.getRow(frame);
  }

  /** The time of a frame that has been loaded [s]. */
  getTime(frame) {
    return this.clock.getRow(frame)[0];
  }

  /**
   * Every layer once, by name: panels that share a name share its switch.
   * @param {number | "strips" | null} [number] of the one panel whose layers are listed
   */
  listLayers(number = null) {
    const visible = new Map();
    for (const painter of this.#iterPainters(number)) {
      const { name } = painter.layer;
      visible.set(name, visible.get(name) || painter.visible);
    }
    return visible;
  }

  /** Show or hide the layers of a name, of all panels or of one. */
  setVisible(name, visible, number = null) {
    for (const painter of this.#iterPainters(number)) {
      if (painter.layer.name === name) painter.visible = visible;
    }
    for (const panel of this.panels) panel.markDirty();
  }

  /** Numbers of the scales of a panel's fields, or of all. @param {number | null} number */
  listScales(number) {
    const wanted = number === null ? new Set(this.scales) : this.panels[number].scales;
    return [...this.scales.keys()].filter((scale) => wanted.has(this.scales[scale]));
  }

  /** Have the colours of some scales span the codes [low, high]. @param {Iterable<Scale>} scales */
  setRange(range, scales = this.scales) {
    for (const scale of scales) scale.range = range;
    for (const panel of this.panels) panel.followRanges();
  }

  /** Fill a width and height [CSS px], or what of them the panels can. */
  resize(width, height) {
    const shown = this.#listVisibleTraces();
    this.#density = window.devicePixelRatio || 1;
    this.#layout = computeLayout(this.#header, shown.length, width, height);
    for (const side of ["width", "height"]) this.element.style[side] = `${this.#layout[side]}px`;
    this.panels.forEach((panel, i) => panel.place(this.#layout.panels[i], this.#density));
    for (const strip of this.strips) strip.hidden = true;
    shown.forEach((trace, i) => this.#placeStrip(this.#getStrip(trace), this.#layout.strips[i]));
  }

  /** Draw what stands around the panels again. */
  drawChrome() {
    if (!this.#layout) return;
    fitCanvas(this.#chrome, this.#layout, this.#density);
    this.#paintChrome(this.#chrome.getContext("2d"), this.#readTheme());
  }

  draw(frame) {
    for (const panel of this.panels) panel.draw(frame);
    for (const trace of this.#listVisibleTraces()) {
      const strip = this.#getStrip(trace);
      const context = strip.getContext("2d");
      const [width, height] = [strip.width / this.#density, strip.height / this.#density];
      context.clearRect(0, 0, width, height);
      this.#paintStrip(context, trace, frame, width, height);
    }
  }

  /** A frame as a picture of its own, title and label above it. @returns {HTMLCanvasElement} */
  renderPicture(frame) {
    const theme = this.#readTheme();
    const canvas = document.createElement("canvas");
    const high = this.#layout.height + PNG_MARGIN * (this.#header.title ? 2 : 1);
    fitCanvas(canvas, { width: this.#layout.width, height: high }, this.#density);
    const context = canvas.getContext("2d");
    context.fillStyle = theme.paper;
    context.fillRect(0, 0, this.#layout.width, high);
    Object.assign(context, { fillStyle: theme.ink, textAlign: "center", textBaseline: "middle" });
    const middle = this.#layout.width / 2;
    context.font = `600 ${makeFont(16)}`;
    if (this.#header.title) context.fillText(this.#header.title, middle, PNG_MARGIN / 2);
    context.translate(0, high - this.#layout.height);
    context.font = makeFont(13);
    context.fillText(this.getLabel(frame), middle, -PNG_MARGIN / 2);
    this.#paintChrome(context, theme);
    this.#paintInside(context, frame);
    return canvas;
  }

  /** A panel's view at the size of its raster: every visible layer, no axes. */
  readPanelPixels(number, frame) {
    const panel = this.panels[number];
    const [width, height] = panel.header.raster;
    return readPixels(width, height, (context) =>
      panel.paint(context, frame, panel.makePanelPaper(frame, width, height)),
    );
  }

  /** A visible signal's strip: its window of time by its limits, no axes. */
  readStripPixels(number, frame) {
    const width = this.#header.panels[0].raster[0];
    const height = Math.round((STRIP_POINTS * this.#header.dpi) / 72);
    const trace = this.#listVisibleTraces()[number];
    return readPixels(width, height, (context) =>
      this.#paintStrip(context, trace, frame, width, height),
    );
  }

  *#iterPainters(number = null) {
    if (number === null) for (const panel of this.panels) yield* panel.painters;
    else if (number !== STRIPS) yield* this.panels[number].painters;
    if (number === null || number === STRIPS) yield* this.traces;
  }

  #listVisibleTraces() {
    return this.traces.filter((trace) => trace.visible);
  }

  #getStrip(trace) {
    return this.strips[this.traces.indexOf(trace)];
  }

  #placeStrip(strip, box) {
    fitCanvas(strip, box, this.#density);
    Object.assign(strip.style, { left: `${box.x}px`, top: `${box.y}px` });
    strip.hidden = false;
  }

  #paintStrip(context, trace, frame, width, height) {
    const pxPerPoint = height / STRIP_POINTS;
    trace.paint(context, this.getTime(frame), { width, height, pxPerPoint });
  }

  #paintChrome(context, theme) {
    this.panels.forEach((panel, i) => {
      const { panels, axes, bars } = this.#layout;
      drawAxes(context, { ...panel.header, axes: axes[i] }, panels[i], theme);
      const bar = bars[i];
      if (bar) drawColorBar(context, this.scales[panel.header.colorbar], bar, theme);
    });
    const { sharedBar } = this.#layout;
    if (sharedBar) drawColorBar(context, this.scales[this.#header.colorbar], sharedBar, theme);
    const shown = this.#listVisibleTraces();
    shown.forEach((trace, i) => {
      const isLast = i === shown.length - 1;
      const along = isLast ? makeTimeLabel(this.#header) : null;
      drawStripAxes(context, trace.layer, this.#layout.strips[i], along, theme);
    });
  }

  #paintInside(context, frame) {
    const inside = (box, paint) => {
      context.save();
      context.translate(box.x, box.y);
      paint();
      context.restore();
    };
    this.panels.forEach((panel, i) => {
      const box = this.#layout.panels[i];
      const paper = panel.makePanelPaper(frame, box.width, box.height);
      inside(box, () => panel.paint(context, frame, paper));
      if (panel.bar) inside(box, () => drawScaleBar(context, panel.header, paper));
    });
    this.#listVisibleTraces().forEach((trace, i) => {
      const box = this.#layout.strips[i];
      inside(box, () => {
        context.beginPath();
        context.rect(0, 0, box.width, box.height);
        context.clip();
        this.#paintStrip(context, trace, frame, box.width, box.height);
      });
    });
  }

  #readTheme() {
    const style = getComputedStyle(this.element);
    const color = (name) => style.getPropertyValue(`--ns-${name}`).trim();
    return {
      ink: color("ink"),
      faint: color("faint"),
      ground: color("ground"),
      paper: color("paper"),
    };
  }
}

/** Fit a canvas to a size [CSS px], sharp on the screen; one unit of it is a CSS pixel. */
function fitCanvas(canvas, { width, height }, density) {
  Object.assign(canvas, {
    width: Math.round(width * density),
    height: Math.round(height * density),
  });
  Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
  canvas.getContext("2d").scale(density, density);
}

function readPixels(width, height, paint) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  paint(context);
  return context.getImageData(0, 0, width, height);
}
