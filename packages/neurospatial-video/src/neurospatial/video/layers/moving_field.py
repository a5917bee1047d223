"""Painting a field under a view that moves: each frame takes its pixels from one map."""

import cv2
import numpy as np
from numpy.typing import NDArray

from neurospatial.scene import NOTHING, Bounds, Field, Geometry, Raster
from neurospatial.video.canvas.canvas import Canvas, Pixels, Plane
from neurospatial.video.layers.prefetch import BlockReader
from neurospatial.video.layers.projection import Projection

_MOST_PIXELS = 12_000_000
"""Pixels of a map at most: as many as a geometry keeps, so that parts of a film share them."""

_COARSEST = 2.0
"""Pixels of a frame for one of the map at most: an edge then lies one off."""

_COVERED = 3
"""Channel that says whether a pixel has a value, after those of a colour."""


class MovingFieldPainter:
    """Paints one field layer whose view moves; the parameters are those of `FieldPainter`.

    Every pixel's colour and whether there is one are four octets of a number: one gather
    serves all planes, and chroma is its mean over blocks of 2 by 2 pixels.
    """

    def __init__(
        self,
        layer: Field,
        projection: Projection,
        planes: tuple[Plane, ...],
        canvas: Canvas,
        background: NDArray[np.uint8] | None,
        stop: int,
    ) -> None:
        self._codes = BlockReader(layer.values, layer.frame_index, stop, layer.color.quantise)
        self._nothing = np.full(layer.geometry.n_bins, NOTHING, dtype=np.uint8)
        self._projection, self._planes = projection, planes
        self._covers = background is not None
        lut = layer.color.rgba_lut[:, :3].copy()
        lut[NOTHING] = 0 if background is None else background
        self._colors = _pack_colors(canvas.to_components(lut))
        self._map = _BinMap(layer.geometry, projection)
        self._seen: Bounds | None = None
        self._index: NDArray[np.integer]
        self._rows: NDArray[np.intp]

    def paint(self, frame: int) -> None:
        """Paint the field of one frame."""
        codes = self._codes.read_frame(frame)
        if codes is None and not self._covers:
            return
        bounds = self._projection.get_bounds(frame)
        if bounds != self._seen:
            self._seen = bounds
            self._index, self._rows = self._map.find_bins(frame)
        shown = np.append(self._nothing if codes is None else codes, np.uint8(NOTHING))
        colors = np.take(self._colors[shown], self._index, mode="clip")
        if len(colors) != len(self._rows):
            colors = np.take(colors, self._rows, axis=0, mode="clip")
        self._put(colors)

    def _put(self, colors: NDArray[np.uint32]) -> None:
        """Put packed colours (height, width) into the planes."""
        height, width = colors.shape
        whole = colors.view(np.uint8).reshape(height, width, 4)
        by_step = {1: whole}
        if len(self._planes) > 1:
            half = cv2.resize(whole, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
            by_step[2] = np.asarray(half, dtype=np.uint8)
        for channel, plane in enumerate(self._planes):
            picture = by_step[plane.step]
            one = plane.pixels.ndim == 2
            values = _extract(picture, channel) if one else picture[..., :_COVERED]
            if self._covers:
                plane.pixels[...] = values
                continue
            where = _extract(picture, _COVERED) > 127
            np.copyto(plane.pixels, values, where=where if one else where[..., np.newaxis])


def _pack_colors(components: tuple[Pixels, ...]) -> NDArray[np.uint32]:
    """Pack the values of each code in all planes, and whether it has any, into one number."""
    channels = np.concatenate([values.reshape(len(values), -1) for values in components], axis=1)
    covered = np.where(np.arange(len(channels)) == NOTHING, 0, 255)
    return np.column_stack([channels, covered]).astype(np.uint8).view(np.uint32).ravel()


def _extract(picture: Pixels, channel: int) -> Pixels:
    return np.asarray(cv2.extractChannel(picture, channel), dtype=np.uint8)


class _BinMap:
    """Which bin lies where in the whole world, looked up for what a frame shows of it.

    Of a grid it has a pixel for each cell, and is exact. Else it is as fine as the closest
    frame: an edge lies half a pixel off at most. Where that would be too many pixels it is
    coarser, and frames that it would be too coarse for are worked out each by itself.

    Parameters
    ----------
    geometry : Geometry
    projection : Projection
    """

    def __init__(self, geometry: Geometry, projection: Projection) -> None:
        self._geometry, self._projection = geometry, projection
        native = geometry.native_raster
        raster = native or _choose_raster(
            geometry.bounds, projection.find_scale(slice(None)).max(axis=0)
        )
        # Small numbers: most of the time is that of moving them.
        self._bins = geometry.index_map(raster).astype(np.min_scalar_type(geometry.n_bins))
        self._to_map = raster.world_to_px.matrix
        self._most = np.inf if native else _COARSEST * np.array(raster.px_per_unit)

    def find_bins(self, frame: int) -> tuple[NDArray[np.integer], NDArray[np.intp]]:
        """Find the bins of the distinct rows of a frame, and which of them each row is."""
        if (self._projection.find_scale(frame) > self._most).any():
            raster = self._projection.get_raster(frame)
            return self._geometry.index_map(raster), np.arange(raster.height)
        columns, rows = (
            np.floor(self._to_map[axis, axis] * line + self._to_map[axis, 2]).astype(np.intp)
            for axis, line in enumerate(self._projection.find_lines(frame))
        )
        rows, number = np.unique(rows, return_inverse=True)
        height, width = self._bins.shape
        inner, across = np.clip(rows, 0, height - 1), np.clip(columns, 0, width - 1)
        bins = self._bins[inner, across[0] : across[-1] + 1]
        if bins.shape[1] != len(across) or (across != columns).any():
            bins = np.take(bins, across - across[0], axis=1, mode="clip")
            bins[:, across != columns] = self._geometry.n_bins
        bins[inner != rows] = self._geometry.n_bins
        return bins, number


def _choose_raster(bounds: Bounds, scale: NDArray[np.float64]) -> Raster:
    """Lay pixels over all bins: as many to a unit as asked, or as there may be."""
    corner, extent = np.array(bounds[:2]), np.array(bounds[2:]) - bounds[:2]
    scale = scale * min(1.0, np.sqrt(_MOST_PIXELS / (extent * scale).prod()))
    size = np.ceil(extent * scale)
    x_max, y_max = (corner + size / scale).tolist()
    width, height = size.astype(int).tolist()
    return Raster(width, height, (bounds[0], bounds[1], x_max, y_max))
