/**
 * The animation in a notebook: the page's player, its data from the kernel.
 *
 * Joined behind the parts of neurospatial-html's player, its "import" lines left out.
 */

import { Player } from "neurospatial-html/player.js";
import { makeElement } from "neurospatial-html/player/elements.js";
import { KernelChunks } from "./kernel_chunks.js";
import { SharedState } from "./shared_state.js";

/** Milliseconds after which silence is said: a busy kernel often takes one or two seconds. */
const SILENT = 3000;
/** Milliseconds between looks: the seconds that are shown never skip one. */
const LOOK_EVERY = 500;

/** Show the model in an element, until the returned function is called. */
function render({ model, el }) {
  const ended = new AbortController();
  const { signal } = ended;
  const header = JSON.parse(model.get("_header"));
  const words = makeElement("p", "ns-problem", { role: "status" });
  const notice = makeElement("div", "ns-player ns-notice", {}, words);
  // JupyterLab has other plans for the same keys.
  const root = makeElement("div", "", { "data-lm-suppress-shortcuts": "true" });
  notice.hidden = true;
  el.append(notice, root);
  const chunks = new KernelChunks(model, () => hideStatic(model.get("_static")));
  const player = new Player(root, header, chunks.fetch, { mostHeight: model.get("_height") });
  root.player = player;
  const state = new SharedState(model, player, header);
  player.ready.then(() => signal.aborted || state.start(signal), () => {});
  // Nothing is switched, but all is drawn anew: in the colours of another theme.
  const themes = new MutationObserver(() => (player.layersVisible = {}));
  themes.observe(document.body, { attributeFilter: ["data-jp-theme-light", "class"] });
  const timer = setInterval(() => showSilence(notice, chunks.measureSilence()), LOOK_EVERY);
  return () => {
    ended.abort();
    clearInterval(timer);
    themes.disconnect();
    chunks.stop();
    player.destroy();
  };
}

function showSilence(notice, silence) {
  notice.hidden = silence < SILENT;
  if (notice.hidden) return;
  notice.firstChild.textContent =
    `The kernel has not answered for ${Math.floor(silence / 1000)} s: it is busy, or has ended. ` +
    "Frames that have arrived can be looked at; if it has ended, run the cell again.";
}

/** What stands in for the widget is not needed where a kernel answers. */
function hideStatic(mark) {
  const id = `ns-static-${mark}`;
  if (document.getElementById(id)) return;
  const style = makeElement("style", "", { id }, `[data-ns-static="${mark}"] { display: none; }`);
  document.head.append(style);
}

export default { render };
