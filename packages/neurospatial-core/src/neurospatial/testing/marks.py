"""Where the marks of a scene lie on a picture, worked out pixel by pixel."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from neurospatial.scene import Geometry, Layer, Points, Polygons, Raster, Segments, Text

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

_REACH = 2.0
"""Pixels from a mark that smooth edges of any backend may still touch."""

_INSET = 1.5
"""Pixels inside a mark from which every backend covers the whole of a pixel."""


@dataclass(frozen=True, eq=False)
class Mark:
    """One mark on one picture.

    Parameters
    ----------
    coverage : ndarray, shape (height, width)
        Share of each pixel that the reference covers, without the colour's opacity.
    color : ndarray, shape (4,)
        RGBA in [0, 1].
    certain : ndarray of bool, shape (height, width)
        Pixels that every backend covers wholly.
    near : ndarray of bool, shape (height, width)
        Pixels that a backend may touch: smooth edges, caps and letters differ.
    """

    coverage: Floats
    color: Floats
    certain: Mask
    near: Mask


@dataclass(frozen=True, eq=False)
class PixelGrid:
    """The pixels' centres, and how world coordinates come to lie on them.

    Parameters
    ----------
    raster : Raster
        As many pixels over the same rectangle; which way up it is is not asked.
    px_per_point : float
        Pixels in 1/72 inch.
    y_down : bool
        Whether y of the world grows downward.
    """

    raster: Raster
    px_per_point: float
    y_down: bool = False

    @property
    def centers(self) -> Floats:
        """Column and row of each pixel's centre, shape (height, width, 2)."""
        columns, rows = np.arange(self.raster.width) + 0.5, np.arange(self.raster.height) + 0.5
        return np.stack(np.meshgrid(columns, rows), axis=-1)

    def to_px(self, points: NDArray[np.floating]) -> Floats:
        """World coordinates (..., 2) as continuous columns and rows."""
        x_min, y_min, x_max, y_max = self.raster.bounds
        x, y = np.moveaxis(np.asarray(points, dtype=np.float64), -1, 0)
        column = (x - x_min) / (x_max - x_min) * self.raster.width
        below = y - y_min if self.y_down else y_max - y
        row = below / (y_max - y_min) * self.raster.height
        return np.stack([column, row], axis=-1)

    def index_map(self, geometry: Geometry) -> NDArray[np.intp]:
        """Bin under each pixel's centre, shape (height, width); `n_bins` for none."""
        return _locate_centers(self, geometry)


@lru_cache(maxsize=8)
def _locate_centers(grid: PixelGrid, geometry: Geometry) -> NDArray[np.intp]:
    x_min, y_min, x_max, y_max = grid.raster.bounds
    height, width = grid.raster.height, grid.raster.width
    across = (np.arange(width) + 0.5) * ((x_max - x_min) / width)
    down = (np.arange(height) + 0.5) * ((y_max - y_min) / height)
    y = y_min + down if grid.y_down else y_max - down
    centers = np.stack(np.meshgrid(x_min + across, y), axis=-1)
    located = geometry.layout.locate(centers.reshape(-1, 2)).reshape(height, width)
    return np.where(located < 0, geometry.n_bins, located)


def iter_marks(layer: Layer, frame: int, grid: PixelGrid) -> Iterator[Mark]:
    """Iterate over the marks of a layer in one frame, in the order they are drawn."""
    if isinstance(layer, Points):
        yield from _iter_points(layer, frame, grid)
    elif isinstance(layer, Segments):
        yield from _iter_segments(layer, frame, grid)
    elif isinstance(layer, Polygons):
        for rings in layer.polygons:
            yield from _iter_polygon([grid.to_px(ring) for ring in rings], layer, grid)
    elif isinstance(layer, Text):
        yield from _iter_text(layer, frame, grid)
    else:
        raise TypeError(f"The reference draws no {type(layer).__name__}")


def measure_segment(centers: Floats, start: Floats, stop: Floats) -> tuple[Floats, Floats]:
    """Measure how far each pixel is from a segment, and how far along it it lies [px]."""
    along = stop - start
    length = float(np.hypot(*along))
    unit = along / length
    reached = (centers - start) @ unit
    foot = start + np.clip(reached, 0, length)[..., None] * unit
    return np.hypot(*np.moveaxis(centers - foot, -1, 0)), reached


