/** What the browser and the kernel both know of a player, kept the same on both sides. */

import { STRIPS } from "neurospatial-html/player/figure.js";

/** How often the kernel is told of the frame while frames go by [ms]: it is not kept busy. */
const TOLD_EVERY = 100;
/** How far off another view may be before this one follows it while playing [s]. */
const APART = 0.5;
/** Share of the range of colours by which rounding on the way may move a limit. */
const NEARLY = 1e-6;

const SIMPLE = ["speed", "loop"];

export class SharedState {
  #model;
  #player;
  #fps;
  #nFrames;
  #panels;
  #scales;
  #switches;
  #isTaking = false;
  #timer = null;
  #toldAt = -Infinity;

  /** @param {object} model @param {import("neurospatial-html/player.js").Player} player @param {object} header */
  constructor(model, player, header) {
    this.#model = model;
    this.#player = player;
    this.#fps = header.fps;
    this.#nFrames = header.n_frames;
    this.#panels = model.get("_panels");
    this.#scales = Object.entries(model.get("_scales"));
    this.#switches = this.#nameSwitches();
  }

  /** Take over what the kernel has, then keep both the same. @param {AbortSignal} signal */
  start(signal) {
    const take = {
      "change:frame": () => this.#takeFrame(),
      "change:playing": () => this.#takePlaying(),
      "change:speed change:loop": () => this.#takeSimple(),
      "change:vmin change:vmax": () => this.#takeQuietly(() => this.#takeEnds()),
      "change:limits": () => this.#takeQuietly(() => this.#takeLimits()),
      "change:layers_visible": () => this.#takeQuietly(() => this.#takeLayers()),
    };
    for (const act of Object.values(take)) act();
    for (const [names, act] of Object.entries(take)) {
      for (const name of names.split(" ")) {
        this.#model.on(name, act);
        signal.addEventListener("abort", () => this.#model.off(name, act));
      }
    }
    this.#player.addEventListener("framechange", () => this.#tellFrame(), { signal });
    this.#player.addEventListener("statechange", () => this.#tellState(), { signal });
    signal.addEventListener("abort", () => clearTimeout(this.#timer));
    this.#tellState();
  }

  #takeFrame() {
    const frame = this.#model.get("frame");
    const apart = Math.abs(frame - this.#player.frame);
    const round = Math.min(apart, this.#nFrames - apart);
    // Other views that play tell the frame too, a moment earlier or later.
    const near = APART * this.#fps * this.#player.speed;
    if (this.#player.playing ? round > near : apart > 0) this.#player.frame = frame;
  }

  #takePlaying() {
    if (this.#model.get("playing") === this.#player.playing) return;
    this.#player.toggle();
    this.#tellState(); // A single frame does not play.
  }

  #takeSimple() {
    for (const name of SIMPLE) {
      const value = this.#model.get(name);
      if (this.#player[name] !== value) this.#player[name] = value;
    }
  }

  /** Take over what the kernel has: of what that changes, it knows, and it says the rest. */
  #takeQuietly(take) {
    this.#isTaking = true;
    take();
    this.#isTaking = false;
  }

  #takeEnds() {
    const limits = ["vmin", "vmax"].map((name) => this.#model.get(name));
    if (limits.includes(null) || this.#areShown(limits, 0)) return;
    this.#player.setLimits(limits, 0);
  }

  #takeLimits() {
    const wanted = this.#model.get("limits");
    for (const [name, scale] of this.#scales) {
      if (!this.#areShown(wanted[name], scale)) this.#player.setLimits(wanted[name], scale);
    }
  }

  #takeLayers() {
    const shown = this.#listVisible();
    for (const [key, visible] of Object.entries(this.#model.get("layers_visible"))) {
      if (visible === shown[key]) continue;
      const [name, panel] = this.#switches.get(key);
      this.#player.setVisible({ [name]: visible }, panel);
    }
  }

  /** Whether the colours of a scale have these limits. */
  #areShown(limits, scale) {
    const { spec, limits: shown } = this.#player.scales[scale];
    const slack = NEARLY * (spec.vmax - spec.vmin);
    return shown.every((limit, end) => Math.abs(limit - limits[end]) <= slack);
  }

  /** By what the kernel calls each layer: its name, and its panel. Strips have a switch a name. */
  #nameSwitches() {
    const listNames = (panel) => Object.keys(this.#player.listVisible(panel));
    if (this.#panels.length === 1) {
      return new Map(listNames(null).map((name) => [name, [name, null]]));
    }
    const ofPanels = this.#panels.flatMap((title, panel) =>
      listNames(panel).map((name) => [`${title}: ${name}`, [name, panel]]),
    );
    return new Map([...ofPanels, ...listNames(STRIPS).map((name) => [name, [name, STRIPS]])]);
  }

  #listVisible() {
    const entries = [...this.#switches].map(([key, [name, panel]]) => [
      key,
      this.#player.listVisible(panel)[name],
    ]);
    return Object.fromEntries(entries);
  }

  #tellFrame() {
    if (this.#timer !== null) return;
    const wait = Math.max(0, this.#toldAt + TOLD_EVERY - performance.now());
    if (wait === 0) this.#tellFrameNow();
    else this.#timer = setTimeout(() => this.#tellFrameNow(), wait);
  }

  #tellFrameNow() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#toldAt = performance.now();
    this.#tell({ frame: this.#player.frame });
  }

  #tellState() {
    const { playing, speed, loop } = this.#player;
    const state = { playing, speed, loop };
    if (!this.#isTaking) Object.assign(state, this.#findNewLayers(), this.#findNewLimits());
    this.#tell(state);
  }

  #findNewLayers() {
    const visible = this.#listVisible();
    const isKnown = areSameLayers(this.#model.get("layers_visible"), visible);
    return isKnown ? {} : { layers_visible: visible };
  }

  /** The limits that the kernel has not heard of; and with them the ends of the first. */
  #findNewLimits() {
    const heard = this.#model.get("limits");
    if (this.#scales.every(([name, scale]) => this.#areShown(heard[name], scale))) return {};
    const entries = this.#scales.map(([name, scale]) => {
      const { spec, limits } = this.#player.scales[scale];
      return [name, limits.map((value) => Math.min(Math.max(value, spec.vmin), spec.vmax))];
    });
    const limits = Object.fromEntries(entries);
    const first = this.#scales.find(([, scale]) => scale === 0);
    if (!first) return { limits };
    const [vmin, vmax] = limits[first[0]];
    return { limits, vmin, vmax };
  }

  #tell(state) {
    const news = Object.entries(state).filter(([name, value]) => this.#model.get(name) !== value);
    if (!news.length) return;
    for (const [name, value] of news) this.#model.set(name, value);
    this.#model.save_changes();
  }
}

function areSameLayers(one, other) {
  return Object.entries(one).every(([name, shown]) => other[name] === shown);
}
