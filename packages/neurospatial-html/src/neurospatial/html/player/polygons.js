/** Drawing polygons over a field, at the resolution of the screen. */

import { LayerPainter, addCorners, cssColor } from "./painter.js";

export class PolygonsPainter extends LayerPainter {
  paint(context, frame, paper) {
    const edges = new Path2D();
    context.fillStyle = cssColor(this.layer.fill);
    for (const rings of this.layer.polygons) {
      const path = makeOutline(rings, paper);
      context.fill(path, "evenodd"); // Each by itself: parts that overlap are no holes.
      edges.addPath(path);
    }
    Object.assign(context, { lineWidth: this.layer.width * paper.pxPerPoint, lineJoin: "round" });
    context.strokeStyle = cssColor(this.layer.edge);
    context.stroke(edges);
  }
}

function makeOutline(rings, paper) {
  const path = new Path2D();
  for (const ring of rings) {
    if (ring.length) addCorners(path, ring.flatMap(([x, y]) => [paper.x(x), paper.y(y)]));
  }
  return path;
}
