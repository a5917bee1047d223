/** What the browser and the kernel both know of a player, kept the same on both sides. */

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
  #timer = null;
  #toldAt = -Infinity;

  /** @param {object} model @param {import("neurospatial-html/player.js").Player} player @param {object} header */
  constructor(model, player, header) {
    this.#model = model;
    this.#player = player;
    this.#fps = header.fps;
    this.#nFrames = header.n_frames;
  }

  /** Take over what the kernel has, then keep both the same. @param {AbortSignal} signal */
  start(signal) {
    const take = {
      "change:frame": () => this.#takeFrame(),
      "change:playing": () => this.#takePlaying(),
      "change:speed change:loop": () => this.#takeSimple(),
      "change:vmin change:vmax": () => this.#takeLimits(),
      "change:layers_visible": () => this.#takeLayers(),
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

  #takeLimits() {
    const limits = ["vmin", "vmax"].map((name) => this.#model.get(name));
    if (limits.includes(null) || this.#areShown(limits)) return;
    this.#player.limits = limits;
  }

  #takeLayers() {
    const wanted = this.#model.get("layers_visible");
    const shown = this.#player.layersVisible;
    if (!areSameLayers(wanted, shown)) this.#player.layersVisible = wanted;
  }

  #areShown(limits) {
    const { vmin, vmax } = this.#player.scale;
    const slack = NEARLY * (vmax - vmin);
    return this.#player.limits.every((limit, end) => Math.abs(limit - limits[end]) <= slack);
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
    const { playing, speed, loop, layersVisible, scale } = this.#player;
    const state = { playing, speed, loop };
    if (!areSameLayers(this.#model.get("layers_visible"), layersVisible)) {
      state.layers_visible = layersVisible;
    }
    const limits = ["vmin", "vmax"].map((name) => this.#model.get(name));
    if (scale && !this.#areShown(limits)) {
      const within = (value) => Math.min(Math.max(value, scale.vmin), scale.vmax);
      [state.vmin, state.vmax] = this.#player.limits.map(within);
    }
    this.#tell(state);
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
