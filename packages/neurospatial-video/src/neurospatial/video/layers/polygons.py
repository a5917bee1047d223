"""Painting areas, holes left open."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from neurospatial.scene import RGBA, Polygons, Rings
from neurospatial.video.canvas.blend import blend
from neurospatial.video.canvas.canvas import Canvas, Pixels, Plane
from neurospatial.video.canvas.opencv_coords import (
    FAR,
    SHIFT,
    make_scratch,
    to_fixed_point,
    to_line_thickness,
)
from neurospatial.video.layers.projection import Projection

_STILL_SAMPLES, _MOVING_SAMPLES = 4, 2
"""Samples along each side of a pixel: its coverage is exact to a sixteenth, or to a quarter, in
a twentieth of the time, where it is worked out for every frame."""


class PolygonsPainter:
    """Paints one polygons layer.

    Parameters
    ----------
    layer : Polygons
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
        layer: Polygons,
        projection: Projection,
        planes: tuple[Plane, ...],
        canvas: Canvas,
        px_per_point: float,
    ) -> None:
        self._polygons, self._projection, self._planes = layer.polygons, projection, planes
        self._width = to_line_thickness(layer.width * px_per_point)
        self._fill, self._edge = (_Ink(color, canvas) for color in (layer.fill, layer.edge))
        self._still = None if projection.moves else self._cover(0)

    def paint(self, frame: int) -> None:
        """Paint the areas."""
        covered = self._cover(frame) if self._still is None else self._still
        if not covered.inside.size:
            return
        for coverage, ink in ((covered.inside, self._fill), (covered.outline, self._edge)):
            blend(self._planes, ink.fade(coverage), covered.corner, ink.color)

    def _cover(self, frame: int) -> "_Covered":
        """Find out what is covered in a frame."""
        project, plane = self._projection.project_on, self._planes[0]
        polygons = [
            tuple(np.clip(project(ring, frame), -FAR, FAR) for ring in rings)
            for rings in self._polygons
        ]
        everywhere = np.concatenate([ring for rings in polygons for ring in rings])
        corner, inside = make_scratch(plane, everywhere, self._width + 2)
        covered = _Covered(corner, inside, np.zeros_like(inside))
        n_samples = _MOVING_SAMPLES if self._projection.moves else _STILL_SAMPLES
        for rings in polygons:
            at, share = make_scratch(plane, np.concatenate(rings), self._width + 2)
            if share.size:
                _fill_rings(tuple(ring - at for ring in rings), share, n_samples)
                covered.add(at, share)
                covered.draw_edges(rings, self._width)
        return covered


@dataclass(frozen=True, eq=False)
class _Covered:
    """The covered share of each pixel of a box, inside and along the edges."""

    corner: tuple[int, int]
    inside: Pixels
    outline: Pixels

    def add(self, at: tuple[int, int], share: Pixels) -> None:
        """Add what one more polygon covers, from a column and row on."""
        x, y = at[0] - self.corner[0], at[1] - self.corner[1]
        box = self.inside[y : y + share.shape[0], x : x + share.shape[1]]
        np.maximum(box, share, out=box)

    def draw_edges(self, rings: Rings, width: int) -> None:
        """Draw along the edges of one more polygon."""
        for ring in rings:
            fixed = to_fixed_point(ring - self.corner)
            cv2.polylines(self.outline, [fixed], True, 255.0, width, cv2.LINE_AA, SHIFT)


class _Ink:
    """A colour in each plane, and how opaque it is."""

    def __init__(self, color: RGBA, canvas: Canvas) -> None:
        *rgb, opacity = color
        self.color: tuple[NDArray[np.uint8], ...] = canvas.to_components(
            np.rint(np.array(rgb) * 255)
        )
        self._faded = np.rint(np.arange(256) * opacity).astype(np.uint8)

    def fade(self, coverage: Pixels) -> Pixels:
        """Make what is covered as opaque as the colour is."""
        return np.asarray(cv2.LUT(coverage, self._faded), dtype=np.uint8)


def _fill_rings(rings: Rings, coverage: Pixels, n_samples: int) -> None:
    """Write the covered share of each pixel, from a finer drawing averaged down."""
    height, width = coverage.shape
    fine = np.zeros((height * n_samples, width * n_samples), dtype=np.uint8)
    corners = [to_fixed_point(ring * n_samples) for ring in rings]
    cv2.fillPoly(fine, corners, 255.0, cv2.LINE_8, SHIFT)
    cv2.resize(fine, (width, height), dst=coverage, interpolation=cv2.INTER_AREA)
