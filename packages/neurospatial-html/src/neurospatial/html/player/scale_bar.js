/** Drawing a scale bar into a view. */

import { drawLine } from "./axes.js";
import { formatNumber } from "./axis_ticks.js";
import { paintText } from "./text.js";

/** Share of the view between its edges and the bar. */
const MARGIN = 0.05;

/** Draw a bar of known length in the lower right corner of a view. */
export function drawScaleBar(context, panel, paper) {
  const right = paper.width * (1 - MARGIN);
  const left = right - panel.scale_bar * paper.scaleX;
  const y = paper.height * (1 - MARGIN);
  context.lineCap = "butt";
  for (const [color, width, beyond] of [["black", 5, 1], ["white", 3, 0]]) {
    context.strokeStyle = color;
    context.lineWidth = width * paper.pxPerPoint;
    drawLine(context, left - beyond * paper.pxPerPoint, y, right + beyond * paper.pxPerPoint, y);
  }
  const words = `${formatNumber(panel.scale_bar)} ${panel.view.units}`.trim();
  const at = [(left + right) / 2, y - 10 * paper.pxPerPoint];
  paintText(context, words, at, 9 * paper.pxPerPoint, "white");
}
