import assert from "node:assert/strict";
import { test } from "node:test";
import { drawVerticalAxis } from "../../../packages/neurospatial-html/src/neurospatial/html/player/axes.js";
import { computeBarOutline, clipLine, findLowerBound, makePaper, toSignalLines, toWorld, splitTrail, findContiguousRuns } from "../../../packages/neurospatial-html/src/neurospatial/html/player/geometry.js";
import { FULL_RANGE, toLimits, toRange, spreadLut, toValue } from "../../../packages/neurospatial-html/src/neurospatial/html/player/field.js";
import { computeLayout } from "../../../packages/neurospatial-html/src/neurospatial/html/player/figure_layout.js";
import { formatCoordinate, formatNumber, formatTick, computeTicks } from "../../../packages/neurospatial-html/src/neurospatial/html/player/axis_ticks.js";

const near = (found, wanted, slack = 1e-9) =>
  assert.ok(Math.abs(found - wanted) <= slack, `${found} is not ${wanted}`);

test("y is upward in the world and downward on the page", () => {
  const paper = makePaper({ bounds: [10, 20, 50, 40], y_down: false }, 400, 100, 1);
  near(paper.x(10), 0);
  near(paper.x(50), 400);
  near(paper.y(40), 0);
  near(paper.y(20), 100);
  near(paper.scaleX * 30 + paper.shiftX, paper.x(30));
  near(paper.scaleY * 25 + paper.shiftY, paper.y(25));
});

test("y that grows downward in the world does so on the page, and back", () => {
  const view = { bounds: [10, 20, 50, 40], y_down: true };
  const paper = makePaper(view, 400, 100, 1);
  near(paper.y(20), 0);
  near(paper.y(40), 100);
  near(paper.scaleY * 25 + paper.shiftY, paper.y(25));
  for (const y_down of [true, false]) {
    const { x, y } = toWorld({ ...view, y_down }, 0.25, 0.1);
    const turned = makePaper({ ...view, y_down }, 400, 100, 1);
    near(turned.x(x), 100);
    near(turned.y(y), 10);
  }
});

test("numbers beside a box grow the way its values do", () => {
  for (const isDown of [false, true]) {
    const written = [];
    const context = {
      beginPath() {}, moveTo() {}, lineTo() {}, stroke() {},
      fillText: (words, x, y) => written.push([Number(words), y]),
    };
    drawVerticalAxis(context, { x: 0, y: 0, width: 100, height: 400 }, 0, 10, { isDown });
    written.sort(([a], [b]) => a - b);
    assert.ok(written.length > 2);
    assert.equal(written[0][1] < written.at(-1)[1], isDown);
  }
});

test("a trail covers its steps once, and fades with age", () => {
  for (const [frame, trail] of [[9, 3], [2, 9], [500, 100], [1, 1], [0, 5]]) {
    const parts = splitTrail(frame, trail);
    assert.equal(parts.length ? parts.at(-1).last : frame, frame);
    assert.equal(parts.length ? parts[0].first : 0, Math.max(0, frame - trail));
    for (const [before, after] of parts.slice(1).map((part, i) => [parts[i], part])) {
      assert.equal(before.last, after.first);
      assert.ok(before.opacity < after.opacity);
    }
    assert.ok(parts.every(({ opacity }) => opacity > 0 && opacity < 1));
  }
  near(splitTrail(9, 3)[0].opacity, 1 - 3 / 4);
  near(splitTrail(9, 3)[2].opacity, 1 - 1 / 4);
});

test("an arrow's tip is its stop, its head 4.5 widths long and 3.6 wide", () => {
  const corners = computeBarOutline([0, 0, 100, 0], 4, true);
  const points = Array.from({ length: 7 }, (_, i) => corners.slice(2 * i, 2 * i + 2));
  assert.deepEqual(points[3], [100, 0]);
  near(points[2][0], 100 - 4.5 * 4);
  near(points[2][1] - points[4][1], 3.6 * 4);
  near(Math.abs(points[0][1] - points[6][1]), 4);
  assert.equal(computeBarOutline([5, 5, 5, 5], 4, true), null);
  assert.equal(computeBarOutline([NaN, 5, 5, 5], 4, false), null);
});

