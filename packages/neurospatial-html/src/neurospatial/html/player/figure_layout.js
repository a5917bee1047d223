/** Where everything lies on the page [CSS px]. */

/** @typedef {{x: number, y: number, width: number, height: number}} Box */
/**
 * @typedef {object} FigureLayout
 * @property {number} width
 * @property {number} height
 * @property {Box[]} panels each panel's view
 * @property {(Box | null)[]} bars each panel's colour bar
 * @property {Box[]} strips
 */

/** Room around a view for ticks, labels and its title, as they are written [CSS px]. */
const LEFT = 60;
const RIGHT = 18;
const BELOW = 46;
const ABOVE = 8;
const PANEL_TITLE = 26;
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
const NARROWEST = 300;
const LOWEST = 140;
const LEAST_VIEW = 40;
const LEAST_STRIP = 80;

/**
 * Compute where panels, colour bars and strips lie in the room there is.
 * @param {object[]} panels of the header
 * @param {number} nStrips
 * @param {number} width there is
 * @param {number} height there is
 * @returns {FigureLayout}
 */
export function computeLayout(panels, nStrips, width, height) {
  const below = nStrips * (STRIP_TITLE + STRIP + STRIP_GAP) + (nStrips ? STRIP_AXIS : 0);
  const rooms = panels.map(measureMargins);
  const { columns, sizes } = chooseGrid(panels, rooms, width, height - below);
  const rows = Math.ceil(panels.length / columns);
  const cell = Math.max(...sizes.map(([w], i) => rooms[i].left + w + rooms[i].right));
  const layout = { width: cell * columns, height: 0, panels: [], bars: [], strips: [] };
  for (let row = 0; row < rows; row++) {
    let lowest = 0;
    for (let i = row * columns; i < Math.min((row + 1) * columns, panels.length); i++) {
      const x = Math.round((i % columns) * cell + rooms[i].left);
      const box = { x, y: layout.height + rooms[i].above, width: sizes[i][0], height: sizes[i][1] };
      layout.panels.push(box);
      layout.bars.push(panels[i].colorbar ? placeColorBar(box) : null);
      lowest = Math.max(lowest, rooms[i].above + sizes[i][1] + BELOW);
    }
    layout.height += lowest;
  }
  const across = Math.max(LEAST_STRIP, layout.width - LEFT - RIGHT);
  for (let k = 0; k < nStrips; k++) {
    layout.strips.push({ x: LEFT, y: layout.height + STRIP_TITLE, width: across, height: STRIP });
    layout.height += STRIP_TITLE + STRIP + STRIP_GAP;
  }
  if (nStrips) layout.height += STRIP_AXIS - STRIP_GAP;
  return layout;
}

/** The number of columns with which the smallest view is largest. */
function chooseGrid(panels, rooms, width, height) {
  const most = Math.max(1, Math.min(panels.length, Math.floor(width / NARROWEST)));
  let best = null;
  for (let columns = 1; columns <= most; columns++) {
    const cell = [width / columns, height / Math.ceil(panels.length / columns)];
    const sizes = panels.map((panel, i) => fitView(panel.raster, rooms[i], ...cell));
    const smallest = Math.min(...sizes.map(([w, h]) => w * h));
    if (!best || smallest >= best.smallest) best = { columns, sizes, smallest };
  }
  return best;
}

/** What a panel needs around its view. */
function measureMargins(panel) {
  const { colorbar, title } = panel;
  const label = colorbar?.label ? BAR_LABEL : 0;
  const bar = colorbar ? BAR_GAP + BAR + BAR_TEXT + label : 0;
  return { left: LEFT, right: RIGHT + bar, above: title ? PANEL_TITLE : ABOVE };
}

/** The largest view of its raster's shape that fits, in whole pixels. */
function fitView([w, h], room, cellWidth, cellHeight) {
  const free = Math.max(LEAST_VIEW, cellWidth - room.left - room.right);
  const high = Math.max(LOWEST, cellHeight - room.above - BELOW);
  const scale = Math.min(free / w, high / h);
  return [Math.max(1, Math.round(w * scale)), Math.max(1, Math.round(h * scale))];
}

function placeColorBar(box) {
  return { x: box.x + box.width + BAR_GAP, y: box.y, width: BAR, height: box.height };
}
