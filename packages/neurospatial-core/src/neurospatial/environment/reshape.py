"""Part of an environment, and its fields between and across bins."""

from dataclasses import replace
from typing import Literal, Self, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from neurospatial.environment.positions import as_points, as_real
from neurospatial.environment.queries import Bins, as_bins
from neurospatial.environment.space import Space
from neurospatial.errors import explain, nearest
from neurospatial.layouts import GraphTrack, HexagonalGrid, Layout, RegularGrid, TriangularMesh
from neurospatial.regions import Regions

Floats = NDArray[np.float64]
Between = Literal["nearest", "linear"]


class Reshape(Space):
    """A part of an environment, and values between and across its bins."""

    def subset(self, bins: ArrayLike) -> Self:
        """Give an environment of some bins, in their old order, with the same regions.

        Parameters
        ----------
        bins : array-like of int (n,) or mask (n_bins,)
            Which ones; in any order.

        Raises
        ------
        ValueError
            If a bin does not exist, there is none, or the layout is neither a
            grid, hexagonal grid nor triangular mesh.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True] * 3], [[0, 1], [0, 1, 2, 3]])
        >>> env.subset([2, 0]).bin_centers
        array([[0.5, 0.5],
               [0.5, 2.5]])
        """
        kept = np.unique(as_bins(bins, self.n_bins))
        if not kept.size:
            way = "Pass at least one bin."
            raise ValueError(explain("There are no bins.", "An environment has some.", [way]))
        regions = Regions(self.regions.values())
        layout = _part(self.layout, kept)
        return type(self)(layout, units=self.units, name=self.name, regions=regions)

    def interpolate(
        self, field: ArrayLike, points: ArrayLike, method: Between = "linear"
    ) -> Floats:
        """Give the values of a field at points, NaN in no bin.

        "nearest" is the value of the point's bin. "linear" follows the slope in
        that bin, fitted to its neighbours by least squares (for reconstruction
        within cells see Barth & Jespersen, AIAA 89-0366, 1989): exact for fields
        linear in the coordinates, blind to what is behind a wall. From bin to
        bin it may step where the field is not linear.

        Parameters
        ----------
        field : array-like, shape (n_bins,)
            Bins that are NaN give NaN and do not bend the slope of others.
        points : array-like, shape (n_points, n_dims)
        method : str
            "nearest" or "linear".

        Returns
        -------
        ndarray of float64, shape (n_points,)

        Raises
        ------
        ValueError
            If shapes do not fit or the method is unknown.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True] * 3], [[0, 1], [0, 1, 2, 3]])
        >>> env.interpolate([1.0, 2.0, 3.0], [[0.5, 1.75], [0.5, 9.0]])
        array([2.25,  nan])
        """
        if method not in get_args(Between):
            raise ValueError(
                explain(
                    f"There is no method {method!r}.{nearest(str(method), get_args(Between))}",
                    "Values between the centres of bins are found in one of two ways.",
                    [f"Pass method={name!r}." for name in get_args(Between)],
                )
            )
        values = _one_field(field, self.n_bins)
        where = as_points(points, self.n_dims)
        bins = self.layout.locate(where)
        inside = bins >= 0
        result = np.full(bins.size, np.nan)
        result[inside] = values[bins[inside]]
        if method == "linear":
            held, which = np.unique(bins[inside], return_inverse=True)
            slopes = _slopes(self.layout, values, held)
            offset = where[inside] - self.bin_centers[bins[inside]]
            result[inside] += (slopes[which] * offset).sum(axis=1)
        return result

    def smooth(self, field: ArrayLike, bandwidth: float) -> Floats:
        """Smooth a field by diffusion, which walls stop.

        Each value becomes the mean of those around it, weighted by the heat
        kernel (`neurospatial.fields.diffusion.HeatKernel`) and the sizes of the
        bins. Bins that are NaN stay NaN and count for nothing in others.

        Parameters
        ----------
        field : array-like, shape (n_bins,)
        bandwidth : float
            Standard deviation, in environment units.

        Returns
        -------
        ndarray of float64, shape (n_bins,)

        Raises
        ------
        ValueError
            If the shape does not fit or the bandwidth is not positive.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True] * 3], [[0, 1], [0, 1, 2, 3]])
        >>> env.smooth([0.0, 3.0, 0.0], 100.0).round(6)
        array([1., 1., 1.])
        """
        from neurospatial.fields.diffusion import HeatKernel

        values = _one_field(field, self.n_bins)
        width = _checked_width(bandwidth)
        kernel = self.cached("kernels", ("heat", width), lambda: HeatKernel(self.layout, width))
        known = ~np.isnan(values)
        masses = np.where(known, values, 0.0) * self.layout.bin_measures
        weights = known * self.layout.bin_measures
        # The kernel is for masses, which are not negative: each sign is spread by itself.
        signs = np.maximum(masses, 0), np.maximum(-masses, 0)
        above, below, weight = kernel.apply(np.stack([*signs, weights]))
        result = np.full(values.size, np.nan)
        result[known] = (above[known] - below[known]) / weight[known]
        return result


