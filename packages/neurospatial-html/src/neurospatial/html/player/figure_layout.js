/** Where everything lies on the page [CSS px]. */

/** @typedef {{x: number, y: number, width: number, height: number}} Box */
/**
 * @typedef {object} FigureLayout
 * @property {number} width
 * @property {number} height
 * @property {Box[]} panels each panel's view
 * @property {boolean[][]} axes whether ticks stand along each panel's x, and along its y
 * @property {(Box | null)[]} bars each panel's colour bar
 * @property {Box[]} strips
 * @property {Box | null} sharedBar the colour bar of all panels together
 */

/** Room around a view for ticks, labels and its title, as they are written [CSS px]. */
const LEFT = 60;
const RIGHT = 18;
const BELOW = 46;
const ABOVE = 8;
const PANEL_TITLE = 26;
/** Beside a view where no ticks and no label stand [CSS px]. */
const BARE = 12;
/** A colour bar's width, its distance from the view, and room for its ticks and label [CSS px]. */
const BAR = 14;
const BAR_GAP = 14;
const BAR_TEXT = 54;
const BAR_LABEL = 18;
/** A strip's height, room for its title and to the next, and for the axis of the last [CSS px]. */
const STRIP = 56;
const STRIP_TITLE = 20;
const STRIP_GAP = 12;
const STRIP_AXIS = 34;
/** Below these a view is hard to see: fewer columns or scrolling are better [CSS px]. */
const NARROWEST = 110;
const LOWEST = 140;
/** A view that scrolls out of sight anyway fills its column, up to this height [CSS px]. */
const LOWEST_SCROLLED = 280;
const LEAST_VIEW = 40;
const LEAST_STRIP = 80;

/**
 * Compute where panels, colour bars and strips lie in the room there is.
 *
 * Panels lie in their cells where the page is wide enough, else one after the other in fewer
 * columns.
 * @param {{panels: object[], scales: object[], colorbar: number | null}} header
 * @param {number} nStrips
 * @param {number} width there is
 * @param {number} height there is
 * @returns {FigureLayout}
 */
export function computeLayout({ panels, scales, colorbar }, nStrips, width, height) {
  const below = nStrips * (STRIP_TITLE + STRIP + STRIP_GAP) + (nStrips ? STRIP_AXIS : 0);
  const beside = measureBar(colorbar, scales);
  const { cells, ...grid } = chooseGrid(panels, scales, width - beside, height - below);
  const layout = { width: 0, height: 0, panels: [], bars: [], strips: [], sharedBar: null };
  layout.axes = grid.axes;
  const lefts = accumulate(grid.columns.map(({ left, right }) => left + grid.across + right));
  const tops = accumulate(grid.rows.map(({ above, high, under }) => above + high + under));
  panels.forEach((panel, i) => {
    const [row, column] = cells[i];
    const [w, h] = grid.sizes[i];
    const free = [grid.across - w, grid.rows[row].high - h];
    const x = Math.round(lefts[column] + grid.columns[column].left + free[0] / 2);
    const y = Math.round(tops[row] + grid.rows[row].above + free[1] / 2);
    const box = { x, y, width: w, height: h };
    layout.panels.push(box);
    layout.bars.push(panel.colorbar === null ? null : placeColorBar(box));
  });
  layout.width = lefts.at(-1) + beside;
  layout.height = tops.at(-1);
  if (beside) {
    const own = panels.map((panel) => measureBar(panel.colorbar, scales));
    layout.sharedBar = placeSharedBar(layout.panels, own);
  }
  const across = Math.max(LEAST_STRIP, layout.width - LEFT - RIGHT);
  for (let k = 0; k < nStrips; k++) {
    layout.strips.push({ x: LEFT, y: layout.height + STRIP_TITLE, width: across, height: STRIP });
    layout.height += STRIP_TITLE + STRIP + STRIP_GAP;
  }
  if (nStrips) layout.height += STRIP_AXIS - STRIP_GAP;
  return layout;
}

/**
 * The cells that panels have, or in fewer columns those with which the smallest is largest.
 * What has to be scrolled then fills the width.
 */
