/** Which frame is shown, and which is to be: seeking and playing, once its data is here. */

import { PlaybackClock } from "./clock.js";
import { clamp } from "./geometry.js";

/** @typedef {import("./loader.js").Loader} Loader */
/**
 * @typedef {object} Hooks
 * @property {(frame: number) => void} draw a frame whose data is here
 * @property {() => void} changed playing, speed or loop has
 * @property {(problem: Error) => void} failed
 */

/** Seconds of playing that are loaded ahead: a kernel that pauses is bridged, little is in vain. */
const AHEAD_SECONDS = 1.5;
/** Milliseconds without a frame after which playing waits for it rather than go on past it. */
const PATIENCE = 250;

export class Playback {
  #clock;
  #last;
  #hooks;
  #arriving = null;
  #stalledSince = null;
  #tickId = 0;
  #stopped = false;
  /** Set once there is one. @type {Loader} */
  loader;
  /** The frame that is drawn; -1 for none yet. */
  shown = -1;
  /** The frame that is drawn, or will be. */
  wanted = 0;
  playing = false;

  /** @param {number} nFrames @param {number} fps @param {Hooks} hooks */
  constructor(nFrames, fps, hooks) {
    this.#clock = new PlaybackClock(nFrames, fps);
    this.#last = nFrames - 1;
    this.#hooks = hooks;
  }

  get speed() {
    return this.#clock.speed;
  }

  set speed(speed) {
    if (!(speed > 0 && speed < Infinity)) return;
    this.#clock.setSpeed(speed, performance.now());
    this.#hooks.changed();
  }

  get loop() {
    return this.#clock.loop;
  }

  set loop(loop) {
    this.#clock.loop = Boolean(loop);
    this.#hooks.changed();
  }

  play() {
    if (this.playing || this.shown < 0 || this.#last < 1) return;
    if (this.wanted >= this.#last && !this.loop) this.wanted = 0;
    this.playing = true;
    this.#stalledSince = null;
    this.#clock.start(this.wanted, performance.now());
    this.#tickId = requestAnimationFrame((now) => this.#tick(now));
    this.#hooks.changed();
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    cancelAnimationFrame(this.#tickId);
    this.#hooks.changed();
  }

  /** Show a frame; resolves when it has been drawn. @param {number} frame */
  async show(frame) {
    this.wanted = clamp(Math.round(frame) || 0, 0, this.#last);
    if (this.playing) this.#clock.start(this.wanted, performance.now());
    await this.#awaitFrame();
  }

  /** Intervals [first, last] of the frames that will be wanted soon; none once it is stopped. */
  listNextFrames() {
    if (this.#stopped) return [];
    const fps = this.#clock.fps * this.speed;
    const end = this.wanted + Math.ceil(fps * AHEAD_SECONDS);
    const next = [[this.wanted, Math.min(this.#last, end)]];
    if (this.playing && this.loop && end > this.#last) {
      next.push([0, Math.min(this.#last, end - this.#last)]);
    }
    return next;
  }

  /** Draw nothing any more. */
  stop() {
    this.pause();
    this.#stopped = true;
  }

  #tick(now) {
    if (!this.playing) return;
    this.#tickId = requestAnimationFrame((next) => this.#tick(next));
    if (this.#stalledSince !== null && now - this.#stalledSince > PATIENCE) {
      this.#clock.start(this.wanted, now); // Nothing arrives: wait for it.
      return;
    }
    const { frame, ended } = this.#clock.findDueFrame(now);
    if (frame !== this.shown) this.#goTo(frame, now);
    if (ended && this.shown === frame) this.pause();
  }

  #goTo(frame, now) {
    this.wanted = frame;
    if (!this.#drawIfHere()) {
      this.#stalledSince ??= now;
      this.#awaitFrame().catch(() => this.pause());
    }
    this.loader.prefetch();
  }

  /** Draw the frame that is wanted, once all it needs is here. */
  async #awaitFrame() {
    while (!this.#stopped && this.shown !== this.wanted) {
      if (this.#drawIfHere()) break; // Whatever else is on its way may take long.
      this.#arriving ??= this.#loadWanted().finally(() => (this.#arriving = null));
      await this.#arriving;
    }
    if (!this.#stopped && !this.playing) this.loader.prefetch();
  }

  async #loadWanted() {
    try {
      await this.loader.load(this.wanted);
    } catch (problem) {
      this.#hooks.failed(problem);
      throw problem;
    }
    if (!this.#stopped) this.#drawIfHere();
  }

  #drawIfHere() {
    if (!this.loader.has(this.wanted)) return false;
    this.shown = this.wanted;
    this.#stalledSince = null;
    this.#hooks.draw(this.shown);
    return true;
  }
}