test("an arrow shorter than its head is all head", () => {
  const corners = computeBarOutline([0, 0, 3, 0], 4, true);
  assert.ok(corners.every((part, i) => i % 2 || (part >= 0 && part <= 3)));
});

test("lines are cut to the box, as samples along them say", () => {
  const box = [0, 0, 10, 8];
  for (const line of [[-5, 4, 15, 4], [5, -9, 5, 30], [-5, -5, 20, 20], [1, 1, 2, 2], [-9, 0, 0, 30]]) {
    const [x0, y0, x1, y1] = line;
    const inside = Array.from({ length: 20_001 }, (_, i) => i / 20_000).filter((share) => {
      const [x, y] = [x0 + share * (x1 - x0), y0 + share * (y1 - y0)];
      return x >= 0 && y >= 0 && x <= 10 && y <= 8;
    });
    const found = clipLine(...line, box);
    if (!inside.length) assert.equal(found, null);
    else {
      near(found.from, inside[0], 1e-4);
      near(found.to, inside.at(-1), 1e-4);
    }
  }
  assert.equal(clipLine(1, -1, 9, -1, box), null);
});

test("a line breaks where there is no value", () => {
  assert.deepEqual(findContiguousRuns([4, 2, 0, 1], [1, NaN, 3, 9, 5]), [[4, 2, 0]]);
  assert.deepEqual(findContiguousRuns([0, 1, 2], [1, NaN, Infinity]), [[0]]);
  assert.deepEqual(findContiguousRuns([], []), []);
});

test("the first that is not below", () => {
  assert.deepEqual([0, 1, 1.5, 9].map((x) => findLowerBound([1, 1, 2, 3], x)), [0, 0, 2, 4]);
});

const view = { now: 5, window: 2, limits: [-1, 1], width: 100, height: 50 };

test("the current time is in the middle of a signal, its limits at the edges", () => {
  const [line] = toSignalLines({ times: [4, 5, 6], values: [-1, 0, 1] }, view);
  assert.deepEqual(line, [0, 50, 50, 25, 100, 0]);
});

test("a signal leaves gaps open", () => {
  const times = [4.2, 4.4, 4.6, 4.8, 5.0];
  const lines = toSignalLines({ times, values: [0, 0, NaN, NaN, 0] }, view);
  assert.deepEqual(lines.map((line) => line.length), [4, 2]);
  assert.deepEqual(toSignalLines({ times: [], values: [] }, view), []);
  assert.deepEqual(toSignalLines({ times: [4.9], values: [NaN] }, view), []);
});

test("of a dense signal the lowest and the highest are kept, and little else", () => {
  const n = 100_000;
  const times = Float64Array.from({ length: n }, (_, i) => 3 + (4 * i) / n);
  const values = Float64Array.from({ length: n }, (_, i) => (i % 2 ? 0.7 : -0.7));
  const [line] = toSignalLines({ times, values }, view);
  assert.ok(line.length < 2 * 5 * 103, `${line.length / 2} corners`);
  const heights = line.filter((_, i) => i % 2);
  near(Math.min(...heights), 0.15 * 50);
  near(Math.max(...heights), 0.85 * 50);
});

test("round numbers along an axis", () => {
  assert.deepEqual(computeTicks(0, 100, 5).values, [0, 20, 40, 60, 80, 100]);
  assert.deepEqual(computeTicks(-1250.5, -1150.5, 2).values, [-1250, -1200]);
  for (const [low, high] of [[0.001, 0.0013], [-7, 9], [1e5, 3e7], [3000.25, 3100.25]]) {
    const { values } = computeTicks(low, high, 5);
    assert.ok(values.length >= 2 && values.length <= 7, `${values}`);
    assert.ok(values.every((value) => value >= low - 1e-9 && value <= high + 1e-9));
  }
  assert.deepEqual(computeTicks(3, 3), { values: [], decimals: 0, step: 0 });
  assert.deepEqual(computeTicks(0, Infinity).values, []);
});