function chooseGrid(panels, scales, width, height) {
  const own = panels.map(({ cell }) => cell);
  const inCells = layGrid(panels, scales, own, width, height);
  if (inCells.room >= NARROWEST || inCells.columns.length === 1) return inCells;
  const most = Math.max(1, Math.min(panels.length, Math.floor(width / NARROWEST)));
  const outer = findOuter(own);
  let best = null;
  for (let columns = 1; columns <= most; columns++) {
    const cells = panels.map((_, i) => [Math.floor(i / columns), i % columns]);
    const moved = moveAxes(panels, outer, findOuter(cells));
    const grid = layGrid(moved, scales, cells, width, height);
    const smallest = Math.min(...grid.sizes.map(([w, h]) => w * h));
    if (!best || smallest >= best.smallest) best = { grid, moved, smallest };
  }
  const { grid, moved } = best;
  if (grid.upward > LOWEST) return grid;
  return layGrid(moved, scales, grid.cells, width, height, LOWEST_SCROLLED);
}

/** Whether cells are the lowest of their column, and the leftmost of their row. */
function findOuter(cells) {
  const [lowest, leftmost] = [[], []];
  for (const [row, column] of cells) {
    lowest[column] = Math.max(row, lowest[column] ?? 0);
    leftmost[row] = Math.min(column, leftmost[row] ?? Infinity);
  }
  return cells.map(([row, column]) => [row === lowest[column], column === leftmost[row]]);
}

/** Have ticks that stood along the outer panels only stand along those that are outer now. */
function moveAxes(panels, outer, outerNow) {
  const [alongX, alongY] = [0, 1].map((k) => panels.every(({ axes }, i) => axes[k] === outer[i][k]));
  return panels.map((panel, i) => {
    const [x, y] = panel.axes;
    return { ...panel, axes: [alongX ? outerNow[i][0] : x, alongY ? outerNow[i][1] : y] };
  });
}

/** Rooms of columns and rows, and the size of each view, of panels in some cells. */
function layGrid(panels, scales, cells, width, height, lowest = LOWEST) {
  const columns = [];
  const rows = [];
  panels.forEach((panel, i) => {
    const [row, column] = cells[i];
    const { left, right, above, under } = measureMargins(panel, scales);
    columns[column] = joinLargest(columns[column], { left, right });
    rows[row] = joinLargest(rows[row], { above, under });
  });
  for (let k = 0; k < columns.length; k++) columns[k] ??= { left: 0, right: 0 };
  for (let k = 0; k < rows.length; k++) rows[k] ??= { above: 0, under: 0 };
  const around = accumulate(columns.map(({ left, right }) => left + right)).at(-1);
  const between = accumulate(rows.map(({ above, under }) => above + under)).at(-1);
  const across = Math.max(LEAST_VIEW, Math.floor((width - around) / columns.length));
  const upward = Math.max(lowest, (height - between) / rows.length);
  const sizes = panels.map(({ raster }) => fitView(raster, across, upward));
  for (const [k, row] of rows.entries()) {
    row.high = Math.max(1, ...sizes.filter((_, i) => cells[i][0] === k).map(([, h]) => h));
  }
  const widest = Math.max(...sizes.map(([w]) => w));
  const axes = panels.map((panel) => panel.axes);
  return { cells, columns, rows, sizes, axes, across: widest, room: across, upward };
}

function joinLargest(one, other) {
  if (!one) return other;
  return Object.fromEntries(Object.entries(other).map(([k, room]) => [k, Math.max(room, one[k])]));
}

/** Where each of several parts begins, and where the last one ends. */
function accumulate(sizes) {
  const ends = [0];
  for (const size of sizes) ends.push(ends.at(-1) + size);
  return ends;
}

/** What a panel needs around its view. */
function measureMargins({ colorbar, title, axes }, scales) {
  return {
    left: axes[1] ? LEFT : BARE,
    right: RIGHT + measureBar(colorbar, scales),
    above: title ? PANEL_TITLE : ABOVE,
    under: axes[0] ? BELOW : BARE,
  };
}

/** The room of a colour bar with its ticks and its label. */
function measureBar(number, scales) {
  if (number === null) return 0;
  return BAR_GAP + BAR + BAR_TEXT + (scales[number].label ? BAR_LABEL : 0);
}

/** The largest view of its raster's shape that fits, in whole pixels. */
function fitView([w, h], across, upward) {
  const scale = Math.min(across / w, upward / h);
  return [Math.max(1, Math.round(w * scale)), Math.max(1, Math.round(h * scale))];
}

function placeColorBar(box) {
  return { x: box.x + box.width + BAR_GAP, y: box.y, width: BAR, height: box.height };
}

/** Right of all panels and bars of their own, as high as they are together. */
function placeSharedBar(boxes, own) {
  const right = Math.max(...boxes.map(({ x, width }, i) => x + width + own[i]));
  const top = Math.min(...boxes.map(({ y }) => y));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  return placeColorBar({ x: 0, y: top, width: right, height: bottom - top });
}
