"""Which bins: beside one, at the border, in one piece, in a region."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.sparse import csgraph

from neurospatial.environment.base import BaseEnvironment
from neurospatial.errors import explain
from neurospatial.layouts import GraphTrack, Layout
from neurospatial.regions import Region
from neurospatial.regions.contains import contains_points
from neurospatial.validate import validate_points

Bins = NDArray[np.intp]

_ROUNDING = 1e-9


class Queries(BaseEnvironment):
    """What an environment answers about its bins."""

    def neighbors(self, bin: int) -> Bins:
        """Give the bins beside one, ascending.

        Raises
        ------
        ValueError
            If there is no such bin.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> Environment.from_mask([[True] * 3], [[0, 1], [0, 1, 2, 3]]).neighbors(1)
        array([0, 2])
        """
        [one] = validate_bins([bin], self.n_bins)
        links = sparse.csr_array(self.connectivity)
        return np.sort(links.indices[links.indptr[one] : links.indptr[one + 1]]).astype(np.intp)

    @property
    def boundary_bins(self) -> Bins:
        """Bins at the border: those with a side that they share with no other bin.

        On one axis these are the bins at free ends. In three dimensions and
        more, bins are taken for boxes.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> Environment.from_mask([[True] * 3], [[0, 1], [0, 1, 2, 3]]).boundary_bins
        array([0, 1, 2])
        """
        return np.flatnonzero(_find_border(self.layout))

    @property
    def components(self) -> Bins:
        """Number of the connected piece that each bin is in, shape (n_bins,), from 0.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True, False, True]], [[0, 1], [0, 1, 2, 3]])
        >>> env.components
        array([0, 1])
        """
        _, labels = csgraph.connected_components(self.connectivity, directed=False)
        return np.asarray(labels, dtype=np.intp)

    def bins_in_region(self, name: str) -> Bins:
        """Give the bins whose centre lies in a region, ascending; the bin that holds a point.

        On a track, areas are of the plane in which it lies.

        Raises
        ------
        KeyError
            If there is no such region.
        ValueError
            If the region does not have the environment's dimensions.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True] * 3], [[0, 1], [0, 1, 2, 3]])
        >>> _ = env.regions.add("end", polygon=[(0, 1), (1, 1), (1, 3), (0, 3)])
        >>> env.bins_in_region("end")
        array([1, 2])
        """
        return np.flatnonzero(self.region_membership(self.bin_centers, [name])[:, 0])

    def region_mask(self, names: str | Sequence[str]) -> NDArray[np.bool_]:
        """Say which bins are in any of some regions, shape (n_bins,); see `bins_in_region`."""
        chosen = [names] if isinstance(names, str) else list(names)
        return np.asarray(self.region_membership(self.bin_centers, chosen).any(axis=1))

    def region_membership(
        self, positions: ArrayLike, names: Sequence[str] | None = None
    ) -> NDArray[np.bool_]:
        """Say of each position in which regions it lies.

        Parameters
        ----------
        positions : array-like, shape (n_samples, n_dims)
            NaN, where lost, is in none.
        names : sequence of str, optional
            Which regions; left out, all in their order.

        Returns
        -------
        ndarray of bool, shape (n_samples, n_regions)
            For an area, whether it or its border holds the position; for a
            point, whether both are in the same bin.

        Raises
        ------
        KeyError
            If there is no such region.
        ValueError
            If a region does not have the environment's dimensions.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True] * 3], [[0, 1], [0, 1, 2, 3]])
        >>> _ = env.regions.add("goal", point=(0.2, 2.2))
        >>> env.region_membership([[0.5, 0.5], [0.9, 2.9]])
        array([[False],
               [ True]])
        """
        where = validate_points(positions, self.n_dims)
        chosen = [self.regions[name] for name in (self.regions if names is None else names)]
        inside = np.zeros((len(where), len(chosen)), dtype=bool)
        for column, region in enumerate(chosen):
            inside[:, column] = _is_inside(self.layout, region, where)
        return inside


def validate_bins(bins: ArrayLike, n_bins: int) -> Bins:
    """Give bins as numbers, ascending or not; a mask (n_bins,) as the bins that are True.

    Raises
    ------
    ValueError
        If they are not whole numbers from 0 to n_bins - 1, or a mask has another shape.

    Examples
    --------
    >>> validate_bins([True, False, True], 3), validate_bins([2, 0], 3)
    (array([0, 2]), array([2, 0]))
    """
    array = np.asarray(bins)
    if array.dtype == bool and array.shape == (n_bins,):
        return np.flatnonzero(array)
    if array.ndim == 1 and not array.size:
        return np.empty(0, dtype=np.intp)
    if array.ndim != 1 or array.dtype.kind not in "iu":
        problem = f"bins have shape {array.shape} and dtype {array.dtype}."
    elif (array < 0).any() or (array >= n_bins).any():
        wrong = array[(array < 0) | (array >= n_bins)]
        problem = f"There is no bin {wrong[0]}."
    else:
        return array.astype(np.intp)
    raise ValueError(
        explain(
            problem,
            f"The bins of this environment are numbered 0 to {n_bins - 1}.",
            [
                "Pass whole numbers, shape (n,): env.bin_at(points) gives them, -1 for none.",
                f"Pass a mask: True and False, shape ({n_bins},).",
            ],
        )
    )


def _is_inside(layout: Layout, region: Region, where: NDArray[np.float64]) -> NDArray[np.bool_]:
    if region.point is None:
        plane = layout.to_2d(where[:, 0]) if isinstance(layout, GraphTrack) else where
        return contains_points(region, plane)
    point = region.point[np.newaxis]
    if isinstance(layout, GraphTrack) and region.point.size == 2:
        point = layout.linearize(point)[:, np.newaxis]
    [held] = layout.locate(validate_points(point, layout.n_dims))
    return np.asarray((layout.locate(where) == held) & (held >= 0))


def _find_border(layout: Layout) -> NDArray[np.bool_]:
    links = sparse.csr_array(layout.conductances)
    touching = np.diff(links.indptr)
    if layout.n_dims != 2:
        return np.asarray(touching < 2 * layout.n_dims)
    # A conductance is the shared side over the distance: times it, they sum to the perimeter.
    shared = np.asarray(links.multiply(layout.adjacency).sum(axis=1)).ravel()
    return np.asarray(shared < _compute_perimeters(layout.bin_polygons) * (1 - _ROUNDING))


def _compute_perimeters(rings: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    corners = np.concatenate(rings)
    first = np.cumsum([0, *map(len, rings)])
    after = np.arange(1, len(corners) + 1)
    after[first[1:] - 1] = first[:-1]
    sides = np.linalg.norm(corners[after] - corners, axis=1)
    return np.asarray(np.add.reduceat(sides, first[:-1]), dtype=np.float64)
