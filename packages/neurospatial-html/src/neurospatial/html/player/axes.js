/** Drawing what stands around panels and strips: frames, ticks, labels and titles. */

import { computeTicks, formatTick } from "./axis_ticks.js";
import { makeFont } from "./text.js";

/** @typedef {{ink: string, faint: string, ground: string, paper: string}} Theme */

/** Sizes [CSS px] of labels, of numbers, and of titles: those of the text around the picture. */
export const TEXT = 12;
const SMALL = 11;
const TITLE = 14;
/** Length of a tick [CSS px]. */
const TICK = 4;
/** Room that a number along the axis takes, and one beside it: ticks are no closer [CSS px]. */
const ACROSS_A_TICK = 80;
const UP_A_TICK = 50;
/** From a box to the middle of the numbers and of the labels around it [CSS px]. */
const NUMBERS_BELOW = 14;
const LABEL_BELOW = 34;
const LABEL_LEFT = 48;

function writeText(context, words, x, y, size, align = "center", weight = "") {
  context.font = `${weight} ${makeFont(size)}`;
  context.textAlign = align;
  context.textBaseline = "middle";
  context.fillText(words, x, y);
}

export function writeTextUpward(context, words, x, y, size) {
  context.save();
  context.translate(x, y);
  context.rotate(-Math.PI / 2);
  writeText(context, words, 0, 0, size);
  context.restore();
}

function drawFrame(context, box, ground, theme) {
  context.fillStyle = ground;
  context.fillRect(box.x, box.y, box.width, box.height);
  context.strokeStyle = theme.faint;
  context.lineWidth = 1;
  context.strokeRect(box.x - 0.5, box.y - 0.5, box.width + 1, box.height + 1);
}

export function drawLine(context, x0, y0, x1, y1) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}

function drawHorizontalAxis(context, box, low, high, label) {
  const { values, decimals, step } = computeTicks(low, high, Math.max(2.5, box.width / ACROSS_A_TICK));
  const bottom = box.y + box.height;
  for (const value of values) {
    const x = Math.round(box.x + ((value - low) / (high - low)) * box.width) + 0.5;
    drawLine(context, x, bottom + 1, x, bottom + 1 + TICK);
    writeText(context, formatTick(value, decimals, step), x, bottom + NUMBERS_BELOW, SMALL);
  }
  writeText(context, label, box.x + box.width / 2, bottom + LABEL_BELOW, TEXT);
}

/**
 * Draw ticks along a box's left side, or its right.
 * @param {{right?: boolean, isDown?: boolean}} [how] which side, and whether values grow downward
 */
export function drawVerticalAxis(context, box, low, high, { right = false, isDown = false } = {}) {
  const { values, decimals, step } = computeTicks(low, high, Math.max(2.5, box.height / UP_A_TICK));
  const x = right ? box.x + box.width + 1 : box.x - 1;
  const way = right ? 1 : -1;
  for (const value of values) {
    const up = (value - low) / (high - low);
    const y = Math.round(box.y + (isDown ? up : 1 - up) * box.height) + 0.5;
    drawLine(context, x, y, x + way * TICK, y);
    const words = formatTick(value, decimals, step);
    writeText(context, words, x + way * (TICK + 4), y, SMALL, right ? "left" : "right");
  }
}

/** Draw a panel's frame, its axes and its title. @param {Theme} theme */
export function drawAxes(context, panel, box, theme) {
  // Where a field has no value its ground is seen; a line stands on paper.
  const hasField = panel.layers.some((layer) => layer.type === "Field");
  drawFrame(context, box, hasField ? theme.ground : theme.paper, theme);
  const [xMin, yMin, xMax, yMax] = panel.view.bounds;
  const [xLabel, yLabel] = panel.view.labels;
  context.strokeStyle = context.fillStyle = theme.ink;
  drawHorizontalAxis(context, box, xMin, xMax, xLabel);
  drawVerticalAxis(context, box, yMin, yMax, { isDown: panel.view.y_down });
  writeTextUpward(context, yLabel, box.x - LABEL_LEFT, box.y + box.height / 2, TEXT);
  const middle = box.x + box.width / 2;
  if (panel.title) writeText(context, panel.title, middle, box.y - 13, TITLE, "center", 600);
}

/** What runs along the strips. @param {string} [zero] the date that times count from */
export function makeTimeLabel(zero) {
  return `Time from this frame [s]${zero ? `, t from ${zero}` : ""}`;
}

/** Draw a strip's frame, its ticks and its name; below the last one what runs along it. */
export function drawStripAxes(context, trace, box, along, theme) {
  drawFrame(context, box, theme.paper, theme);
  context.strokeStyle = context.fillStyle = theme.ink;
  drawVerticalAxis(context, box, ...trace.limits);
  writeText(context, trace.label || trace.name, box.x, box.y - 10, TEXT, "left");
  if (along === null) return;
  const { values, decimals, step } = computeTicks(-trace.window / 2, trace.window / 2, box.width / 100);
  for (const value of values) {
    const x = Math.round(box.x + (value / trace.window + 0.5) * box.width) + 0.5;
    drawLine(context, x, box.y + box.height + 1, x, box.y + box.height + 1 + TICK);
    writeText(context, formatTick(value, decimals, step), x, box.y + box.height + 13, SMALL);
  }
  const [middle, below] = [box.x + box.width / 2, box.y + box.height + 28];
  writeText(context, along, middle, below, SMALL);
}
