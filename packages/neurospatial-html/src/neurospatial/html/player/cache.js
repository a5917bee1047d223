/** Decoded chunks, the least recently used forgotten first. */

import { BundleError } from "./decode.js";

/** @typedef {{value: any, size: number}} Decoded */
/**
 * Fetch a chunk; null where nobody wants it any more before it has been fetched.
 * @typedef {(name: string, isWanted: () => boolean) => Promise<Uint8Array | null>} FetchChunk
 */

export class ChunkCache {
  #fetchChunk;
  #maxBytes;
  #entries = new Map();
  #loading = new Map();
  #held = new Set();
  #bytes = 0;

  /**
   * @param {FetchChunk} fetchChunk
   * @param {number} maxBytes of decoded chunks
   */
  constructor(fetchChunk, maxBytes) {
    this.#fetchChunk = fetchChunk;
    this.#maxBytes = maxBytes;
  }

  /** How many decoded bytes are kept. */
  get bytes() {
    return this.#bytes;
  }

  /** How many chunks of the present mean size may be loaded ahead without pushing others out. */
  get roomAhead() {
    const mean = this.#entries.size ? this.#bytes / this.#entries.size : 1;
    return Math.max(1, Math.floor(this.#maxBytes / 2 / Math.max(1, mean)));
  }

  /** @param {string} name */
  has(name) {
    return this.#entries.has(name);
  }

  /** @param {string} name */
  isLoading(name) {
    return this.#loading.has(name);
  }

  /** The decoded chunk, or undefined. @param {string} name */
  get(name) {
    const entry = this.#entries.get(name);
    if (!entry) return undefined;
    this.#entries.delete(name);
    this.#entries.set(name, entry);
    return entry.value;
  }

  /** Forget none of these until others are held. @param {Iterable<string>} names */
  hold(names) {
    this.#held = new Set(names);
  }

  /**
   * Fetch and decode a chunk, once however often it is asked for; gives its value.
   * @param {string} name
   * @param {(bytes: Uint8Array) => Promise<Decoded>} decode
   * @param {() => boolean} isWanted whether it still is
   */
  load(name, decode, isWanted) {
    if (this.#entries.has(name)) return Promise.resolve(this.get(name));
    if (!this.#loading.has(name)) {
      const loaded = this.#loadNow(name, decode, isWanted).finally(() => this.#loading.delete(name));
      this.#loading.set(name, loaded);
    }
    return this.#loading.get(name);
  }

  /** Forget everything. */
  clear() {
    this.#held.clear();
    for (const name of this.#entries.keys()) this.#forget(name);
  }

  async #loadNow(name, decode, isWanted) {
    let entry;
    try {
      const bytes = await this.#fetchChunk(name, isWanted);
      if (bytes === null) return undefined;
      entry = await decode(bytes);
    } catch (problem) {
      throw new BundleError(`${problem.message} (part ${name})`, { cause: problem });
    }
    this.#entries.set(name, entry);
    this.#bytes += entry.size;
    for (const old of this.#entries.keys()) {
      if (this.#bytes <= this.#maxBytes) break;
      if (old !== name && !this.#held.has(old)) this.#forget(old);
    }
    return entry.value;
  }

  #forget(name) {
    const { value, size } = this.#entries.get(name);
    this.#entries.delete(name);
    this.#bytes -= size;
    value.close?.(); // A picture's memory is not the garbage collector's.
  }
}
