// Reads whole bundles from standard input as JSON, and writes what each holds, by name.
import { readFileSync } from "node:fs";
import { ChunkCache } from "../../../packages/neurospatial-html/src/neurospatial/html/player/cache.js";
import { checkHeader } from "../../../packages/neurospatial-html/src/neurospatial/html/player/check_header.js";
import { Sources, loadAll } from "../../../packages/neurospatial-html/src/neurospatial/html/player/sources.js";

/** Whatever in a header lies in chunks of rows. */
function* specsOf(entry) {
  if (entry === null || typeof entry !== "object") return;
  if ("rows" in entry) yield entry;
  else for (const part of Object.values(entry)) yield* specsOf(part);
}

async function read(sources, spec) {
  if ("dtype" in spec) {
    return Buffer.from((await sources.getArray(spec).loadWhole()).buffer).toString("base64");
  }
  const texts = sources.getTexts(spec);
  await loadAll([[texts, 0, spec.n - 1]], () => true);
  return Array.from({ length: spec.n }, (_, row) => texts.getRow(row));
}

const found = [];
for (const { header, chunks } of JSON.parse(readFileSync(0, "utf-8"))) {
  checkHeader(header);
  const fetchChunk = async (name) => new Uint8Array(Buffer.from(chunks[name], "base64"));
  const sources = new Sources(new ChunkCache(fetchChunk, 1e9));
  const held = {};
  for (const spec of specsOf(header)) held[spec.name] ??= await read(sources, spec);
  found.push(held);
}
process.stdout.write(JSON.stringify(found));
