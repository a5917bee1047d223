// Reads headers from standard input as JSON, and writes where each departs from the schema.
import { readFileSync } from "node:fs";
import { departures } from "./schema.mjs";

const ROOM = "../../../packages/neurospatial-html/src/neurospatial/html/";
const schema = JSON.parse(
  readFileSync(new URL(`${ROOM}bundle.schema.json`, import.meta.url), "utf-8"),
);
const headers = JSON.parse(readFileSync(0, "utf-8"));
process.stdout.write(JSON.stringify(headers.map((header) => Array.from(departures(schema, header)))));