def _one_field(field: ArrayLike, n_bins: int) -> Floats:
    values = as_real(field, "field")
    if values.shape != (n_bins,):
        raise ValueError(
            explain(
                f"field has shape {values.shape}, expected ({n_bins},).",
                "A field has one value per bin.",
                ["Pass one field at a time: fields[0].", "Pass a field of this environment."],
            )
        )
    return values


def _checked_width(bandwidth: float) -> float:
    if not (np.isfinite(bandwidth) and bandwidth > 0):
        raise ValueError(
            explain(
                f"bandwidth is {bandwidth}.",
                "It is the standard deviation of the smoothing, in environment units.",
                ["Pass a positive number: bandwidth=5.0.", "Leave the field as it is."],
            )
        )
    return float(bandwidth)


def _part(layout: Layout, kept: Bins) -> Layout:
    if isinstance(layout, RegularGrid | HexagonalGrid):
        cells = np.flatnonzero(layout.active)[kept]
        active = np.zeros(layout.active.size, dtype=bool)
        active[cells] = True
        return replace(layout, active=active.reshape(layout.active.shape))
    if isinstance(layout, TriangularMesh):
        used, corners = np.unique(layout.triangles[kept], return_inverse=True)
        return TriangularMesh(layout.vertices[used], corners.reshape(-1, 3))
    raise ValueError(
        explain(
            f"A part of a {type(layout).__name__} cannot be taken.",
            "Its bins do not stand alone: only grids, hexagons and triangles can be left out.",
            [
                "On a track, name the edges to keep: from_graph(graph, edge_order=…).",
                "Keep the environment and set the other bins of a field to NaN.",
            ],
        )
    )


def _slopes(layout: Layout, values: Floats, bins: Bins) -> Floats:
    """Slope of a field in some bins, shape (bins.size, n_dims); 0 where nothing tells it."""
    links = sparse.coo_array(sparse.csr_array(layout.adjacency)[bins])
    row, other = links.coords
    centers = layout.bin_centers
    step = centers[other] - centers[bins[row]]
    rise = values[other] - values[bins[row]]
    told = ~np.isnan(rise)
    if isinstance(layout, GraphTrack):
        # Where the axis jumps to another edge, a neighbour's coordinate tells no slope.
        told &= layout.edge_of_bin[other] == layout.edge_of_bin[bins[row]]
    row, step, rise = row[told], step[told], rise[told]
    weight = 1 / (step**2).sum(axis=1)
    n_dims = layout.n_dims
    products = np.zeros((bins.size, n_dims, n_dims))
    np.add.at(products, row, weight[:, None, None] * step[:, :, None] * step[:, None, :])
    sums = np.zeros((bins.size, n_dims))
    np.add.at(sums, row, (weight * rise)[:, None] * step)
    inverse = np.linalg.pinv(products, rcond=1e-9, hermitian=True)
    return np.asarray((inverse @ sums[..., np.newaxis])[..., 0])
