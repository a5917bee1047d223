/** The picture: panels, what stands around them, and the strips of signals below. */

import { FULL_RANGE } from "./field.js";
import { Panel } from "./panel.js";
import { TracePainter } from "./trace.js";
import { drawAxes, drawColorBar, drawScaleBar, drawStripAxes } from "./axes.js";
import { fontOf } from "./text.js";
import { layOut } from "./figure_layout.js";

/** @typedef {import("./sources.js").Sources} Sources */

const STRIP_POINTS = 48;
const PNG_MARGIN = 34;

export class Figure {
  #chrome = document.createElement("canvas");
  #header;
  #page;
  #density = 1;
  range = FULL_RANGE;

  /** @param {object} header @param {Sources} sources */
  constructor(header, sources) {
    this.#header = header;
    this.labels = sources.texts(header.labels);
    this.clock = sources.array(header.clock);
    this.panels = header.panels.map((panel) => new Panel(panel, sources, header.dpi));
    this.traces = header.strips.map((trace) => new TracePainter(trace, sources));
    this.strips = this.traces.map(() => document.createElement("canvas"));
    for (const strip of this.strips) strip.className = "ns-strip";
    this.#chrome.className = "ns-chrome";
    this.element = document.createElement("div");
    this.element.className = "ns-figure";
    this.element.setAttribute("role", "img");
    this.element.setAttribute("aria-label", `Picture of ${[...this.layers().keys()].join(", ")}`);
    const views = this.panels.map((panel) => panel.element);
    this.element.append(this.#chrome, ...views, ...this.strips);
  }

  /** Load what does not change with the frame. */
  async prepare() {
    await Promise.all([...this.panels, ...this.traces].map((part) => part.prepare()));
  }

  /** What is needed to show frames [first, last]. */
  needs(first, last) {
    return [
      [this.labels, first, last],
      [this.clock, first, last],
      ...this.panels.flatMap((panel) => panel.needs(first, last)),
    ];
  }

  /** The label of a frame that has been loaded. */
  label(frame) {
    return this.labels.row(frame);
  }

  /** The time of a frame that has been loaded [s]. */
  time(frame) {
    return this.clock.row(frame)[0];
  }

  /** Every layer once, by name: panels that share a name share its switch. */
  layers() {
    const visible = new Map();
    for (const painter of this.#painters()) {
      const { name } = painter.layer;
      visible.set(name, visible.get(name) || painter.visible);
    }
    return visible;
  }

  /** Show or hide the layers of a name. */
  setVisible(name, visible) {
    for (const painter of this.#painters()) {
      if (painter.layer.name === name) painter.visible = visible;
    }
    for (const panel of this.panels) panel.touch();
  }

  /** Have the colours of all fields span the codes [low, high]. */
  setRange(range) {
    this.range = range;
    for (const panel of this.panels) panel.setRange(range);
  }

  /** Fill a width and height [CSS px], or what of them the panels can. */
  resize(width, height) {
    const shown = this.#shownTraces();
    this.#density = window.devicePixelRatio || 1;
    this.#page = layOut(this.#header.panels, shown.length, width, height);
    for (const side of ["width", "height"]) this.element.style[side] = `${this.#page[side]}px`;
    this.panels.forEach((panel, i) => panel.place(this.#page.panels[i], this.#density));
    for (const strip of this.strips) strip.hidden = true;
    shown.forEach((trace, i) => this.#placeStrip(this.#stripOf(trace), this.#page.strips[i]));
  }

  /** Draw what stands around the panels again. */
  drawChrome() {
    if (!this.#page) return;
    fitCanvas(this.#chrome, this.#page, this.#density);
    this.#paintChrome(this.#chrome.getContext("2d"), this.#theme());
  }

  draw(frame) {
    for (const panel of this.panels) panel.draw(frame);
    for (const trace of this.#shownTraces()) {
      const strip = this.#stripOf(trace);
      const context = strip.getContext("2d");
      const [width, height] = [strip.width / this.#density, strip.height / this.#density];
      context.clearRect(0, 0, width, height);
      this.#paintStrip(context, trace, frame, width, height);
    }
  }

  /** A frame as a picture of its own, title and label above it. @returns {HTMLCanvasElement} */
  picture(frame) {
    const theme = this.#theme();
    const canvas = document.createElement("canvas");
    const high = this.#page.height + PNG_MARGIN * (this.#header.title ? 2 : 1);
    fitCanvas(canvas, { width: this.#page.width, height: high }, this.#density);
    const context = canvas.getContext("2d");
    context.fillStyle = theme.paper;
    context.fillRect(0, 0, this.#page.width, high);
    Object.assign(context, { fillStyle: theme.ink, textAlign: "center", textBaseline: "middle" });
    const middle = this.#page.width / 2;
    context.font = `600 ${fontOf(16)}`;
    if (this.#header.title) context.fillText(this.#header.title, middle, PNG_MARGIN / 2);
    context.translate(0, high - this.#page.height);
    context.font = fontOf(13);
    context.fillText(this.label(frame), middle, -PNG_MARGIN / 2);
    this.#paintChrome(context, theme);
    this.#paintInside(context, frame);
    return canvas;
  }

  /** A panel's view at the size of its raster: every visible layer, no axes. */
  panelPixels(number, frame) {
    const panel = this.panels[number];
    const [width, height] = panel.header.raster;
    return readPixels(width, height, (context) =>
      panel.paint(context, frame, panel.paper(width, height)),
    );
  }

  /** A visible signal's strip: its window of time by its limits, no axes. */
  stripPixels(number, frame) {
    const width = this.#header.panels[0].raster[0];
    const height = Math.round((STRIP_POINTS * this.#header.dpi) / 72);
    const trace = this.#shownTraces()[number];
    return readPixels(width, height, (context) =>
      this.#paintStrip(context, trace, frame, width, height),
    );
  }

  *#painters() {
    for (const panel of this.panels) yield* panel.painters;
    yield* this.traces;
  }

  #shownTraces() {
    return this.traces.filter((trace) => trace.visible);
  }

  #stripOf(trace) {
    return this.strips[this.traces.indexOf(trace)];
  }

  #placeStrip(strip, box) {
    fitCanvas(strip, box, this.#density);
    Object.assign(strip.style, { left: `${box.x}px`, top: `${box.y}px` });
    strip.hidden = false;
  }

  #paintStrip(context, trace, frame, width, height) {
    const pxPerPoint = height / STRIP_POINTS;
    trace.paint(context, this.time(frame), { width, height, pxPerPoint });
  }

  #paintChrome(context, theme) {
    this.panels.forEach((panel, i) => {
      drawAxes(context, panel.header, this.#page.panels[i], theme);
      const bar = this.#page.bars[i];
      if (bar) drawColorBar(context, panel.header.colorbar, bar, panel.lut, this.range, theme);
    });
    const shown = this.#shownTraces();
    shown.forEach((trace, i) => {
      const isLast = i === shown.length - 1;
      drawStripAxes(context, trace.layer, this.#page.strips[i], isLast, theme);
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
      const box = this.#page.panels[i];
      const paper = panel.paper(box.width, box.height);
      inside(box, () => panel.paint(context, frame, paper));
      if (panel.bar) inside(box, () => drawScaleBar(context, panel.header, paper));
    });
    this.#shownTraces().forEach((trace, i) => {
      const box = this.#page.strips[i];
      inside(box, () => {
        context.beginPath();
        context.rect(0, 0, box.width, box.height);
        context.clip();
        this.#paintStrip(context, trace, frame, box.width, box.height);
      });
    });
  }

  #theme() {
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

/** Give a canvas a size [CSS px], sharp on the screen; one unit of it is a CSS pixel. */
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
