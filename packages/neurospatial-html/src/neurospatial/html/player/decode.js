/**
 * How the bytes of a chunk become numbers, strings and pictures.
 *
 * The first byte names the encoding, the rest is the data; see `bundle.py`.
 */

/** @typedef {Uint8Array | Int32Array | Float32Array | Float64Array} Numbers */
/** @typedef {{dtype: string, rowLength: number}} ChunkSpec */

/** What is wrong with a bundle, in words for the person who opened it. */
export class BundleError extends Error {}

const NUMBER_TYPES = new Map([
  ["uint8", Uint8Array],
  ["int32", Int32Array],
  ["float32", Float32Array],
  ["float64", Float64Array],
]);
/** Letters of a name that is unknown: a damaged one can be endless. */
const LONGEST = 20;
/** First bytes of a chunk, as `arrays.py` writes them. */
const DIFFERENCES = 1;
const PLANES = 2;
const PLAIN = 3;

/** Whether this browser can read compressed chunks at all. */
export function canDecompress() {
  return typeof DecompressionStream === "function";
}

/** Bytes that are inflated past those that are wanted: so many tell how many too many there are. */
const SPARE = 1 << 20;
/** Bytes that strings or a picture of a chunk may have, of which the header does not say how many: some GB
 * would end the browser's tab without a word. */
const MOST_UNTOLD = 1 << 28;

/**
 * The bytes behind the encoding byte, inflated where they are compressed.
 * @param {Uint8Array} bytes
 * @param {number} most bytes that they may become
 * @returns {Promise<Uint8Array>}
 */
export async function unpackBytes(bytes, most) {
  if (!bytes?.length) throw new BundleError("A part of the data is empty.");
  if (bytes[0] === PLAIN) return bytes.slice(1);
  if (bytes[0] > PLAIN) {
    throw new BundleError(`A part of the data has the encoding ${bytes[0]}, unknown here.`);
  }
  const counted = new ByteCounter(most);
  const inflated = new Blob([bytes.subarray(1)])
    .stream()
    .pipeThrough(new DecompressionStream("deflate"))
    .pipeThrough(new TransformStream(counted));
  try {
    return new Uint8Array(await new Response(inflated).arrayBuffer());
  } catch {
    if (counted.size > most) {
      throw new BundleError(`A part of the data of ${bytes.length} bytes holds more than ${most}.`);
    }
    throw new BundleError("A part of the data is damaged or cut off.");
  }
}

/** Lets bytes through until there are too many. */
class ByteCounter {
  size = 0;
  #most;

  /** @param {number} most */
  constructor(most) {
    this.#most = most;
  }

  transform(part, to) {
    this.size += part.byteLength;
    if (this.size > this.#most) to.error(new BundleError("too many bytes"));
    else to.enqueue(part);
  }
}

/**
 * Numbers of some rows of an array, in C order.
 * @param {Uint8Array} bytes
 * @param {ChunkSpec} spec
 * @param {number} nRows
 * @returns {Promise<Numbers>}
 */
export async function decodeChunk(bytes, spec, nRows) {
  const Type = NUMBER_TYPES.get(spec.dtype);
  if (!Type) {
    const found = typeof spec.dtype === "string" ? spec.dtype.slice(0, LONGEST) : "without a name";
    throw new BundleError(`Numbers of the type ${found} are unknown here.`);
  }
  const wanted = spec.rowLength * nRows * Type.BYTES_PER_ELEMENT;
  const raw = await unpackBytes(bytes, wanted + SPARE);
  if (raw.length !== wanted) {
    throw new BundleError(`A part of the data has ${raw.length} bytes; ${wanted} belong there.`);
  }
  if (bytes[0] === DIFFERENCES && Type !== Uint8Array) {
    throw new BundleError(`A part of the data of ${spec.dtype} is kept as differences of uint8.`);
  }
  if (bytes[0] === DIFFERENCES) return sumDifferences(raw, spec.rowLength);
  if (bytes[0] === PLANES) return new Type(interleavePlanes(raw, Type.BYTES_PER_ELEMENT).buffer);
  return new Type(raw.buffer);
}

/**
 * Strings of a chunk.
 * @param {Uint8Array} bytes
 * @returns {Promise<string[]>}
 */
export async function decodeTexts(bytes) {
  const raw = await unpackBytes(bytes, MOST_UNTOLD);
  let texts;
  try {
    texts = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(raw));
  } catch {
    texts = null;
  }
  if (!Array.isArray(texts) || texts.some((text) => typeof text !== "string")) {
    throw new BundleError("A part of the texts is damaged.");
  }
  return texts;
}

/**
 * A picture of a chunk, its colours as they are in the file.
 * @param {Uint8Array} bytes
 * @param {string} mime
 * @returns {Promise<ImageBitmap>}
 */
export async function decodePicture(bytes, mime) {
  const raw = await unpackBytes(bytes, MOST_UNTOLD);
  try {
    return await createImageBitmap(new Blob([raw], { type: mime }), {
      colorSpaceConversion: "none",
    });
  } catch {
    throw new BundleError("A picture of the camera is damaged, or of a kind unknown here.");
  }
}

/** Undo differences to the frame before, stored bin by bin. */
function sumDifferences(raw, nBins) {
  const codes = new Uint8Array(raw.length);
  for (let bin = 0, at = 0; bin < nBins; bin++) {
    let code = 0;
    for (let to = bin; to < codes.length; to += nBins) {
      code = (code + raw[at++]) & 255;
      codes[to] = code;
    }
  }
  return codes;
}

/** Undo the sorting of bytes by significance. */
function interleavePlanes(raw, size) {
  const bytes = new Uint8Array(raw.length);
  const n = raw.length / size;
  for (let plane = 0, at = 0; plane < size; plane++) {
    for (let to = plane; at < (plane + 1) * n; to += size) bytes[to] = raw[at++];
  }
  return bytes;
}
