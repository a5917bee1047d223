/** Making the elements of the page: text is only ever set as text. */

const SVG = "http://www.w3.org/2000/svg";

const SHAPES = {
  play: "M7 4.5v15l13-7.5z",
  pause: "M6 4.5h4.2v15H6zM13.8 4.5H18v15h-4.2z",
  back: "M5 5h2.4v14H5zM19.5 5v14L8.6 12z",
  forward: "M16.6 5H19v14h-2.4zM4.5 5v14l10.9-7z",
  loop:
    "M12 5a7 7 0 0 1 6.3 4H16v2h6V5h-2v2.7A9 9 0 0 0 3 12h2a7 7 0 0 1 7-7z" +
    "M19 12a7 7 0 0 1-13.3 3H8v-2H2v6h2v-2.7A9 9 0 0 0 21 12z",
  copy: "M9 3h11v13h-2V5H9zM4 7h11v14H4zM6 9v10h7V9z",
  save: "M11 3h2v9.2l3.3-3.3 1.4 1.4L12 16 6.3 10.300l1.4-1.4L11 12.2zM4 18.500h16v2.500H4z",
  full: "M4 4h6v2H6v4H4zM14 4h6v6h-2V6h-4zM4 14h2v4h4v2H4zM18 14h2v6h-6v-2h4z",
};

/**
 * @param {string} tag
 * @param {string} className
 * @param {object} [attributes]
 * @param {(Node | string)[]} children
 */
export function makeElement(tag, className, attributes = {}, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A button that shows a shape. @param {string} name said by screen readers */
export function makeIconButton(shape, name, act) {
  const button = makeElement("button", "ns-button", { type: "button" }, makeIcon(shape));
  nameButton(button, name);
  button.addEventListener("click", act);
  button.addEventListener("mousedown", (event) => {
    // Keys go on meaning what they mean to the player: a click takes no focus from it.
    event.preventDefault();
    button.closest(".ns-player").focus({ preventScroll: true });
  });
  return button;
}

/** Rename a button. */
export function nameButton(button, name) {
  button.setAttribute("aria-label", name);
  button.title = name;
}

/** Change the shape on a button. */
export function setIcon(button, shape) {
  button.replaceChildren(makeIcon(shape));
}

function makeIcon(shape) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", SHAPES[shape]);
  svg.append(path);
  return svg;
}
