"""Some of the bins of any layout."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.layouts.arrays import make_read_only
from neurospatial.layouts.caching import cached_property
from neurospatial.layouts.protocol import Layout
from neurospatial.validate import to_indices

if TYPE_CHECKING:
    from scipy import sparse


@dataclass(frozen=True, eq=False)
class LayoutPart:
    """Some bins of a layout, numbered anew; between them and the rest are walls.

    Made by `Environment.subset` of layouts that have no smaller form of their own kind.

    Parameters
    ----------
    whole : Layout
        The layout.
    bins : ndarray of int, shape (n_bins,)
        Which of its bins, ascending.

    Raises
    ------
    ValueError
        If the bins do not ascend, do not exist or are none.

    Examples
    --------
    >>> from neurospatial.layouts import RegularGrid
    >>> part = LayoutPart(RegularGrid((np.arange(5.0),), np.ones(4, bool)), [0, 2, 3])
    >>> part.locate(np.array([[0.5], [1.5], [2.5]]))
    array([ 0, -1,  1])
    >>> part.adjacency.toarray()
    array([[0., 0., 0.],
           [0., 0., 1.],
           [0., 1., 0.]])
    """

    whole: Layout
    bins: NDArray[np.intp]

    def __post_init__(self) -> None:
        object.__setattr__(self, "bins", _validate_bins(self.bins, self.whole.n_bins))

    def __reduce__(self) -> tuple[type["LayoutPart"], tuple[object, ...]]:
        # Only the fields travel: derived arrays are made again where they are needed.
        return type(self), (self.whole, self.bins)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, LayoutPart):
            return NotImplemented
        return bool(self.whole == other.whole and np.array_equal(self.bins, other.bins))

    def __hash__(self) -> int:
        return hash((self.whole, self.bins.tobytes()))

    @property
    def n_bins(self) -> int:
        """Number of bins."""
        return self.bins.size

    @property
    def n_dims(self) -> int:
        """Number of spatial dimensions."""
        return self.whole.n_dims

    @cached_property
    def bin_centers(self) -> NDArray[np.float64]:
        """Centre of each bin, shape (n_bins, n_dims)."""
        return make_read_only(self.whole.bin_centers[self.bins])

    @cached_property
    def bin_polygons(self) -> tuple[NDArray[np.float64], ...]:
        """Corners of each bin, one open counter-clockwise ring (n_corners, 2) a bin."""
        rings = self.whole.bin_polygons
        return tuple(rings[number] for number in self.bins)

    @cached_property
    def bin_measures(self) -> NDArray[np.float64]:
        """Length, area or volume of each bin, shape (n_bins,)."""
        return make_read_only(self.whole.bin_measures[self.bins])

    @property
    def bounds(self) -> tuple[tuple[float, float], ...]:
        """Those of the whole layout."""
        return self.whole.bounds

    @cached_property
    def _numbers(self) -> NDArray[np.intp]:
        """New number of each old bin; -1 where it is left out, and at the end."""
        numbers = np.full(self.whole.n_bins + 1, -1, dtype=np.intp)
        numbers[self.bins] = np.arange(self.bins.size)
        return numbers

    def locate(self, points: NDArray[np.float64]) -> NDArray[np.intp]:
        """Find the bin of each point (n_points, n_dims); -1 where there is none."""
        # Bin -1 of the whole, which is none, is the last entry.
        return self._numbers[self.whole.locate(points)]

    def subset(self, bins: NDArray[np.intp]) -> "LayoutPart":
        """Keep some bins (n,), ascending."""
        return LayoutPart(self.whole, self.bins[bins])

    @cached_property
    def adjacency(self) -> "sparse.csr_array":
        """Distance between the centres of neighbouring bins, (n_bins, n_bins), symmetric."""
        from scipy import sparse

        return sparse.csr_array(self.whole.adjacency)[self.bins][:, self.bins]

    @cached_property
    def conductances(self) -> "sparse.csr_array":
        """Shared boundary over centre distance of touching bins, symmetric."""
        from scipy import sparse

        return sparse.csr_array(self.whole.conductances)[self.bins][:, self.bins]


def _validate_bins(bins: ArrayLike, n_bins: int) -> NDArray[np.intp]:
    array = np.array(to_indices(bins, "bins"))
    numbers = array.ndim == 1 and array.size > 0 and array.dtype.kind in "iu"
    if not numbers or (np.diff(array) <= 0).any() or array[0] < 0 or array[-1] >= n_bins:
        raise ValueError(
            explain(
                f"bins have shape {array.shape} and dtype {array.dtype}, "
                f"and the layout has {n_bins} bins.",
                f"A part of it is some of its bins, from 0 to {n_bins - 1}, in their old order.",
                ["Pass them ascending, each once: np.unique(bins).", "Use env.subset(bins)."],
            )
        )
    return make_read_only(array.astype(np.intp))
