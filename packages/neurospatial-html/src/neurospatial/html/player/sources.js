/** Rows of a bundle by number: arrays, texts and pictures, loaded chunk by chunk. */

import { BundleError, decodeChunk, decodePicture, decodeTexts } from "./decode.js";
/** @typedef {import("./cache.js").ChunkCache} ChunkCache */

/** @typedef {{dtype: string, shape: number[], rows: number, name: string}} ArraySpec */
/** @typedef {{n: number, rows: number, name: string}} TextsSpec */
/** @typedef {{n: number, name: string, mime: string}} PicturesSpec */
/** Rows [first, last] of a source. @typedef {[Source, number, number]} Need */

/** How many chunks of an array that is kept whole are loaded together: some MB at most. */
const TOGETHER = 8;

/** Chunks of a source at most: of hours at one picture a millisecond. Names of more fill the memory. */
const MOST_CHUNKS = 1 << 24;

/** Rows that lie in numbered chunks. */
export class Source {
  /**
   * @param {string} name
   * @param {number} nRows
   * @param {number} rows of a chunk
   * @param {ChunkCache} cache
   */
  constructor(name, nRows, rows, cache) {
    const areCounts = [nRows, rows].every((n) => Number.isSafeInteger(n) && n >= 0);
    if (typeof name !== "string" || !areCounts || nRows > rows * MOST_CHUNKS) {
      throw new BundleError("The description of a part of the data is damaged.");
    }
    this.name = name;
    this.nRows = nRows;
    this.rows = rows;
    this.cache = cache;
  }

  /** The row of a frame: one row stands for all frames. @param {number} frame */
  findRow(frame) {
    return Math.min(frame, this.nRows - 1);
  }

  /** Names of the chunks that hold rows [first, last]. */
  listChunks(first, last) {
    const names = [];
    const end = Math.floor(last / this.rows);
    for (let k = Math.floor(first / this.rows); k <= end; k++) names.push(`${this.name}/${k}`);
    return names;
  }

  /** Load a chunk of this source. @param {string} name @param {() => boolean} isWanted */
  load(name, isWanted = () => true) {
    const number = Number(name.slice(name.lastIndexOf("/") + 1));
    const nRows = Math.min(this.rows, this.nRows - number * this.rows);
    return this.cache.load(name, (bytes) => this.decode(bytes, nRows), isWanted);
  }

  /** The chunk of a row, which has been loaded. @param {number} row */
  getChunk(row) {
    return this.cache.get(`${this.name}/${Math.floor(row / this.rows)}`);
  }

  /** Intervals [first, stop) of rows that are here. @returns {[number, number][]} */
  findLoadedRows() {
    const found = [];
    for (let first = 0; first < this.nRows; first += this.rows) {
      if (!this.cache.has(`${this.name}/${first / this.rows}`)) continue;
      const stop = Math.min(first + this.rows, this.nRows);
      if (found.length && found.at(-1)[1] === first) found.at(-1)[1] = stop;
      else found.push([first, stop]);
    }
    return found;
  }
}

/** Rows of numbers. */
export class ArraySource extends Source {
  /** @param {ArraySpec} spec @param {ChunkCache} cache */
  constructor(spec, cache) {
    const [nRows, ...row] = Array.isArray(spec.shape) ? spec.shape : [];
    super(spec.name, nRows, spec.rows, cache);
    const rowLength = row.every(Number.isSafeInteger) ? row.reduce((a, b) => a * b, 1) : NaN;
    this.spec = { dtype: spec.dtype, rowLength };
  }

  /** @param {Uint8Array} bytes @param {number} nRows */
  async decode(bytes, nRows) {
    const value = await decodeChunk(bytes, this.spec, nRows);
    return { value, size: value.byteLength };
  }

  /** The numbers of a row that has been loaded. @param {number} row */
  getRow(row) {
    const from = (row % this.rows) * this.spec.rowLength;
    return this.getChunk(row).subarray(from, from + this.spec.rowLength);
  }

