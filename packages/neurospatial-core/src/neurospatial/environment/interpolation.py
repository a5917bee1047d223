"""Values of fields between the centres of bins."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment.topology import Bins
from neurospatial.errors import explain
from neurospatial.layouts import Layout
from neurospatial.layouts.periodic import shorten_steps
from neurospatial.layouts.protocol import is_linear
from neurospatial.validate import to_real_array, validate_known, validate_one_or_more

Floats = NDArray[np.float64]
InterpolationMethod = Literal["nearest", "linear"]


def interpolate_field(
    layout: Layout, field: ArrayLike, points: ArrayLike, method: InterpolationMethod
) -> Floats:
    """Evaluate a field at points, NaN in no bin: `Environment.interpolate`."""
    why = "Values between the centres of bins are found in one of two ways."
    validate_method(method, get_args(InterpolationMethod), why)
    values = validate_field(field, layout.n_bins)
    where, is_one = validate_one_or_more(points, layout.n_dims)
    bins = layout.locate(where)
    inside = bins >= 0
    result = np.full(bins.size, np.nan)
    result[inside] = values[bins[inside]]
    if method == "linear":
        held, which = np.unique(bins[inside], return_inverse=True)
        slopes = _fit_slopes(layout, values, held)
        offset = shorten_steps(layout, where[inside] - layout.bin_centers[bins[inside]])
        result[inside] += (slopes[which] * offset).sum(axis=1)
    return result[0] if is_one else result


def validate_method(method: str, names: tuple[str, ...], why: str) -> None:
    """Raise unless a method is one of those there are.

    Raises
    ------
    ValueError
        If it is not, naming them.
    """
    how = [f"Pass method={name!r}." for name in names]
    validate_known(method, names, "method", why, how=how)


def validate_field(field: ArrayLike, n_bins: int) -> Floats:
    """Validate one field of numbers, shape (n_bins,).

    Raises
    ------
    ValueError
        If it has another shape.

    Examples
    --------
    >>> validate_field([1, 2], 2)
    array([1., 2.])
    """
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


def _fit_slopes(layout: Layout, values: Floats, bins: Bins) -> Floats:
    """Fit the slope of a field in some bins, (bins.size, n_dims); 0 where nothing tells it."""
    from scipy import sparse

    links = sparse.coo_array(sparse.csr_array(layout.adjacency)[bins])
    row, other = links.coords
    centers = layout.bin_centers
    step = shorten_steps(layout, centers[other] - centers[bins[row]])
    with np.errstate(invalid="ignore", over="ignore"):
        rise = values[other] - values[bins[row]]
    is_told = np.isfinite(rise)
    if is_linear(layout):
        # Where the axis jumps to another edge, a neighbour's coordinate tells no slope.
        edge = layout.locate_edge(centers[:, 0])
        is_told &= edge[other] == edge[bins[row]]
    row, step, rise = row[is_told], step[is_told], rise[is_told]
    weight = 1 / (step**2).sum(axis=1)
    n_dims = layout.n_dims
    products = np.zeros((bins.size, n_dims, n_dims))
    np.add.at(products, row, weight[:, None, None] * step[:, :, None] * step[:, None, :])
    sums = np.zeros((bins.size, n_dims))
    np.add.at(sums, row, (weight * rise)[:, None] * step)
    inverse = np.linalg.pinv(products, rcond=1e-9, hermitian=True)
    return np.asarray((inverse @ sums[..., np.newaxis])[..., 0])
