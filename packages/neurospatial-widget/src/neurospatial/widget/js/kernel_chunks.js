/** Chunks that the kernel makes when they are asked for. */

import { BundleError } from "neurospatial-html/player/decode.js";

/** How many are asked for at once: what is asked for cannot be taken back. */
const MOST_ASKED = 4;

/** @typedef {{resolve: Function, reject: Function}} Waiter */
/** @typedef {{waiters: Waiter[], isWanted: () => boolean, askedAt: number | null}} Request */

export class KernelChunks {
  #model;
  #requests = new Map();
  #heardAt = -Infinity;
  #answered;
  /** Fetch a chunk; null once nobody wants it any more. */
  fetch = (name, isWanted) => this.#fetch(name, isWanted);

  /** @param {object} model @param {() => void} answered called with every answer */
  constructor(model, answered) {
    this.#model = model;
    this.#answered = answered;
    model.on("msg:custom", this.#receive);
  }

  /** For how long the kernel has been silent while it was asked [ms]. */
  measureSilence(now = performance.now()) {
    const asked = [...this.#requests.values()].map((request) => request.askedAt ?? Infinity);
    return Math.max(0, now - Math.max(this.#heardAt, Math.min(...asked, Infinity)));
  }

  /** Listen no more. */
  stop() {
    this.#model.off("msg:custom", this.#receive);
    this.#requests.clear();
  }

  #fetch(name, isWanted) {
    return new Promise((resolve, reject) => {
      this.#requests.set(name, { resolve, reject, isWanted, askedAt: null });
      this.#askNext();
    });
  }

  #askNext() {
    let asked = [...this.#requests.values()].filter((request) => request.askedAt !== null).length;
    for (const [name, request] of [...this.#requests]) {
      if (asked >= MOST_ASKED) return;
      if (request.askedAt !== null) continue;
      if (!request.isWanted()) {
        this.#requests.delete(name);
        request.resolve(null);
        continue;
      }
      asked++;
      request.askedAt = performance.now();
      try {
        this.#model.send({ chunk: name });
      } catch (problem) {
        this.#requests.delete(name);
        request.reject(new BundleError(`The kernel cannot be reached: ${problem.message}`));
      }
    }
  }

  #receive = ({ chunk, problem }, buffers) => {
    this.#heardAt = performance.now();
    this.#answered();
    const request = this.#requests.get(chunk); // Another view of the widget may have asked.
    if (!request) return;
    this.#requests.delete(chunk);
    if (problem) request.reject(new BundleError(problem));
    else request.resolve(toBytes(buffers[0]));
    this.#askNext();
  };
}

function toBytes({ buffer, byteOffset, byteLength }) {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
