/** Drawing a colour bar beside a panel. */

import { TEXT, drawVerticalAxis, writeTextUpward } from "./axes.js";

/** @typedef {import("./axes.js").Theme} Theme */

/** From the bar to the middle of its label, past the ticks [CSS px]. */
const LABEL_DISTANCE = 50;

/** Draw the colours of the codes, and the values that they stand for. @param {import("./scale.js").Scale} scale */
export function drawColorBar(context, { spec, lut, limits }, box, theme) {
  for (let row = 0; row < box.height; row++) {
    const code = Math.min(254, Math.floor((1 - (row + 0.5) / box.height) * 255));
    context.fillStyle = `rgb(${lut.slice(4 * code, 4 * code + 3).join(", ")})`;
    context.fillRect(box.x, box.y + row, box.width, 1.5);
  }
  context.strokeStyle = theme.faint;
  context.strokeRect(box.x - 0.5, box.y - 0.5, box.width + 1, box.height + 1);
  context.strokeStyle = context.fillStyle = theme.ink;
  drawVerticalAxis(context, box, limits[0], limits[1], { right: true });
  const right = box.x + box.width + LABEL_DISTANCE;
  const room = { room: box.height };
  if (spec.label) writeTextUpward(context, spec.label, right, box.y + box.height / 2, TEXT, room);
}
