/** What a person plays with: buttons, slider, speed, layers, colours, keys. */

import { FULL_RANGE } from "./field.js";
import { SPEEDS, chooseNextSpeed } from "./clock.js";
import { formatNumber } from "./axis_ticks.js";
import { makeElement, makeIconButton, nameButton, setIcon } from "./elements.js";

/** Frames of a step with Shift. */
const FAR_STEP = 10;
/** Of seconds: frames of up to 1000 a second are told apart. */
const TIME_DECIMALS = 3;

export class Controls {
  #player;
  #play;
  #slider;
  #buffered = makeElement("span", "ns-buffered");
  #counter = makeElement("span", "ns-counter");
  #time = makeElement("span", "ns-time");
  #speed;
  #loop;
  #layers = makeElement("div", "ns-layers", { role: "group", "aria-label": "Layers" });
  #toggles = new Map();
  /** The panel that layers and colours are chosen of, null for all. @type {number | null} */
  #panel = null;
  #handles = [];
  #limits = makeElement("span", "ns-limits");
  /** Where a `Readout` speaks. */
  readout = makeElement("output", "ns-readout");

  /** @param {import("../player.js").Player} player @param {object} header */
  constructor(player, header) {
    this.#player = player;
    this.header = header;
    const last = String(header.n_frames - 1);
    this.#slider = makeElement("input", "ns-slider", { type: "range", min: 0, max: last, step: 1 });
    this.#slider.setAttribute("aria-label", "Frame");
    this.#slider.addEventListener("input", () => (player.frame = Number(this.#slider.value)));
    const rail = makeElement("span", "ns-rail", {}, this.#buffered, this.#slider);
    this.element = makeElement("div", "ns-controls", { role: "group", "aria-label": "Playback" },
      makeElement("div", "ns-row", {}, ...this.#makePlayButtons(), rail,
        makeElement("span", "ns-place", {}, this.#counter, this.#time)),
      makeElement("div", "ns-row ns-more", {}, this.#makeSpeedChoice(), ...this.#makePageButtons(),
        ...this.#makePanelChoice(), this.#layers, ...this.#makeRangeHandles(), this.readout),
    ); // prettier-ignore
    this.#fillLayers();
    this.update();
  }

  /** Show the player's state. */
  update() {
    const player = this.#player;
    setIcon(this.#play, player.playing ? "pause" : "play");
    nameButton(this.#play, player.playing ? "Pause" : "Play");
    this.#speed.value = String(player.speed);
    this.#loop.setAttribute("aria-pressed", String(player.loop));
    for (const [name, visible] of Object.entries(player.listVisible(this.#panel))) {
      if (this.#toggles.has(name)) this.#toggles.get(name).checked = visible;
    }
    this.#showRange();
  }

  /** Show the number of a frame, its label and its time. */
  showFrame(frame, label, time) {
    const words = `${frame + 1} / ${this.header.n_frames}`;
    this.#slider.value = String(frame);
    this.#slider.setAttribute("aria-valuetext", `${words}, ${label}`);
    this.#counter.textContent = words;
    const written = time.toFixed(TIME_DECIMALS).replace("-", "−");
    this.#time.textContent = `${written} ${this.header.unit}`;
  }

  /** Show which frames are here. @param {[number, number][]} intervals */
  showBuffered(intervals) {
    const percent = (frame) => `${((100 * frame) / this.header.n_frames).toFixed(2)}%`;
    const stops = intervals.flatMap(([first, stop]) => [
      `transparent ${percent(first)}`,
      `var(--ns-buffered) ${percent(first)} ${percent(stop)}`,
      `transparent ${percent(stop)}`,
    ]);
    this.#buffered.style.backgroundImage = `linear-gradient(to right, ${
      stops.join(", ") || "transparent, transparent"
    })`;
  }

  /** Act on a key; whether it meant anything. @param {KeyboardEvent} event */
  handleKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const player = this.#player;
    const on = event.composedPath()[0];
    const isOwn = on !== this.#slider && on.closest?.("button, select, input, summary");
    const step = event.shiftKey ? FAR_STEP : 1;
    const acts = {
      " ": () => player.toggle(),
      ArrowLeft: () => player.step(-step),
      ArrowRight: () => player.step(step),
      Home: () => player.step(-Infinity),
      End: () => player.step(Infinity),
      c: () => player.copyPng(),
    };
    const faster = { "+": 1, "=": 1, "-": -1, "−": -1 }[event.key];
    if (faster) player.speed = chooseNextSpeed(player.speed, faster);
    else if (isOwn || !acts[event.key]) return false;
    else acts[event.key]();
    return true;
  }

  #makePlayButtons() {
    const player = this.#player;
    this.#play = makeIconButton("play", "Play", () => player.toggle());
    this.#play.classList.add("ns-play");
    return [
      makeIconButton("back", "Previous frame", () => player.step(-1)),
      this.#play,
      makeIconButton("forward", "Next frame", () => player.step(1)),
    ];
  }

  #makeSpeedChoice() {
    const options = SPEEDS.map((s) => makeElement("option", "", { value: s }, `${s}×`));
    this.#speed = makeElement("select", "ns-speed", { "aria-label": "Speed" }, ...options);
    this.#speed.addEventListener("change", () => {
      this.#player.speed = Number(this.#speed.value);
    });
    return this.#speed;
  }

  #makePageButtons() {
    const player = this.#player;
    this.#loop = makeIconButton("loop", "Loop", () => (player.loop = !player.loop));
    const buttons = [
      this.#loop,
      makeIconButton("copy", "Copy frame as PNG", () => player.copyPng()),
      makeIconButton("save", "Save frame as PNG", () => player.savePng()),
    ];
    if (document.fullscreenEnabled) {
      buttons.push(makeIconButton("full", "Full screen", () => player.toggleFullScreen()));
    }
    return buttons;
  }

  /** Where there are several panels: which of them layers and colours are chosen of. */
  #makePanelChoice() {
    const { panels } = this.header;
    if (panels.length < 2) return [];
    const names = panels.map(({ title }, i) => [i, title || `Panel ${i + 1}`]);
    const options = [["", "All panels"], ...names].map(([value, words]) =>
      makeElement("option", "", { value }, words),
    );
    const choice = makeElement("select", "ns-speed ns-panel", { "aria-label": "Panel" }, ...options);
    choice.addEventListener("change", () => {
      this.#panel = choice.value === "" ? null : Number(choice.value);
      this.#fillLayers();
      this.update();
    });
    return [choice];
  }

  #fillLayers() {
    this.#toggles.clear();
    this.#layers.replaceChildren();
    const panel = this.#panel;
    for (const name of Object.keys(this.#player.listVisible(panel))) {
      const box = makeElement("input", "", { type: "checkbox" });
      box.addEventListener("change", () => {
        this.#player.setVisible({ [name]: box.checked }, panel);
      });
      this.#toggles.set(name, box);
      const words = makeElement("span", "", {}, name);
      this.#layers.append(makeElement("label", "ns-layer", {}, box, words));
    }
  }

  #makeRangeHandles() {
    if (!this.#player.scales.length) return [];
    const group = makeElement("div", "ns-range", { role: "group", "aria-label": "Colour range" });
    this.#handles = ["Lowest colour", "Highest colour"].map((name, end) => {
      const handle = makeElement("input", "", { type: "range", min: 0, max: 254, step: 1 });
      handle.setAttribute("aria-label", name);
      handle.title = name;
      handle.addEventListener("input", () => this.#moveHandle(end, Number(handle.value)));
      return handle;
    });
    const pair = makeElement("span", "ns-pair", {}, ...this.#handles);
    group.append(makeElement("span", "", {}, "Colours"), pair, this.#limits);
    group.addEventListener("dblclick", () => this.#setRange(FULL_RANGE));
    return [group];
  }

  #moveHandle(end, code) {
    const range = [...this.#player.scales[this.#listScales()[0]].range];
    range[end] = end ? Math.max(code, range[0] + 1) : Math.min(code, range[1] - 1);
    this.#setRange(range);
  }

  #setRange(range) {
    this.#player.setRange(range, ...this.#listScales());
  }

  #listScales() {
    return this.#player.listScales(this.#panel);
  }

  #showRange() {
    if (!this.#handles.length) return;
    const [first, ...others] = this.#listScales();
    for (const handle of this.#handles) handle.disabled = first === undefined;
    if (first === undefined) {
      this.#limits.textContent = "";
      return;
    }
    const { range, limits: [low, high] } = this.#player.scales[first];
    // Scales of their own have no common values: what is chosen is a share of each.
    const words = others.length
      ? range.map((code, end) => `${Math.round((100 * (code + end)) / 255)} %`)
      : [low, high].map((value) => formatNumber(value, high - low));
    this.#handles.forEach((handle, end) => {
      handle.value = String(Math.round(range[end]));
      handle.setAttribute("aria-valuetext", words[end]);
    });
    this.#limits.textContent = words.join(" – ");
  }
}
