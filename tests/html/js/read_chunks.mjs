// Reads chunks from standard input as JSON, and writes what they hold.
import { readFileSync } from "node:fs";
import { decodeChunk, decodeTexts } from "../../../packages/neurospatial-html/src/neurospatial/html/player/decode.js";

const read = [];
for (const { chunk, dtype, rowLength, nRows } of JSON.parse(readFileSync(0, "utf-8"))) {
  const bytes = new Uint8Array(Buffer.from(chunk, "base64"));
  if (dtype === "text") read.push(JSON.stringify(await decodeTexts(bytes)));
  else {
    const numbers = await decodeChunk(bytes, { dtype, rowLength }, nRows);
    read.push(Buffer.from(numbers.buffer).toString("base64"));
  }
}
process.stdout.write(JSON.stringify(read));
