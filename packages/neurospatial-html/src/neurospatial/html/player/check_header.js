/** Whether a bundle can be shown by this player, in this browser. */

import { BundleError, canDecompress } from "./decode.js";

/** The version of the bundles that are read here. */
export const VERSION = 3;
const FORMAT = "neurospatial-bundle";

/** Raise what stands in the way of showing a bundle. @param {object} header */
export function checkHeader(header) {
  if (header?.format !== FORMAT) {
    throw new BundleError("This is not an animation of neurospatial.");
  }
  if (header.version !== VERSION) {
    // What is damaged may be anything: an object that says how it is written as text, too.
    const found = Number.isInteger(header.version) ? `version ${header.version}` : "no version";
    throw new BundleError(
      `The animation has ${found}, and this player reads version ${VERSION}. ` +
        "Write it again with the neurospatial that belongs to the player.",
    );
  }
  if (!canDecompress()) {
    throw new BundleError(
      "This browser cannot decompress data (it has no DecompressionStream). " +
        "Use Chrome or Edge 80, Firefox 113, Safari 16.4, or any later one.",
    );
  }
  const { n_frames: nFrames, fps, panels, scales } = header;
  if (!Number.isSafeInteger(nFrames) || nFrames < 1) {
    throw new BundleError("The animation has no frames, or its description is damaged.");
  }
  if (!Number.isFinite(fps) || fps <= 0 || !Array.isArray(panels) || !panels.length || !Array.isArray(scales)) {
    throw new BundleError("The animation is damaged: its pace or its panels are not described.");
  }
}
