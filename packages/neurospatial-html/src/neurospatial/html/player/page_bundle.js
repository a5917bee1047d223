/** Bundles that a page holds in its own elements. */

import { BundleError } from "./decode.js";

/**
 * The header of the bundle in a page.
 * @param {Document} page
 */
export function readHeader(page) {
  const text = page.getElementById("ns-header")?.textContent;
  try {
    return JSON.parse(text);
  } catch {
    throw new BundleError("The page is incomplete: its description of the data is cut off.");
  }
}

/**
 * What fetches the chunks of a page.
 * @param {Document} page
 * @returns {(name: string) => Promise<Uint8Array>}
 */
export function makeChunkFetcher(page) {
  const held = new Map();
  for (const script of page.querySelectorAll("script[data-chunk]")) {
    held.set(script.dataset.chunk, script);
  }
  return async (name) => {
    const script = held.get(name);
    if (!script) throw new BundleError("The page is incomplete: a part of its data is missing.");
    try {
      return decodeBase64(script.textContent.trim());
    } catch {
      throw new BundleError("The page is damaged: a part of its data cannot be read.");
    }
  };
}

/** @param {string} text @returns {Uint8Array} */
export function decodeBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}