def _iter_points(layer: Points, frame: int, grid: PixelGrid) -> Iterator[Mark]:
    centers, radius = grid.centers, layer.size * grid.px_per_point / 2
    moves = len(layer.xy) > 1
    xy = grid.to_px(layer.xy)
    colors = _expand_colors(layer.color, xy.shape[1])
    for step in range(max(0, frame - layer.trail), frame if moves else 0):
        age = (frame - step) / (layer.trail + 1)
        for start, stop, color in zip(xy[step], xy[step + 1], colors, strict=True):
            if np.isfinite([start, stop]).all() and (start != stop).any():
                distance, _ = measure_segment(centers, start, stop)
                faint = color * (1, 1, 1, 1 - age)
                nowhere = np.zeros(distance.shape, dtype=bool)
                yield Mark(_cover(distance - 0.35 * radius), faint, nowhere,
                           distance < radius + _REACH)  # fmt: skip
    opacity = (
        1.0 if layer.opacity is None else layer.opacity[frame if len(layer.opacity) > 1 else 0]
    )
    colors = colors * np.insert(np.ones((len(colors), 3)), 3, opacity, axis=1)
    for center, color in zip(xy[frame if moves else 0], colors, strict=True):
        if np.isfinite(center).all():
            distance = np.hypot(*np.moveaxis(centers - center, -1, 0)) - radius
            yield Mark(
                _cover(distance),
                color,
                distance < -_INSET,
                distance < _REACH,
            )


def _iter_segments(layer: Segments, frame: int, grid: PixelGrid) -> Iterator[Mark]:
    centers, half = grid.centers, layer.width * grid.px_per_point / 2
    starts, stops = (grid.to_px(a[frame if len(a) > 1 else 0]) for a in (layer.start, layer.stop))
    colors = _expand_colors(layer.color, max(len(starts), len(stops)))
    for start, stop, color in zip(starts, stops, colors, strict=True):
        if not np.isfinite([start, stop]).all() or (start == stop).all():
            continue
        distance, reached = measure_segment(centers, start, stop)
        length = float(np.hypot(*(stop - start)))
        head = 10 * half if layer.arrowhead else 0.0
        certain = (
            (distance < half - _INSET) & (reached > _INSET) & (reached < length - _INSET - head)
        )
        near = distance < half + _REACH
        coverage = _cover(distance - half)
        if layer.arrowhead:
            unit = (stop - start) / length
            across = np.array([-unit[1], unit[0]]) * 3.5 * half
            base = stop - unit * min(length, 8 * half)
            tip = _measure_outline([np.array([stop, base + across, base - across])], centers)
            coverage = np.maximum(
                _cover(distance - half) * (reached < length - half),
                _cover(tip),
            )
            near |= np.hypot(*np.moveaxis(centers - stop, -1, 0)) < 1.2 * head + _REACH
        yield Mark(coverage, color, certain, near)


def _iter_polygon(rings: list[Floats], layer: Polygons, grid: PixelGrid) -> Iterator[Mark]:
    distance = _measure_outline(rings, grid.centers)
    half = layer.width * grid.px_per_point / 2
    yield Mark(
        _cover(distance),
        np.array(layer.fill),
        distance < -_INSET,
        distance < _REACH,
    )
    line = np.abs(distance) - half
    yield Mark(_cover(line), np.array(layer.edge), line < -_INSET, line < _REACH)


def _iter_text(layer: Text, frame: int, grid: PixelGrid) -> Iterator[Mark]:
    from matplotlib.textpath import TextPath

    right, up = np.array(layer.shift) * grid.px_per_point
    center = grid.to_px(layer.anchor[frame if len(layer.anchor) > 1 else 0]) + np.array(
        [right, -up]
    )
    words = layer.strings[frame if len(layer.strings) > 1 else 0]
    if not np.isfinite(center).all() or not words.strip():
        return
    size = layer.size * grid.px_per_point
    room = np.array([len(words) + 1, 1.6]) * size / 2 + 4
    centers = grid.centers
    near: Mask = np.asarray((np.abs(centers - center) < room).all(axis=-1))
    outline = TextPath((0, 0), words, size=size)
    box = outline.get_extents()
    middle = np.array([(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2])
    coverage = np.zeros(near.shape)
    for shift in np.stack(np.meshgrid(*[(-0.25, 0.25)] * 2), axis=-1).reshape(-1, 2):
        on_page = (centers[near] + shift - center) * (1, -1) + middle
        coverage[near] += outline.contains_points(on_page) / 4
    yield Mark(coverage, np.array(layer.color), np.zeros_like(near), near)


def _measure_outline(rings: list[Floats], centers: Floats) -> Floats:
    """Measure how far each pixel is from the rings, negative between the outer and its holes."""
    x, y = np.moveaxis(centers, -1, 0)
    inside = np.zeros(x.shape, dtype=bool)
    distance = np.full(x.shape, np.inf)
    for ring in rings:
        for start, stop in zip(ring, np.roll(ring, -1, axis=0), strict=True):
            distance = np.minimum(distance, measure_segment(centers, start, stop)[0])
            if start[1] != stop[1]:
                crossing = start[0] + (y - start[1]) / (stop[1] - start[1]) * (stop[0] - start[0])
                inside ^= ((start[1] > y) != (stop[1] > y)) & (x < crossing)
    return np.where(inside, -distance, distance)


def _cover(distance: Floats) -> Floats:
    return np.clip(0.5 - distance, 0, 1)


def _expand_colors(color: object, n_marks: int) -> Floats:
    return np.broadcast_to(np.asarray(color, dtype=np.float64), (n_marks, 4))