  /** All numbers, kept by the caller. */
  async loadWhole() {
    if (!this.nRows) return new Float64Array(0);
    const names = this.listChunks(0, this.nRows - 1);
    let all;
    let at = 0;
    while (names.length) {
      for (const part of await Promise.all(names.splice(0, TOGETHER).map((n) => this.load(n)))) {
        all ??= allocate(part.constructor, this.nRows * this.spec.rowLength);
        all.set(part, at);
        at += part.length;
      }
    }
    return all;
  }
}

/** Numbers that are yet to come. @param {Function} Type @param {number} length */
function allocate(Type, length) {
  try {
    return new Type(length);
  } catch {
    throw new BundleError(`The browser has no memory for ${length} numbers, which the data declares.`);
  }
}

/** Strings. */
export class TextSource extends Source {
  /** @param {TextsSpec} spec @param {ChunkCache} cache */
  constructor(spec, cache) {
    super(spec.name, spec.n, spec.rows, cache);
  }

  /** @param {Uint8Array} bytes @param {number} nRows */
  async decode(bytes, nRows) {
    const value = await decodeTexts(bytes);
    if (value.length !== nRows) {
      throw new BundleError(`There are ${value.length} texts where ${nRows} belong.`);
    }
    return { value, size: value.reduce((sum, text) => sum + 2 * text.length + 32, 0) };
  }

  /** A string that has been loaded. @param {number} row */
  getRow(row) {
    return this.getChunk(row)[row % this.rows];
  }
}

/** Pictures, one a chunk. */
export class PictureSource extends Source {
  /** @param {PicturesSpec} spec @param {ChunkCache} cache */
  constructor(spec, cache) {
    super(spec.name, spec.n, 1, cache);
    this.mime = spec.mime;
  }

  /** @param {Uint8Array} bytes */
  async decode(bytes) {
    const value = await decodePicture(bytes, this.mime);
    return { value, size: 4 * value.width * value.height };
  }

  /** A picture that has been loaded. @param {number} row @returns {ImageBitmap} */
  getRow(row) {
    return this.getChunk(row);
  }
}

/** The sources of a bundle: those of one name are one. */
export class Sources {
  #found = new Map();

  /** @param {ChunkCache} cache */
  constructor(cache) {
    this.cache = cache;
  }

  /** @param {ArraySpec} spec @returns {ArraySource} */
  getArray(spec) {
    return this.#getOnce(spec, ArraySource);
  }

  /** @param {TextsSpec} spec @returns {TextSource} */
  getTexts(spec) {
    return this.#getOnce(spec, TextSource);
  }

  /** @param {PicturesSpec} spec @returns {PictureSource} */
  getPictures(spec) {
    return this.#getOnce(spec, PictureSource);
  }

  #getOnce(spec, Kind) {
    if (!this.#found.has(spec.name)) this.#found.set(spec.name, new Kind(spec, this.cache));
    return this.#found.get(spec.name);
  }
}

/**
 * Load all rows that are needed; resolves when they are here, or not wanted any more.
 * @param {Need[]} needs
 * @param {(name: string) => boolean} isWanted
 */
export function loadAll(needs, isWanted) {
  const work = [];
  for (const [source, first, last] of needs) {
    for (const name of source.listChunks(first, last)) {
      work.push(source.load(name, () => isWanted(name)));
    }
  }
  return Promise.all(work);
}

/** Whether all rows that are needed are here. @param {Need[]} needs */
export function areLoaded(needs) {
  return needs.every(([source, first, last]) =>
    source.listChunks(first, last).every((name) => source.cache.has(name)),
  );
}

/** Rows that are in both of two sorted lists of intervals. */
export function intersectRows(one, other) {
  const both = [];
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    const first = Math.max(one[i][0], other[j][0]);
    const stop = Math.min(one[i][1], other[j][1]);
    if (first < stop) both.push([first, stop]);
    if (one[i][1] < other[j][1]) i++;
    else j++;
  }
  return both;
}
