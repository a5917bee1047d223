/** Taking a frame away: as a file, or on the clipboard. */

import { makeElement } from "./elements.js";

/** @typedef {import("./figure.js").Figure} Figure */

export class FrameExport {
  #figure;
  #nFrames;
  #say;

  /** @param {Figure} figure @param {number} nFrames @param {(words: string) => void} say */
  constructor(figure, nFrames, say) {
    this.#figure = figure;
    this.#nFrames = nFrames;
    this.#say = say;
  }

  /** Offer a frame as a file. @param {number} frame */
  async save(frame) {
    const number = String(frame + 1).padStart(String(this.#nFrames).length, "0");
    try {
      const url = URL.createObjectURL(await toPng(this.#figure.renderPicture(frame)));
      makeElement("a", "", { href: url, download: `frame-${number}.png` }).click();
      setTimeout(() => URL.revokeObjectURL(url), 1000);
    } catch (problem) {
      this.#say(`The frame cannot be saved: ${problem.message}`);
    }
  }

  /** Put a frame on the clipboard. @param {number} frame */
  async copy(frame) {
    try {
      // Made of a promise: Safari forgets the click that allows it while a picture is drawn.
      const item = new ClipboardItem({ "image/png": toPng(this.#figure.renderPicture(frame)) });
      await navigator.clipboard.write([item]);
      this.#say(`Frame ${frame + 1} is on the clipboard`);
    } catch (problem) {
      this.#say(`This browser lets no picture be copied from here: ${problem.message}`);
    }
  }
}

/** @param {HTMLCanvasElement} picture @returns {Promise<Blob>} */
function toPng(picture) {
  return new Promise((resolve, reject) => {
    const done = (blob) => (blob ? resolve(blob) : reject(new Error("the picture is too large")));
    picture.toBlob(done, "image/png");
  });
}
