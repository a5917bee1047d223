import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { VERSION } from "../../../packages/neurospatial-html/src/neurospatial/html/player/check_header.js";
import { departures } from "./schema.mjs";

const ROOM = "../../../packages/neurospatial-html/src/neurospatial/html/";
const schema = JSON.parse(
  readFileSync(new URL(`${ROOM}bundle.schema.json`, import.meta.url), "utf-8"),
);
const array = (name, shape, dtype = "float32") => ({ name, dtype, shape, rows: 10 });
const color = [0, 0, 0, 1];

const header = () => ({
  format: "neurospatial-bundle", version: VERSION, title: "", n_frames: 2, fps: 30, dpi: 100,
  labels: { name: "t0", n: 2, rows: 100 },
  clock: array("a0", [2], "float64"), unit: "s", scales: [], colorbar: null,
  panels: [{
    title: "", cell: [0, 0], axes: [true, true], raster: [4, 3], colorbar: null, scale_bar: null,
    view: { bounds: [0, 4, 0, 3], units: "cm", equal: true, labels: ["x [cm]", "y [cm]"], y_down: false, path: null },
    layers: [{
      type: "Segments", name: "Head", z: 3, visible: true, start: array("a1", [2, 1, 2]),
      stop: array("a2", [2, 1, 2]), color: [color], width: 2, arrowhead: true,
    }],
  }],
  strips: [],
});

test("a header that the player reads is as the schema says", () => {
  assert.deepEqual([...departures(schema, header())], []);
});

test("the player and the schema speak of one version", () => {
  assert.equal(schema.properties.version.const, VERSION);
});

test("what is not as the schema says is found", () => {
  for (const [change, found] of [
    [(h) => { delete h.fps; }, "the header: lacks fps"],
    [(h) => { h.fps = 0; }, "/fps: 0 is out of range"],
    [(h) => { h.more = 1; }, "the header: has more"],
    [(h) => { h.clock.dtype = "int64"; }, "/clock/dtype: is none of uint8,int32,float32,float64"],
    [(h) => { h.panels[0].view.bounds.pop(); }, "/panels/0/view/bounds: has 3 items"],
    [(h) => { h.panels[0].layers[0].width = NaN; }, "/panels/0/layers/0: fits 0 of the kinds there are"],
    [(h) => { h.panels = []; }, "/panels: has 0 items"],
  ]) {
    const changed = header();
    change(changed);
    assert.deepEqual([...departures(schema, changed)], [found]);
  }
});
