/** Starting the player of a page. */

import { Player } from "../player.js";
import { makeChunkFetcher, readHeader } from "./page_bundle.js";
import { showProblem } from "./problem.js";

/**
 * Start the player of a page that holds its bundle; its element then has it as `player`.
 * @param {Document} page
 */
export function startPage(page) {
  const root = page.getElementById("ns-player");
  root.classList.add("ns-player", "ns-page");
  try {
    root.player = new Player(root, readHeader(page), makeChunkFetcher(page), { keysFrom: page });
  } catch (problem) {
    root.replaceChildren();
    showProblem(root, problem);
  }
}
