"""What every way of cutting a space into bins offers."""

from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray
from scipy import sparse


@runtime_checkable
class Layout(Protocol):
    """A space cut into bins: frozen data, picklable, no environment inside.

    Coordinates are in environment units, y up. Bins are numbered 0 … n_bins - 1.
    """

    @property
    def n_bins(self) -> int:
        """Number of bins."""

    @property
    def n_dims(self) -> int:
        """Number of spatial dimensions."""

    @property
    def bin_centers(self) -> NDArray[np.float64]:
        """Centre of each bin, shape (n_bins, n_dims)."""

    @property
    def bin_polygons(self) -> tuple[NDArray[np.float64], ...]:
        """Corners of each bin, one open counter-clockwise ring (n_corners, 2) a bin."""

    @property
    def bin_measures(self) -> NDArray[np.float64]:
        """Length, area or volume of each bin, shape (n_bins,)."""

    @property
    def bounds(self) -> tuple[tuple[float, float], ...]:
        """Lowest and highest coordinate along each dimension."""

    def locate(self, points: NDArray[np.float64]) -> NDArray[np.intp]:
        """Bin of each point (n_points, n_dims); -1 where there is none."""

    @property
    def adjacency(self) -> sparse.csr_array:
        """Distance between the centres of neighbouring bins, (n_bins, n_bins), symmetric."""

    @property
    def conductances(self) -> sparse.csr_array:
        """Shared boundary over centre distance of touching bins, symmetric.

        The finite-volume weights of diffusion between bins.
        """
