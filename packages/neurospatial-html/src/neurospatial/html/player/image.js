/** Drawing the pictures of a camera. */

import { LayerPainter } from "./painter.js";

export class ImagePainter extends LayerPainter {
  constructor(layer, sources) {
    super(layer, sources);
    this.pictures = sources.getPictures(layer.pictures);
    this.frameIndex = sources.getArray(layer.frame_index);
  }

  get still() {
    return this.frameIndex.nRows <= 1;
  }

  async prepare() {
    this.index = await this.frameIndex.loadWhole();
  }

  requiredRows(first, last) {
    const end = this.frameIndex.findRow(last);
    const needed = [];
    for (let frame = this.frameIndex.findRow(first); frame <= end; frame++) {
      const number = this.index[frame];
      if (number < 0 || number === needed.at(-1)?.[1]) continue;
      needed.push([this.pictures, number, number]);
    }
    return needed;
  }

  paint(context, frame, paper) {
    const number = this.index[this.frameIndex.findRow(frame)];
    if (number < 0) return;
    const [a, b, c, d, e, f] = this.layer.px_to_world;
    const [width, height] = this.layer.size;
    const { scaleX, scaleY, shiftX, shiftY } = paper;
    context.save();
    context.globalAlpha = this.layer.opacity;
    context.imageSmoothingEnabled = true;
    // Averaging blurs, so it is left for pictures much finer than the screen.
    const grown = Math.sqrt(Math.abs((a * e - b * d) * scaleX * scaleY));
    context.imageSmoothingQuality = grown < 0.5 ? "high" : "low";
    context.transform(a * scaleX, d * scaleY, b * scaleX, e * scaleY,
      c * scaleX + shiftX, f * scaleY + shiftY); // prettier-ignore
    context.drawImage(this.pictures.getRow(number), 0, 0, width, height);
    context.restore();
  }
}
