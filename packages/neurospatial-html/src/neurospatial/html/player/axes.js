/** Drawing what stands around panels and strips: frames, ticks, labels and titles. */

import { computeTicks, formatTick } from "./axis_ticks.js";
import { makeFont } from "./text.js";

/** @typedef {{ink: string, faint: string, ground: string, paper: string}} Theme */

/** Sizes [CSS px] of labels, of numbers, and of titles: those of the text around the picture. */
export const TEXT = 12;
const SMALL = 11;
const TITLE = 14;
const LEAST_TEXT = 9;
/** Length of a tick [CSS px]. */
const TICK = 4;
/** Room that a number along the axis takes, and one beside it: ticks are no closer [CSS px]. */
const ACROSS_A_TICK = 80;
const UP_A_TICK = 50;
/** From a box to the middle of the numbers and of the labels around it [CSS px]. */
const NUMBERS_BELOW = 14;
const LABEL_BELOW = 34;
const LABEL_LEFT = 48;
/** How far a title or a label may reach beyond its box on either side [CSS px]. */
const BEYOND = 8;

function writeText(context, words, x, y, size, align = "center", weight = "") {
  context.font = `${weight} ${makeFont(size)}`;
  context.textAlign = align;
  context.textBaseline = "middle";
  context.fillText(words, x, y);
}

export function writeTextUpward(context, words, x, y, size, { room = Infinity } = {}) {
  context.save();
  context.translate(x, y);
  context.rotate(-Math.PI / 2);
  writeFitted(context, words, 0, 0, size, { room });
  context.restore();
}

/** Write on one line what may be too long for it: smaller, then with its end left out. */
function writeFitted(context, words, x, y, size, { room, align = "center", weight = "" }) {
  const measure = (text, px) => {
    context.font = `${weight} ${makeFont(px)}`;
    return context.measureText(text).width;
  };
  const fitted = fitText(words, size, room, measure);
  writeText(context, fitted.words, x, y, fitted.size, align, weight);
}

/**
 * The size in which a text fits into a room, and what of it does.
 * @param {string} words @param {number} size [px] @param {number} room [px]
 * @param {(words: string, size: number) => number} measure the width of a text [px]
 */
export function fitText(words, size, room, measure) {
  const width = measure(words, size);
  if (width <= room) return { words, size };
  const smaller = Math.max(LEAST_TEXT, (size * room) / width);
  if (measure(words, smaller) <= room) return { words, size: smaller };
  const letters = [...words];
  let [fits, fails] = [0, letters.length];
  while (fails - fits > 1) {
    const n = (fits + fails) >> 1;
    if (measure(`${letters.slice(0, n).join("")}…`, smaller) <= room) fits = n;
    else fails = n;
  }
  return { words: fits ? `${letters.slice(0, fits).join("").trimEnd()}…` : "", size: smaller };
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
  const room = box.width + 2 * BEYOND;
  writeFitted(context, label, box.x + box.width / 2, bottom + LABEL_BELOW, TEXT, { room });
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
  const [alongX, alongY] = panel.axes;
  if (alongX) drawHorizontalAxis(context, box, xMin, xMax, xLabel);
  if (alongY) {
    drawVerticalAxis(context, box, yMin, yMax, { isDown: panel.view.y_down });
    const room = { room: box.height + 2 * BEYOND };
    writeTextUpward(context, yLabel, box.x - LABEL_LEFT, box.y + box.height / 2, TEXT, room);
  }
  if (!panel.title) return;
  const middle = box.x + box.width / 2;
  const how = { room: box.width + 2 * BEYOND, weight: 600 };
  writeFitted(context, panel.title, middle, box.y - 13, TITLE, how);
}

/** What runs along the strips, with the date that times count from. */
export function makeTimeLabel({ unit, zero }) {
  return `Time from this frame [${unit}]${zero ? `, t from ${zero}` : ""}`;
}

/** Draw a strip's frame, its ticks and its name; below the last one what runs along it. */
export function drawStripAxes(context, trace, box, along, theme) {
  drawFrame(context, box, theme.paper, theme);
  context.strokeStyle = context.fillStyle = theme.ink;
  drawVerticalAxis(context, box, ...trace.limits);
  const how = { room: box.width, align: "left" };
  writeFitted(context, trace.label || trace.name, box.x, box.y - 10, TEXT, how);
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
