/** Having the chunks of a frame here when it is to be drawn, and those of the next ones. */

import { areLoaded, intersectRows, loadAll } from "./sources.js";

/** @typedef {import("./cache.js").ChunkCache} ChunkCache */
/** @typedef {import("./figure.js").Figure} Figure */

/** Chunks that are loaded ahead at once: one more would keep the frame that is wanted waiting. */
const AT_ONCE = 3;

export class Loader {
  #cache;
  #figure;
  #nFrames;
  #next;
  #failed = new Set();

  /**
   * @param {ChunkCache} cache
   * @param {Figure} figure
   * @param {number} nFrames
   * @param {() => [number, number][]} next intervals [first, last] of frames wanted soon
   */
  constructor(cache, figure, nFrames, next) {
    this.#cache = cache;
    this.#figure = figure;
    this.#nFrames = nFrames;
    this.#next = next;
  }

  /** Whether all that a frame needs is here; it then stays until another is asked about. */
  has(frame) {
    const needed = this.#figure.requiredRows(frame, frame);
    this.#cache.hold(needed.flatMap(([source, first, last]) => source.listChunks(first, last)));
    return areLoaded(needed);
  }

  /** Load what a frame needs. @param {number} frame */
  async load(frame) {
    await loadAll(this.#figure.requiredRows(frame, frame), (name) => this.#isWanted(name));
  }

  /** Load what the next frames need, a few chunks at a time, until all is here. */
  prefetch() {
    const missing = this.#findMissing();
    let loading = [...missing.keys()].filter((name) => this.#cache.isLoading(name)).length;
    let room = this.#cache.roomAhead;
    for (const [name, source] of missing) {
      if (loading >= AT_ONCE || room-- <= 0) return;
      if (this.#cache.isLoading(name)) continue;
      loading++;
      // Once its frame is wanted it is asked for again, and the problem is said then.
      const failed = () => this.#failed.add(name);
      source.load(name, () => this.#isWanted(name)).then(() => this.prefetch(), failed);
    }
  }

  /** Intervals [first, stop) of frames that are here. @returns {[number, number][]} */
  findBufferedFrames() {
    const sources = this.#figure.requiredRows(0, 0).map(([source]) => source);
    const perFrame = sources.filter((source) => source.nRows === this.#nFrames);
    return perFrame.reduce(
      (rows, source) => intersectRows(rows, source.findLoadedRows()),
      [[0, this.#nFrames]],
    );
  }

  #findMissing() {
    const missing = new Map();
    for (const [name, source] of this.#iterWanted()) {
      if (!this.#cache.has(name) && !this.#failed.has(name)) missing.set(name, source);
    }
    return missing;
  }

  #isWanted(name) {
    for (const [wanted] of this.#iterWanted()) if (wanted === name) return true;
    return false;
  }

  /** Names and sources of the chunks that the next frames need, the nearest first. */
  *#iterWanted() {
    for (const [first, last] of this.#next()) {
      for (const [source, from, to] of this.#figure.requiredRows(first, last)) {
        for (const name of source.listChunks(from, to)) yield [name, source];
      }
    }
  }
}
