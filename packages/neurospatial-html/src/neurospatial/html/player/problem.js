/** Saying in the page, in words, what went wrong. */

import { element } from "./elements.js";

/** @param {Element} root @param {Error} problem */
export function showProblem(root, problem) {
  clearProblem(root);
  const what = element("strong", "", {}, "This cannot be shown. ");
  const why = element("span", "", {}, problem.message || String(problem));
  root.prepend(element("p", "ns-problem", { role: "alert" }, what, why));
}

/** Take back what was said. @param {Element} root */
export function clearProblem(root) {
  root.querySelector(".ns-problem")?.remove();
}
