/** Saying in the page, in words, what went wrong. */

import { makeElement } from "./elements.js";

/** @param {Element} root @param {Error} problem */
export function showProblem(root, problem) {
  clearProblem(root);
  const what = makeElement("strong", "", {}, "This cannot be shown. ");
  const why = makeElement("span", "", {}, problem.message || String(problem));
  root.prepend(makeElement("p", "ns-problem", { role: "alert" }, what, why));
}

/** Take back what was said. @param {Element} root */
export function clearProblem(root) {
  root.querySelector(".ns-problem")?.remove();
}
