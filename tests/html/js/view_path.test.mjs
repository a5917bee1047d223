import assert from "node:assert/strict";
import { test } from "node:test";
import { ViewPath, WHOLE, aimView, findSamples } from "../../../packages/neurospatial-html/src/neurospatial/html/player/view_path.js";
import { makePaper, toWorld } from "../../../packages/neurospatial-html/src/neurospatial/html/player/geometry.js";

const near = (found, wanted) => {
  assert.equal(found.length, wanted.length);
  found.forEach((value, i) => assert.ok(Math.abs(value - wanted[i]) < 1e-9, `${found} is not ${wanted}`));
};
const view = (y_down) => ({ bounds: [0, 0, 4, 2], y_down });

test("a view shows all at 1, is about its place from 2 on, and goes there between", () => {
  near(aimView(view(false), 4, 1, 1).bounds, [0, 0, 4, 2]);
  near(aimView(view(false), 4, 1, 2).bounds, [3, 0.5, 5, 1.5]);
  near(aimView(view(false), 4, 1, 4).bounds, [3.5, 0.75, 4.5, 1.25]);
  near(aimView(view(false), 4, 1, 1.5).bounds, [3 - 4 / 3, 1 - 2 / 3, 3 + 4 / 3, 1 + 2 / 3]);
});

test("the part of the map is the part of the world, the right way up", () => {
  for (const y_down of [false, true]) {
    const aimed = aimView(view(y_down), 1.2, 1.7, 3);
    const { left, right, top, bottom } = aimed.part;
    const corners = [toWorld(view(y_down), left, top), toWorld(view(y_down), right, bottom)];
    const found = [toWorld(aimed, 0, 0), toWorld(aimed, 1, 1)];
    near(found.flatMap(({ x, y }) => [x, y]), corners.flatMap(({ x, y }) => [x, y]));
    near([makePaper(aimed, 300, 150, 1).x(1.2), makePaper(aimed, 300, 150, 1).y(1.7)], [150, 75]);
  }
});

test("a pixel takes the sample under its middle, and beyond the row it takes none", () => {
  const all = findSamples(0, 1, 7, 7);
  assert.deepEqual([all.from, all.to, [...all.samples]], [0, 7, [0, 1, 2, 3, 4, 5, 6]]);
  for (const [first, last] of [[-0.3, 0.4], [0.25, 0.5], [0.8, 1.6], [-2, 3]]) {
    const { from, to, samples } = findSamples(first, last, 50, 90);
    for (let pixel = 0; pixel < 50; pixel++) {
      const place = (first + ((pixel + 0.5) / 50) * (last - first)) * 90;
      assert.equal(pixel >= from && pixel < to, place >= 0 && place < 90);
      if (pixel >= from && pixel < to) assert.equal(samples[pixel], Math.floor(place));
    }
  }
  for (const part of [[1.2, 2], [-3, -1], [NaN, NaN]]) {
    const { from, to } = findSamples(...part, 10, 10);
    assert.equal(from, to);
  }
});

test("a view without a path asks for nothing, and one with a path for its own frames", () => {
  const rows = [[0, 0, 1], [4, 1, 2], [4, 1, 4]];
  const source = { getRow: (row) => rows[row], findRow: (frame) => Math.min(frame, 2) };
  const still = new ViewPath({ ...view(false), path: null }, {});
  assert.deepEqual([still.moves, still.requiredRows(0, 9), still.find(5).part], [false, [], WHOLE]);
  const path = new ViewPath({ ...view(false), path: "path" }, { getArray: () => source });
  assert.deepEqual([path.moves, path.requiredRows(1, 2)], [true, [[source, 1, 2]]]);
  near(path.find(1).bounds, [3, 0.5, 5, 1.5]);
});
