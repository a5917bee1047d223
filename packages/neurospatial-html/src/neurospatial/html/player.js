/**
 * The player of a bundle: one ES module, no dependency, no network.
 *
 * It is kept in modules. Whoever needs one script joins them, each after those that
 * it imports, leaving out the lines that begin with "import": names are unique across
 * them, and every import stands on one line.
 */

import { checkHeader } from "./player/check_header.js";
import { ChunkCache } from "./player/cache.js";
import { Sources } from "./player/sources.js";
import { FULL_RANGE, toRange } from "./player/field.js";
import { Figure } from "./player/figure.js";
import { FigureFitter } from "./player/figure_fitter.js";
import { FrameExport } from "./player/frame_export.js";
import { Loader } from "./player/loader.js";
import { Playback } from "./player/playback.js";
import { makeElement } from "./player/elements.js";
import { clearProblem, showProblem } from "./player/problem.js";
import { Controls } from "./player/controls.js";
import { Readout } from "./player/readout.js";

/** Bytes of decoded chunks that are kept: minutes of a field, and little beside a browser's tab. */
const CACHE_BYTES = 192 * 2 ** 20;
/** Milliseconds between looks at what is here: seen to grow, and nothing a processor notices. */
const BUFFERED_EVERY = 250;

/**
 * Shows a bundle in an element.
 *
 * Events: "framechange" when a frame has been drawn, "statechange" when playing,
 * speed, loop, range or the layers shown have changed, "error" with the problem
 * in `detail`.
 */
export class Player extends EventTarget {
  #root;
  #header;
  #options;
  #cache;
  #figure;
  #fitter;
  #export;
  #playback;
  #controls;
  #readout;
  #title = makeElement("h2", "ns-title");
  #label = makeElement("div", "ns-label");
  #container = makeElement("div", "ns-container");
  #ended = new AbortController();
  #problem = null;

