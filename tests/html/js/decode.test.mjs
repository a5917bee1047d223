import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { BundleError, decodeChunk, decodeTexts, unpackBytes } from "../../../packages/neurospatial-html/src/neurospatial/html/player/decode.js";

const packed = (encoding, bytes) => {
  const body = encoding === 3 ? Buffer.from(bytes) : deflateSync(Buffer.from(bytes));
  return new Uint8Array(Buffer.concat([Buffer.from([encoding]), body]));
};
const bytesOf = (array) => new Uint8Array(array.buffer);
const random = (n) => Uint8Array.from({ length: n }, (_, i) => (i * 7919 + (i >> 3) * 31) % 256);

test("raw numbers of every type", async () => {
  for (const [dtype, Type] of Object.entries({
    uint8: Uint8Array, int32: Int32Array, float32: Float32Array, float64: Float64Array,
  })) {
    const array = Type.from([1, 200, 3, 42, 5, 6]);
    for (const encoding of [0, 3]) {
      const chunk = packed(encoding, bytesOf(array));
      assert.deepEqual(await decodeChunk(chunk, { dtype, rowLength: 3 }, 2), array);
    }
  }
});

test("differences, bin by bin, modulo 256", async () => {
  const [nRows, nBins] = [5, 4];
  const codes = random(nRows * nBins);
  const stored = [];
  for (let bin = 0; bin < nBins; bin++) {
    for (let row = 0; row < nRows; row++) {
      const before = row ? codes[(row - 1) * nBins + bin] : 0;
      stored.push((codes[row * nBins + bin] - before) & 255);
    }
  }
  const found = await decodeChunk(packed(1, stored), { dtype: "uint8", rowLength: nBins }, nRows);
  assert.deepEqual(found, codes);
});

test("planes of bytes", async () => {
  for (const Type of [Float32Array, Float64Array]) {
    const array = Type.from([0.1, -3e7, NaN, Infinity, 5, -0]);
    const [bytes, size] = [bytesOf(array), Type.BYTES_PER_ELEMENT];
    const planes = [];
    for (let plane = 0; plane < size; plane++) {
      for (let i = 0; i < array.length; i++) planes.push(bytes[i * size + plane]);
    }
    const dtype = Type === Float32Array ? "float32" : "float64";
    assert.deepEqual(await decodeChunk(packed(2, planes), { dtype, rowLength: 2 }, 3), array);
  }
});

test("no rows, and rows without entries", async () => {
  const spec = { dtype: "uint8", rowLength: 0 };
  assert.equal((await decodeChunk(packed(0, []), spec, 3)).length, 0);
  assert.equal((await decodeChunk(packed(1, []), spec, 3)).length, 0);
});

test("texts with every kind of sign", async () => {
  const texts = ["t = 0.1 s", "🐀\nline", "</script>\u2028\"'", ""];
  const chunk = packed(0, Buffer.from(JSON.stringify(texts)));
  assert.deepEqual(await decodeTexts(chunk), texts);
});

test("what is damaged is said", async () => {
  const whole = packed(0, random(5000));
  const spec = { dtype: "uint8", rowLength: 5000 };
  const bad = {
    "cut off": whole.slice(0, whole.length >> 1),
    empty: new Uint8Array(0),
    "encoding 9": Uint8Array.of(9, 1, 2),
    "5000 bytes; 4999 belong": whole,
  };
  for (const [words, chunk] of Object.entries(bad)) {
    const rowLength = words.includes("4999") ? 4999 : 5000;
    await assert.rejects(decodeChunk(chunk, { ...spec, rowLength }, 1), (problem) => {
      assert.ok(problem instanceof BundleError);
      assert.match(problem.message, new RegExp(words));
      return true;
    });
  }
  await assert.rejects(decodeChunk(whole, { dtype: "int7", rowLength: 1 }, 1), /int7/);
  await assert.rejects(decodeTexts(packed(0, Buffer.from('["a"'))), /texts/);
  await assert.rejects(unpackBytes(undefined, 9), /empty/);
});

test("what swells is stopped, with both numbers", async () => {
  const swelling = packed(0, new Uint8Array(1e7));
  const spec = { dtype: "uint8", rowLength: 48 };
  const found = new RegExp(`of ${swelling.length} bytes holds more than ${48 + (1 << 20)}`);
  await assert.rejects(decodeChunk(swelling, spec, 1), found);
  await assert.rejects(unpackBytes(swelling, 1e7 - 1), BundleError);
  assert.equal((await unpackBytes(swelling, 1e7)).length, 1e7);
});

test("differences are of bytes", async () => {
  const chunk = packed(1, new Uint8Array(16));
  await assert.rejects(decodeChunk(chunk, { dtype: "float32", rowLength: 2 }, 2), /differences/);
});
