/** Whether a bundle can be shown by this player, in this browser. */

import { BundleError, canDecompress } from "./decode.js";

/** The version of the bundles that are read here. */
export const VERSION = 2;
const FORMAT = "neurospatial-bundle";

/** Raise what stands in the way of showing a bundle. @param {object} header */
export function checkHeader(header) {
  if (header?.format !== FORMAT) {
    throw new BundleError("This is not an animation of neurospatial.");
  }
  if (header.version !== VERSION) {
    throw new BundleError(
      `The animation has version ${header.version}, and this player reads version ${VERSION}. ` +
        "Write it again with the neurospatial that belongs to the player.",
    );
  }
  if (!canDecompress()) {
    throw new BundleError(
      "This browser cannot decompress data (it has no DecompressionStream). " +
        "Use Chrome or Edge 80, Firefox 113, Safari 16.4, or any later one.",
    );
  }
  if (!(header.n_frames > 0)) throw new BundleError("The animation has no frames.");
}