  /**
   * @param {Element} root emptied, and filled with the player
   * @param {object} header
   * @param {import("./player/cache.js").FetchChunk} fetchChunk
   * @param {{cacheBytes?: number, keysFrom?: EventTarget, mostHeight?: number}} [options]
   *   `keysFrom`: where keys are listened to, the element itself unless said otherwise;
   *   `mostHeight`: of the picture [CSS px], the window's unless said otherwise
   */
  constructor(root, header, fetchChunk, options = {}) {
    super();
    this.#root = root;
    this.#header = header;
    this.#options = options;
    this.#cache = new ChunkCache(fetchChunk, options.cacheBytes ?? CACHE_BYTES);
    /** Resolves when the first frame is shown. @type {Promise<void>} */
    this.ready = this.#open();
    this.ready.catch((problem) => this.#fail(problem));
  }

  /** The frame that is shown, or about to be. */
  get frame() {
    return this.#playback.wanted;
  }

  set frame(frame) {
    this.show(frame).catch(() => {}); // The page has said it already.
  }

  get playing() {
    return this.#playback.playing;
  }

  get speed() {
    return this.#playback.speed;
  }

  set speed(speed) {
    this.#playback.speed = speed;
  }

  get loop() {
    return this.#playback.loop;
  }

  set loop(loop) {
    this.#playback.loop = loop;
  }

  /** What colours the fields, linked ones by the same. @returns {import("./player/scale.js").Scale[]} */
  get scales() {
    return this.#figure.scales;
  }

  /** The values that the first field's colours span. @returns {number[] | null} */
  get limits() {
    return this.scales[0]?.limits ?? null;
  }

  set limits(limits) {
    if (this.scales.length) this.setLimits(limits, 0);
  }

  /** Numbers of the scales of a panel's fields, or of all. @param {number | null} panel */
  listScales(panel = null) {
    return this.#figure.listScales(panel);
  }

  /** Have colours span some values, or all that they were made for. @param {number[] | null} limits */
  setLimits(limits, number) {
    this.setRange(limits ? toRange(limits, this.scales[number].spec) : FULL_RANGE, number);
  }

  /** Have colours span the codes [low, high]. @param {number[]} numbers of scales */
  setRange(range, ...numbers) {
    this.#figure.setRange(range, numbers.map((number) => this.scales[number]));
    this.#redraw();
    this.#notifyChange();
  }

  /** Which layers are shown, by name; those not named when set stay as they are. */
  get layersVisible() {
    return this.listVisible(null);
  }

  set layersVisible(visible) {
    this.setVisible(visible, null);
  }

  /** Which layers of a panel are shown, by name. @param {number | "strips" | null} panel null for all */
  listVisible(panel) {
    return Object.fromEntries(this.#figure.listLayers(panel));
  }

  /** Show and hide layers of a panel, by name. @param {number | "strips" | null} panel null for all */
  setVisible(visible, panel) {
    for (const [name, shown] of Object.entries(visible)) {
      this.#figure.setVisible(name, shown, panel);
    }
    this.#fitter.fit(true);
    this.#notifyChange();
  }

  play() {
    this.#playback.play();
  }

  pause() {
    this.#playback.pause();
  }

  toggle() {
    return this.playing ? this.pause() : this.play();
  }

  /** Go on by some frames, or back; playing ends. @param {number} by */
  step(by) {
    this.pause();
    this.frame += by;
  }

  /** Show a frame; resolves when it has been drawn. @param {number} frame */
  async show(frame) {
    await this.#playback.show(frame);
  }

  /** A panel's view in the frame shown, at the size of its raster. @returns {ImageData} */
  panelPixels(number) {
    return this.#figure.readPanelPixels(number, this.#playback.shown);
  }

  /** A signal's strip in the frame shown. @returns {ImageData} */
  stripPixels(number) {
    return this.#figure.readStripPixels(number, this.#playback.shown);
  }

  /** Offer the frame shown as a file; resolves when it has been offered. */
  async savePng() {
    await this.#export.save(this.#playback.shown);
  }

  /** Put the frame shown on the clipboard; resolves when it is there. */
  async copyPng() {
    await this.#export.copy(this.#playback.shown);
  }

  async toggleFullScreen() {
    const isOn = Boolean(document.fullscreenElement);
    const done = isOn ? document.exitFullscreen() : this.#root.requestFullscreen();
    await done.catch(({ message }) => this.#readout.say(`There is no full screen: ${message}`));
  }

  /** Stop, and give back what is held. */
  destroy() {
    this.#ended.abort();
    this.#playback?.stop();
    this.#cache.clear();
    this.#root.replaceChildren();
  }

  async #open() {
    this.#root.classList.add("ns-player");
    this.#root.replaceChildren();
    checkHeader(this.#header);
    this.#build();
    this.#root.replaceChildren(this.#title, this.#container, this.#controls.element);
    await this.#figure.prepare();
    if (this.#ended.signal.aborted) return;
    this.#listen();
    this.#fitter.fit();
    await this.show(this.frame);
    this.#showBuffered();
  }

  #build() {
    const { n_frames: nFrames, fps, title } = this.#header;
    this.#playback = new Playback(nFrames, fps, {
      draw: (frame) => this.#draw(frame),
      changed: () => this.#notifyChange(),
      failed: (problem) => this.#fail(problem),
    });
    const next = () => this.#playback.listNextFrames();
    this.#figure = new Figure(this.#header, new Sources(this.#cache));
    this.#playback.loader = new Loader(this.#cache, this.#figure, nFrames, next);
    this.#export = new FrameExport(this.#figure, nFrames, (words) => this.#readout.say(words));
    this.#controls = new Controls(this, this.#header);
    const others = [this.#title, this.#label, this.#controls.element];
    this.#fitter = new FigureFitter(this.#container, others, this.#figure, () => this.#redraw());
    this.#fitter.mostHeight = this.#options.mostHeight ?? Infinity;
    const { readout } = this.#controls;
    this.#readout = new Readout(this.#figure.panels, readout, () => this.#playback.shown);
    this.#root.setAttribute("role", "region");
    this.#root.setAttribute("aria-label", title || "Animation");
    this.#title.textContent = title;
    this.#title.hidden = !title;
    if (this.#header.zero) this.#label.title = `t from ${this.#header.zero}`;
    this.#container.append(this.#label, this.#figure.element);
  }

  #listen() {
    const { signal } = this.#ended;
    const pressed = (event) => {
      if (!this.#controls.handleKey(event)) return;
      event.preventDefault();
      event.stopPropagation(); // A notebook has other plans for the same keys.
    };
    this.#root.tabIndex = 0;
    (this.#options.keysFrom ?? this.#root).addEventListener("keydown", pressed, { signal });
    this.#fitter.follow(signal);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", () => this.#figure.drawChrome(), { signal });
    const timer = setInterval(() => this.#showBuffered(), BUFFERED_EVERY);
    signal.addEventListener("abort", () => clearInterval(timer));
  }

  #redraw() {
    const { shown, loader } = this.#playback;
    this.#figure.drawChrome();
    if (shown >= 0 && loader.has(shown)) this.#figure.draw(shown);
  }

  #draw(frame) {
    clearProblem(this.#root);
    this.#figure.draw(frame);
    const label = this.#figure.getLabel(frame);
    this.#label.textContent = label;
    this.#controls.showFrame(frame, label, this.#figure.getTime(frame));
    this.#readout.update();
    this.dispatchEvent(new CustomEvent("framechange", { detail: { frame } }));
  }

  #showBuffered() {
    this.#controls.showBuffered(this.#playback.loader.findBufferedFrames());
  }

  #notifyChange() {
    this.#controls.update();
    this.dispatchEvent(new Event("statechange"));
  }

  #fail(problem) {
    if (this.#ended.signal.aborted || problem === this.#problem) return;
    this.#problem = problem;
    this.#playback?.pause();
    showProblem(this.#root, problem);
    this.dispatchEvent(new CustomEvent("error", { detail: problem }));
  }
}
