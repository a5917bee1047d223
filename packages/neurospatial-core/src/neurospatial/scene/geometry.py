"""The shape of a field: which bin lies where."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from neurospatial.layouts import Layout, is_gridded
from neurospatial.scene.raster import Bounds, Raster


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
        return _compute_index_map(self, raster)


def _is_even(edges: NDArray[np.float64]) -> bool:
    widths = np.diff(edges)
    return bool(np.allclose(widths, widths.mean(), rtol=1e-6, atol=0))


@lru_cache(maxsize=8)
def _compute_index_map(geometry: Geometry, raster: Raster) -> NDArray[np.intp]:
    located = geometry.layout.locate(raster.pixel_centers())
    index = np.where(located < 0, geometry.n_bins, located).astype(np.intp)
    index = index.reshape(raster.height, raster.width)
    index.setflags(write=False)
    return index
