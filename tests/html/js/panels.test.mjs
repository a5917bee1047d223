import assert from "node:assert/strict";
import { test } from "node:test";
import { fitText } from "../../../packages/neurospatial-html/src/neurospatial/html/player/axes.js";
import { computeLayout } from "../../../packages/neurospatial-html/src/neurospatial/html/player/figure_layout.js";
import { ShownRows } from "../../../packages/neurospatial-html/src/neurospatial/html/player/rows.js";

const measure = (words, size) => [...words].length * size * 0.5;

test("a text shrinks, then ends in an ellipsis, and is never wider than its room", () => {
  assert.deepEqual(fitText("short", 14, 100, measure), { words: "short", size: 14 });
  assert.deepEqual(fitText("ten letter", 14, 60, measure), { words: "ten letter", size: 12 });
  for (const words of ["x".repeat(500), "🐀".repeat(500), "a b ".repeat(99)]) {
    for (const room of [0, 3, 20, 60, 300]) {
      const fitted = fitText(words, 14, room, measure);
      assert.ok(!fitted.words || measure(fitted.words, fitted.size) <= room);
      assert.ok(!fitted.words || fitted.words.endsWith("…"));
      assert.ok(fitted.size >= 9);
    }
  }
  assert.equal(fitText("🐀".repeat(9), 14, 20, measure).words, "🐀🐀🐀…");
});

const grid = (n, columns, more = {}) => Array.from({ length: n }, (_, i) => ({
  raster: [125, 100], colorbar: null, title: `cell ${i}`, axes: [true, true],
  cell: [Math.floor(i / columns), i % columns], ...more,
}));
const lay = (panels, width, height) => computeLayout({ panels, scales: [], colorbar: null }, 0, width, height);
const measureGap = ({ panels: [one, other] }) => other.x - one.x - one.width;
const countColumns = ({ panels }) => new Set(panels.map(({ x }) => x)).size;

test("panels lie in their cells where each has room, else in fewer columns", () => {
  assert.equal(countColumns(lay(grid(30, 6), 1252, 680)), 6);
  assert.equal(countColumns(lay(grid(3, 3), 1252, 680)), 3);
  const few = countColumns(lay(grid(100, 10), 1252, 680));
  assert.ok(few >= 3 && few < 10, `${few}`);
  assert.equal(countColumns(lay(grid(4, 2), 360, 700)), 1);
});

test("ticks along the outer panels stay there where others are outer, and cost no room within", () => {
  const linked = grid(100, 10).map((panel, i) => Object.assign(panel, { axes: [i >= 90, i % 10 === 0] }));
  const { panels, axes, width } = lay(linked, 1252, 680);
  const left = Math.min(...panels.map(({ x }) => x));
  panels.forEach((box, i) => {
    assert.equal(axes[i][1], box.x === left);
    assert.equal(axes[i][0], !panels.some((other) => other.x === box.x && other.y > box.y));
  });
  assert.ok(countColumns({ panels }) > countColumns(lay(grid(100, 10), 1252, 680)));
  assert.ok(width > 1252 * 0.9 && width <= 1252, `${width}`);
  const own = grid(100, 10).map((panel, i) => Object.assign(panel, { axes: [i === 5, i === 55] }));
  assert.deepEqual(lay(own, 1252, 680).axes, own.map((panel) => panel.axes));
});

test("panels that are scrolled fill the width", () => {
  for (const width of [390, 800, 1252, 1900]) {
    const laid = lay(grid(100, 10), width, 680);
    assert.ok(laid.width > width * 0.9 && laid.width <= width, `${laid.width} of ${width}`);
  }
});

test("a blank cell is left free", () => {
  const panels = grid(4, 2).filter((_, i) => i !== 2);
  const [first, second, last] = lay(panels, 1252, 800).panels;
  assert.equal(last.x, second.x);
  assert.ok(last.x > first.x && last.y > second.y);
});

test("panels without axes are larger, and lie closer", () => {
  const [few, bare] = [[true, true], [false, false]].map((axes) => lay(grid(16, 4, { axes }), 1252, 1000));
  assert.ok(bare.panels[0].width > few.panels[0].width * 1.15);
  assert.ok(measureGap(bare) < measureGap(few));
});

const makeRows = async (index, nRows) => {
  const values = { nRows, getRow: (row) => [row], findRow: (frame) => Math.min(frame, nRows - 1) };
  const source = { loadWhole: async () => Int32Array.from(index ?? []) };
  const rows = new ShownRows({ values: "values", frame_index: index && "index" }, {
    getArray: (name) => (name === "values" ? values : source),
  });
  await rows.prepare();
  return rows;
};

test("each frame shows its row, and asks for no other", async () => {
  const rows = await makeRows([-1, 0, 0, 1, 2, 2, 0], 3);
  assert.deepEqual([0, 1, 3, 6].map((frame) => rows.find(frame)), [-1, 0, 1, 0]);
  assert.equal(rows.get(0), null);
  assert.deepEqual(rows.get(4), [2]);
  const needs = (first, last) => rows.listNeeds(first, last).map(([, from, to]) => [from, to]);
  assert.deepEqual(needs(0, 0), []);
  assert.deepEqual(needs(1, 2), [[0, 0]]);
  assert.deepEqual(needs(1, 6), [[0, 2], [0, 0]]);
});

test("rows that are not there are refused", async () => {
  for (const row of [3, -2]) await assert.rejects(makeRows([0, row], 3), /damaged/);
});

test("without an index there is a row for each frame, or one for all", async () => {
  const every = await makeRows(null, 5);
  assert.deepEqual(every.listNeeds(1, 3).map(([, from, to]) => [from, to]), [[1, 3]]);
  assert.equal((await makeRows(null, 1)).find(9), 0);
});
