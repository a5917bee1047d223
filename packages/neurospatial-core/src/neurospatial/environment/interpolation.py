"""Fields between and across the bins of an environment."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from neurospatial.environment.base import BaseEnvironment
from neurospatial.environment.topology import Bins
from neurospatial.errors import explain, nearest
from neurospatial.layouts import GraphTrack, Layout
from neurospatial.validate import to_real_array, validate_points

Floats = NDArray[np.float64]
Between = Literal["nearest", "linear"]
Smoothing = Literal["diffusion_kde", "gaussian_kde"]


class Reshape(BaseEnvironment):
    """Values between and across bins."""

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
        why = "Values between the centres of bins are found in one of two ways."
        _check_method(method, get_args(Between), why)
        values = _validate_field(field, self.n_bins)
        where = validate_points(points, self.n_dims)
        bins = self.layout.locate(where)
        inside = bins >= 0
        result = np.full(bins.size, np.nan)
        result[inside] = values[bins[inside]]
        if method == "linear":
            held, which = np.unique(bins[inside], return_inverse=True)
            slopes = _fit_slopes(self.layout, values, held)
            offset = where[inside] - self.bin_centers[bins[inside]]
            result[inside] += (slopes[which] * offset).sum(axis=1)
        return result

    def smooth(
        self, field: ArrayLike, bandwidth: float, method: Smoothing = "diffusion_kde"
    ) -> Floats:
        """Smooth a field.

        Each value becomes the mean of those around it, weighted by a kernel
        and the sizes of the bins: the kernels of `compute_place_field`. Bins
        that are NaN stay NaN and count for nothing in others.

        Parameters
        ----------
        field : array-like, shape (n_bins,)
        bandwidth : float
            Standard deviation, in environment units.
        method : str
            "diffusion_kde" (walls stop the smoothing) or "gaussian_kde" (by
            the straight distance, across walls).

        Returns
        -------
        ndarray of float64, shape (n_bins,)

        Raises
        ------
        ValueError
            If the shape does not fit, the bandwidth is not positive or the
            method is unknown.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True] * 3], [[0, 1], [0, 1, 2, 3]])
        >>> env.smooth([0.0, 3.0, 0.0], 100.0).round(6)
        array([1., 1., 1.])
        """
        from neurospatial.environment.smoothing_kernels import make_smoother

        values = _validate_field(field, self.n_bins)
        _check_method(method, get_args(Smoothing), "A field is smoothed in one of two ways.")
        kernel = make_smoother(self, method, _validate_bandwidth(bandwidth))
        known = ~np.isnan(values)
        masses = np.where(known, values, 0.0) * self.layout.bin_measures
        weights = known * self.layout.bin_measures
        # The kernels are for masses, which are not negative: each sign is spread by itself.
        signs = np.maximum(masses, 0), np.maximum(-masses, 0)
        above, below, weight = kernel(np.stack([*signs, weights]))
        result = np.full(values.size, np.nan)
        result[known] = (above[known] - below[known]) / weight[known]
        return result


def _check_method(method: object, known: tuple[str, ...], why: str) -> None:
    if method not in known:
        raise ValueError(
            explain(
                f"There is no method {method!r}.{nearest(str(method), known)}",
                why,
                [f"Pass method={name!r}." for name in known],
            )
        )


def _validate_field(field: ArrayLike, n_bins: int) -> Floats:
    values = to_real_array(field, "field")
    if values.shape != (n_bins,):
        raise ValueError(
            explain(
                f"field has shape {values.shape}, expected ({n_bins},).",
                "A field has one value per bin.",
                ["Pass one field at a time: fields[0].", "Pass a field of this environment."],
            )
        )
    return values


def _validate_bandwidth(bandwidth: float) -> float:
    if not (np.isfinite(bandwidth) and bandwidth > 0):
        raise ValueError(
            explain(
                f"bandwidth is {bandwidth}.",
                "It is the standard deviation of the smoothing, in environment units.",
                ["Pass a positive number: bandwidth=5.0.", "Leave the field as it is."],
            )
        )
    return float(bandwidth)


def _fit_slopes(layout: Layout, values: Floats, bins: Bins) -> Floats:
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
