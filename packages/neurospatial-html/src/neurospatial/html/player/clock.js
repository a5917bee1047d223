/** Which frame is due: playback follows the wall clock, and drops frames rather than lags. */

/** Multiples of the frames per second that can be chosen. */
export const SPEEDS = [0.25, 0.5, 1, 2, 4];

export class PlaybackClock {
  #frame = 0;
  #since = 0;
  #speed = 1;
  loop = false;

  /** @param {number} nFrames @param {number} fps frames a second at speed 1 */
  constructor(nFrames, fps) {
    this.nFrames = nFrames;
    this.fps = fps;
  }

  get speed() {
    return this.#speed;
  }

  /** Change the speed without a jump. @param {number} speed @param {number} now [ms] */
  setSpeed(speed, now) {
    this.#frame = this.#computeExactFrame(now);
    this.#since = now;
    this.#speed = speed;
  }

  /** Have a frame begin now. @param {number} frame @param {number} now [ms] */
  start(frame, now) {
    this.#frame = frame;
    this.#since = now;
  }

  /**
   * The frame that is due, and whether the end has been reached.
   * @param {number} now [ms]
   */
  findDueFrame(now) {
    const due = Math.floor(this.#computeExactFrame(now) + 1e-6);
    if (due < this.nFrames) return { frame: Math.max(0, due), ended: false };
    if (this.loop) return { frame: due % this.nFrames, ended: false };
    return { frame: this.nFrames - 1, ended: true };
  }

  #computeExactFrame(now) {
    return this.#frame + (Math.max(0, now - this.#since) / 1000) * this.fps * this.#speed;
  }
}

/** The next faster (way 1) or slower (way -1) speed. @param {number} speed @param {number} way */
export function chooseNextSpeed(speed, way) {
  const others = SPEEDS.filter((other) => (other - speed) * way > 0);
  if (!others.length) return speed;
  return way > 0 ? others[0] : others.at(-1);
}