test("numbers are written formatNumber", () => {
  assert.equal(formatTick(-0.5, 1), "−0.5");
  assert.equal(formatTick(-0, 0), "0");
  assert.equal(formatTick(2e7, 0), "2e7");
  assert.equal(formatTick(1e-7, 8), "1e-7");
  assert.equal(formatTick(5000020, 0, 20), "5000020");
  assert.equal(formatTick(-1.2345e20, 0, 1e16), "-1.2345e20");
  assert.equal(formatNumber(0.123456), "0.1235");
  assert.equal(formatNumber(NaN), "–");
  assert.equal(formatNumber(1234.5678), "1234.57");
});

const code = (spread, c) => spread[c] & 255;

test("colours spread between the handles", () => {
  const lut = Uint8Array.from({ length: 1024 }, (_, i) => (i >> 2) % 256);
  const full = spreadLut(lut, FULL_RANGE);
  for (let c = 0; c < 256; c++) assert.equal(code(full, c), c);
  const half = spreadLut(lut, [100, 200]);
  assert.deepEqual([0, 100, 150, 200, 254, 255].map((c) => code(half, c)), [0, 0, 127, 254, 254, 255]);
});

test("codes and values", () => {
  const scale = { vmin: -1, vmax: 4 };
  assert.deepEqual(toLimits(FULL_RANGE, scale), [-1, 4]);
  assert.deepEqual(toRange([-1, 4], scale), FULL_RANGE);
  const [low, high] = toLimits([50, 99], scale);
  toRange([low, high], scale).forEach((found, i) => near(found, [50, 99][i]));
  near(toValue(127, scale), 1.5);
});

const panel = (w, h, more = {}) => ({
  raster: [w, h], colorbar: null, title: "", cell: [0, 0], axes: [true, true], ...more,
});
const within = (box, page) =>
  box.x >= 0 && box.y >= 0 && box.x + box.width <= page.width + 1 && box.y + box.height <= page.height;

test("panels keep their shape, and lie apart on the page", () => {
  const many = [
    panel(400, 300, { colorbar: 0 }), panel(300, 400, { cell: [0, 2] }),
    panel(50, 600, { title: "c", cell: [1, 1], axes: [false, false] }),
  ];
  const scales = [{ label: "Hz" }];
  const sizes = [[1200, 800], [390, 700], [200, 200]];
  for (const [width, height, colorbar] of sizes.flatMap((size) => [[...size, null], [...size, 0]])) {
    const page = computeLayout({ panels: many, scales, colorbar }, 2, width, height);
    page.panels.forEach((box, i) => {
      near(box.width / box.height / (many[i].raster[0] / many[i].raster[1]), 1, 0.06);
    });
    const bars = [...page.bars, page.sharedBar].filter(Boolean);
    const boxes = [...page.panels, ...page.strips, ...bars];
    assert.ok(boxes.every((box) => within(box, page)));
    boxes.forEach((one, i) => boxes.slice(i + 1).forEach((other) => {
      const apart = one.x + one.width <= other.x || other.x + other.width <= one.x ||
        one.y + one.height <= other.y || other.y + other.height <= one.y;
      assert.ok(apart, `${JSON.stringify(one)} meets ${JSON.stringify(other)}`);
    }));
  }
});

test("ticks of any range are told apart, and places far from zero are said in full", () => {
  for (const [low, high] of [[5e6, 5e6 + 80], [1e12, 1e12 + 1], [-1e300, 1e300], [0, 1e-300]]) {
    const { values, decimals, step } = computeTicks(low, high, 5);
    const words = values.map((value) => formatTick(value, decimals, step));
    assert.ok(values.length > 1);
    assert.equal(new Set(words).size, words.length, words.join(" "));
  }
  assert.equal(formatCoordinate(5000012.34, 80), "5000012.34");
  assert.equal(formatCoordinate(12.3456, 80), "12.35");
});
