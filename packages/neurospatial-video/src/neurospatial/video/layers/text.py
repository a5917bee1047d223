"""Painting words."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from neurospatial.scene import Text
from neurospatial.video.canvas.blend import blend
from neurospatial.video.canvas.canvas import Canvas, Pixels, Plane
from neurospatial.video.canvas.text_coverage import clip_coverage, compute_text_coverage
from neurospatial.video.layers.projection import Projection


class TextPainter:
    """Paints one text layer, each string over a thin dark outline.

    Parameters
    ----------
    layer : Text
    projection : Projection
        Where the world lies on the panel's pixels.
    planes : tuple of Plane
        The panel's part of the canvas.
    canvas : Canvas
    px_per_point : float
        Pixels in 1/72 inch.
    """

    def __init__(
        self,
        layer: Text,
        projection: Projection,
        planes: tuple[Plane, ...],
        canvas: Canvas,
        px_per_point: float,
    ) -> None:
        self._anchor, self._strings = layer.anchor, layer.strings
        self._projection = projection
        self._planes = planes
        self._size = layer.size * px_per_point
        self._shift = np.array(layer.shift) * (px_per_point, -px_per_point)
        *rgb, self._opacity = layer.color
        outline = max(1, round(self._size / 10))
        self._passes = (
            (outline, canvas.to_components(np.zeros(3))),
            (0, canvas.to_components(np.rint(255 * np.array(rgb)))),
        )

    def paint(self, frame: int) -> None:
        """Paint the words of one frame."""
        for letters, x, y, color in self._iter_passes(frame):
            corner, coverage = clip_coverage(letters, x, y, self._planes[0].pixels.shape)
            blend(self._planes, coverage, corner, color)

    def _iter_passes(
        self, frame: int
    ) -> Iterator[tuple[Pixels, int, int, tuple[NDArray[np.uint8], ...]]]:
        """Yield the outline, then the letters: their opacity, their corner, their colour."""
        anchor = self._anchor[frame if len(self._anchor) > 1 else 0]
        center = self._projection.project_on(anchor, frame) + self._shift
        string = self._strings[frame if len(self._strings) > 1 else 0]
        if not np.isfinite(center).all() or not string.strip():
            return
        for outline, color in self._passes:
            letters = compute_text_coverage(string, self._size, outline)
            height, width = letters.shape
            faint = np.rint(letters * self._opacity).astype(np.uint8)
            yield faint, round(center[0] - width / 2), round(center[1] - height / 2), color
