/** Where marks lie on a picture: pure arithmetic, y downward here and either way in the world. */

/** Levels of fading along a trail: no step between them is seen. */
const TRAIL_PARTS = 12;
/** Widths of its shaft: the size of an arrow's head, as in a video. */
const HEAD_LENGTH = 4.5;
const HEAD_WIDTH = 3.6;

/**
 * From world coordinates to pixels of a box, and how large a point is there.
 * @typedef {{width: number, height: number, pxPerPoint: number,
 *   part: import("./view_path.js").Part,
 *   x: (x: number) => number, y: (y: number) => number,
 *   scaleX: number, scaleY: number, shiftX: number, shiftY: number}} Paper
 */

/**
 * @param {import("./view_path.js").Aimed} view x_min, y_min, x_max, y_max, and y's way
 * @param {number} width [px] @param {number} height [px] @param {number} pxPerPoint
 * @returns {Paper}
 */
export function makePaper(view, width, height, pxPerPoint) {
  const [xMin, yMin, xMax, yMax] = view.bounds;
  const scaleX = width / (xMax - xMin);
  const scaleY = ((view.y_down ? 1 : -1) * height) / (yMax - yMin);
  const yTop = view.y_down ? yMin : yMax;
  return {
    width,
    height,
    pxPerPoint,
    part: view.part,
    x: (x) => (x - xMin) * scaleX,
    y: (y) => (y - yTop) * scaleY,
    scaleX,
    scaleY,
    shiftX: -xMin * scaleX,
    shiftY: -yTop * scaleY,
  };
}

/**
 * The place in the world of shares of a view's width and height: what `makePaper` undoes.
 * @param {{bounds: number[], y_down: boolean}} view @param {number} across @param {number} down
 */
export function toWorld(view, across, down) {
  const [xMin, yMin, xMax, yMax] = view.bounds;
  const up = view.y_down ? down : 1 - down;
  return { x: xMin + across * (xMax - xMin), y: yMin + up * (yMax - yMin) };
}

/**
 * The part of a line within a box, or null; Liang and Barsky's way.
 * @returns {{from: number, to: number} | null} shares of the line
 */
export function clipLine(x0, y0, x1, y1, box) {
  const [left, top, right, bottom] = box;
  let from = 0;
  let to = 1;
  const sides = [
    [x0 - x1, x0 - left],
    [x1 - x0, right - x0],
    [y0 - y1, y0 - top],
    [y1 - y0, bottom - y0],
  ];
  for (const [ahead, room] of sides) {
    if (ahead === 0) {
      if (room < 0) return null;
    } else if (ahead < 0) {
      from = Math.max(from, room / ahead);
    } else {
      to = Math.min(to, room / ahead);
    }
  }
  return from < to ? { from, to } : null;
}

/**
 * Corners of a line, or of an arrow: one outline, so that a faint one has no dark seam.
 * @param {number[]} ends x0, y0, x1, y1 [px]
 * @param {number} width [px] @param {boolean} head
 * @returns {number[] | null} x, y of each corner in turn
 */
export function computeBarOutline(ends, width, head) {
  const [x0, y0, x1, y1] = ends;
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (!(length > 0)) return null;
  const [ux, uy] = [(x1 - x0) / length, (y1 - y0) / length];
  const [sx, sy] = [(-uy * width) / 2, (ux * width) / 2];
  if (!head) return [x0 + sx, y0 + sy, x1 + sx, y1 + sy, x1 - sx, y1 - sy, x0 - sx, y0 - sy];
  const long = Math.min(HEAD_LENGTH * width, length);
  const wing = (long * HEAD_WIDTH) / HEAD_LENGTH / 2;
  const [bx, by] = [x1 - ux * long, y1 - uy * long];
  const half = Math.min(width / 2, wing);
  return [
    [x0 - uy * half, y0 + ux * half],
    [bx - uy * half, by + ux * half],
    [bx - uy * wing, by + ux * wing],
    [x1, y1],
    [bx + uy * wing, by - ux * wing],
    [bx + uy * half, by - ux * half],
    [x0 + uy * half, y0 - ux * half],
  ].flat();
}

/**
 * Parts of a trail, each with the opacity of its middle: (1 - age / (trail + 1)).
 * Part [first, last] joins its rows; neighbours share one.
 * @param {number} frame @param {number} trail
 */
export function splitTrail(frame, trail) {
  const oldest = Math.max(0, frame - trail);
  const nSteps = frame - oldest;
  const nParts = Math.min(TRAIL_PARTS, nSteps);
  const parts = [];
  for (let part = 0; part < nParts; part++) {
    const begin = Math.floor((part * nSteps) / nParts);
    const end = Math.floor(((part + 1) * nSteps) / nParts);
    const age = nSteps - (begin + end - 1) / 2;
    parts.push({ first: oldest + begin, last: oldest + end, opacity: 1 - age / (trail + 1) });
  }
  return parts;
}

/**
 * Unbroken stretches of a line whose heights may be NaN.
 * @param {ArrayLike<number>} order which entries follow each other
 * @param {ArrayLike<number>} values
 * @returns {number[][]} entries of each stretch
 */
export function findContiguousRuns(order, values) {
  const runs = [];
  let run = null;
  for (const entry of order) {
    if (Number.isFinite(values[entry])) {
      if (!run) runs.push((run = []));
      run.push(entry);
    } else {
      run = null;
    }
  }
  return runs;
}

/** First entry of a sorted array that is not below `value`. */
export function findLowerBound(sorted, value) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * A signal around a time as lines of pixels: gaps left open, and over each column of
 * pixels no more than its first, lowest, highest and last sample.
 * @param {{times: ArrayLike<number>, values: ArrayLike<number>}} samples
 * @param {{now: number, window: number, limits: number[], width: number, height: number}} view
 * @returns {number[][]} x, y of each corner in turn
 */
export function toSignalLines(samples, view) {
  const { times, values } = samples;
  const { now, window, limits, width, height } = view;
  const first = Math.max(0, findLowerBound(times, now - window / 2) - 1);
  const stop = Math.min(times.length, findLowerBound(times, now + window / 2) + 1);
  const scale = height / (limits[1] - limits[0]);
  const lines = [];
  let column = null;
  for (let i = first; i < stop; i++) {
    const y = clamp((limits[1] - values[i]) * scale, -height, 2 * height);
    if (Number.isNaN(y)) {
      column = closeColumn(column, lines);
      if (lines.at(-1)?.length) lines.push([]);
      continue;
    }
    const x = ((times[i] - now) / window + 0.5) * width;
    if (column && Math.floor(x) !== Math.floor(column.x)) column = closeColumn(column, lines);
    if (!column) column = { x, open: y, low: y, high: y, close: y };
    column.low = Math.min(column.low, y);
    column.high = Math.max(column.high, y);
    column.close = y;
    column.end = x;
  }
  closeColumn(column, lines);
  return lines.filter((line) => line.length);
}

/** Enter what was gathered over a column of pixels into the last line. */
function closeColumn(column, lines) {
  if (!column) return null;
  if (!lines.length) lines.push([]);
  const { x, end, open, low, high, close } = column;
  const line = lines.at(-1);
  line.push(x, open);
  if (low !== open || high !== close) {
    const middle = (x + end) / 2;
    if (low !== open && low !== close) line.push(middle, low);
    if (high !== open && high !== close) line.push(middle, high);
  }
  if (end !== x) line.push(end, close);
  return null;
}

/** A number brought into [low, high]; NaN stays. */
export function clamp(value, low, high) {
  return value < low ? low : value > high ? high : value;
}
