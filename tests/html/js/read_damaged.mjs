// Reads damaged headers of a bundle, and writes what came of each: "read", what it was refused
// for, or (in "wrong") an error that is none of ours. Each follows from its seed and number.
import { readFileSync } from "node:fs";
import { ChunkCache } from "../../../packages/neurospatial-html/src/neurospatial/html/player/cache.js";
import { checkHeader } from "../../../packages/neurospatial-html/src/neurospatial/html/player/check_header.js";
import { BundleError } from "../../../packages/neurospatial-html/src/neurospatial/html/player/decode.js";
import { Sources, loadAll } from "../../../packages/neurospatial-html/src/neurospatial/html/player/sources.js";

const DEEP = "[".repeat(20_000) + "]".repeat(20_000);
/** Values that JSON's text can say. */
const VALUES = [
  "null", "true", "false", "0", "-1", "1", "0.5", "-0", "2147483648", "9007199254740993", "1e308",
  "1e400", "-1e400", '""', '"text"', '"5"', '"constructor"', '"__proto__"', "[]", "{}", "[[]]",
  "[1]", '{"toString": 1, "valueOf": 2}', '{"__proto__": {"rows": 1}}', '{"length": 5}', DEEP,
];
const CHUNKS = ["null", "5", '"ab"', "{}", "[null]", '[{"length": 3}]', "[1, 2]", "{", ""];

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function* random(seed) {
  for (let state = seed >>> 0; ; ) {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    yield ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}

/** Places [parent, key] of a tree, and objects in it, without recursion: it may be deep. */
function listPlaces(tree) {
  const places = [];
  for (const todo = [tree]; todo.length; ) {
    const parent = todo.pop();
    for (const key of Object.keys(parent)) {
      places.push([parent, key]);
      if (parent[key] !== null && typeof parent[key] === "object") todo.push(parent[key]);
    }
  }
  return places;
}

function mutate(text, numbers) {
  const draw = (n) => Math.floor(numbers.next().value * n);
  const tree = JSON.parse(text);
  for (let left = 1 + draw(3); left > 0; left--) {
    const places = listPlaces(tree).slice(0, 5_000);
    const [parent, key] = places[draw(places.length)] ?? [tree, "n_frames"];
    const value = parent[key];
    const way = draw(6);
    if (way === 0 && Array.isArray(parent)) parent.splice(Number(key), 1);
    else if (way === 0) delete parent[key];
    else if (way === 1 && Array.isArray(value)) value.length = draw(value.length + 1);
    else if (way === 2 && Array.isArray(value)) value.push(...value, ...value);
    else if (way === 3) parent[key] = typeof value === "number" ? String(value) : [value];
    else if (way === 4 && typeof value === "number") parent[key] = value * [-1, 1e3, 1e12, 0.5][draw(4)];
    else parent[key] = JSON.parse(VALUES[draw(VALUES.length)]);
  }
  return tree;
}

/** Whether it lies in chunks. */
const isSpec = (one) =>
  one !== null && typeof one === "object" && ("rows" in one || "dtype" in one);

function listSpecs(header) {
  return listPlaces(header).map(([parent, key]) => parent[key]).filter(isSpec);
}

async function readAll(header, chunks) {
  checkHeader(header);
  const fetchChunk = async (name) => {
    if (!Object.hasOwn(chunks, name)) throw new BundleError("A part is missing.");
    return chunks[name];
  };
  const sources = new Sources(new ChunkCache(fetchChunk, 1e9));
  for (const spec of listSpecs(header)) {
    const source = "dtype" in spec ? sources.getArray(spec) : sources.getTexts(spec);
    source.findLoadedRows();
    if (source.loadWhole) await source.loadWhole();
    else await loadAll([[source, 0, Math.min(source.nRows, 100) - 1]], () => true);
  }
}

const { header, chunks, seed, n } = JSON.parse(readFileSync(0, "utf-8"));
const text = JSON.stringify(header);
const held = Object.fromEntries(
  Object.entries(chunks).map(([name, chunk]) => [name, new Uint8Array(Buffer.from(chunk, "base64"))]),
);
const said = { read: 0, refused: {}, wrong: [] };
for (let number = 0; number < n; number++) {
  const numbers = random(seed * 100_003 + number);
  process.stderr.write(`mutant ${number}\n`); // The last one hangs, where one does.
  const damaged = { ...held };
  if (number % 4 === 3) {
    const names = Object.keys(held).toSorted();
    const name = names[Math.floor(numbers.next().value * names.length)];
    const words = CHUNKS[Math.floor(numbers.next().value * CHUNKS.length)];
    damaged[name] = new Uint8Array(Buffer.concat([Buffer.from([3]), Buffer.from(words)]));
  }
  try {
    await readAll(number % 4 === 3 ? header : mutate(text, numbers), damaged);
    said.read++;
  } catch (problem) {
    if (problem instanceof BundleError) said.refused[problem.message.slice(0, 40)] = number;
    else said.wrong.push(`mutant ${number}: ${String(problem).slice(0, 300)}`);
  }
}
process.stdout.write(JSON.stringify(said));
