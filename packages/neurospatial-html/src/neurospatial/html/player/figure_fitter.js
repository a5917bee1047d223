/** Filling the room that the page leaves for the picture. */

/** @typedef {import("./figure.js").Figure} Figure */

/** Space between what stands on the page, together [CSS px]. */
const MARGINS = 36;
/** Height below which the page scrolls instead: less shows no view with its axes [CSS px]. */
const LEAST_ROOM = 260;

export class FigureFitter {
  #container;
  #others;
  #figure;
  #notifyChange;
  #room = "";
  /** Of the figure where it does not fill the screen [CSS px]. */
  mostHeight = Infinity;

  /**
   * @param {HTMLElement} container what the figure lies in
   * @param {HTMLElement[]} others what stands above and below it
   * @param {Figure} figure
   * @param {() => void} changed called when the figure has another size
   */
  constructor(container, others, figure, changed) {
    this.#container = container;
    this.#others = others;
    this.#figure = figure;
    this.#notifyChange = changed;
  }

  /** Follow the window and the element until the signal ends it. @param {AbortSignal} signal */
  follow(signal) {
    const observer = new ResizeObserver(() => this.fit());
    observer.observe(this.#container);
    window.addEventListener("resize", () => this.fit(), { signal });
    signal.addEventListener("abort", () => observer.disconnect());
  }

  /** Fill the room there is, if it is another than before. */
  fit(always = false) {
    const used = this.#others.reduce((sum, part) => sum + part.offsetHeight, MARGINS);
    const width = this.#container.clientWidth;
    const most = document.fullscreenElement ? Infinity : this.mostHeight;
    const height = Math.max(LEAST_ROOM, Math.min(most, window.innerHeight - used));
    const room = `${width} ${height} ${window.devicePixelRatio}`;
    if (!width || (room === this.#room && !always)) return;
    this.#room = room;
    this.#figure.resize(width, height);
    this.#notifyChange();
  }
}
