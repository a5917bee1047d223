"""The shape of a field: which bin lies where."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from neurospatial.layouts import Layout, is_gridded
from neurospatial.layouts.protocol import SupportsCrossings, supports_crossings
from neurospatial.scene.raster import Bounds, Raster

_LOCATED_PIXELS = 1_000_000
"""Pixels located at a time: their places take 16 bytes each, and twice that on the way."""

_MOST_KEPT = 12_000_000
"""Pixels of a map that is kept for the next who asks: 96 MB, more than a picture of 4K has."""


@dataclass(frozen=True, eq=False)
class Geometry:
    """Where the bins of a field lie, as a backend sees them.

    Parameters
    ----------
    layout : Layout
        A 2-D layout: data only, no environment inside.

    Examples
    --------
    >>> from neurospatial.layouts import RegularGrid
    >>> edges = (np.array([0.0, 1.0, 2.0]), np.array([0.0, 1.0]))
    >>> geometry = Geometry(RegularGrid(edges, np.array([[True], [True]])))
    >>> geometry.index_map(Raster(4, 1, geometry.bounds))
    array([[0, 0, 1, 1]])
    """

    layout: Layout

    @property
    def n_bins(self) -> int:
        """Number of bins."""
        return self.layout.n_bins

    @property
    def bounds(self) -> Bounds:
        """World rectangle that holds every bin."""
        (x_min, x_max), (y_min, y_max) = self.layout.bounds
        return float(x_min), float(y_min), float(x_max), float(y_max)

    def polygons(self) -> tuple[NDArray[np.float64], ...]:
        """Corners of each bin, one open ring (n_corners, 2) a bin."""
        return self.layout.bin_polygons

    @property
    def native_raster(self) -> Raster | None:
        """The raster, y up, that has one pixel for each cell of a grid.

        None where bins are no equal rectangles in rows and columns.
        """
        layout = self.layout
        if not is_gridded(layout) or not all(map(_is_even, layout.edges)):
            return None
        width, height = layout.grid_shape
        return Raster(width, height, self.bounds)

    def locate(self, x: float, y: float) -> int | None:
        """Bin that holds a place; None where there is none."""
        (bin_,) = self.layout.locate(np.array([[x, y]]))
        return None if bin_ < 0 else int(bin_)

    def index_map(self, raster: Raster) -> NDArray[np.intp]:
        """Bin under each pixel's centre, shape (height, width).

        Pixels outside every bin hold `n_bins`, the index of the entry that a
        backend appends for "nothing".
        """
        kept = raster.width * raster.height <= _MOST_KEPT
        return (_locate_pixels_once if kept else _locate_pixels)(self, raster)


def _is_even(edges: NDArray[np.float64]) -> bool:
    widths = np.diff(edges)
    return bool(np.allclose(widths, widths.mean(), rtol=1e-6, atol=0))


def _locate_pixels(geometry: Geometry, raster: Raster) -> NDArray[np.intp]:
    if supports_crossings(geometry.layout):
        index = _locate_lines(geometry.layout, raster)
        index[index < 0] = geometry.n_bins
        index.setflags(write=False)
        return index
    index = np.empty((raster.height, raster.width), dtype=np.intp)
    n_rows = max(1, _LOCATED_PIXELS // raster.width)
    for start in range(0, raster.height, n_rows):
        rows = slice(start, start + n_rows)
        located = geometry.layout.locate(raster.pixel_centers(rows))
        located = np.where(located < 0, geometry.n_bins, located)
        index[rows] = located.reshape(-1, raster.width)
    index.setflags(write=False)
    return index


def _locate_lines(layout: SupportsCrossings, raster: Raster) -> NDArray[np.intp]:
    """Find the bin under each pixel's centre from its columns and rows; -1 for none."""
    x, y = raster.pixel_lines()
    step = 1 if raster.y_down else -1
    return layout.locate_crossings(x, y[::step])[::step]


_locate_pixels_once = lru_cache(maxsize=8)(_locate_pixels)
