"""Fields as a stack: a row for each, or a picture on the grid that their bins are cells of."""

from typing import TypeGuard

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment import Environment
from neurospatial.errors import explain
from neurospatial.layouts import Layout, is_gridded
from neurospatial.layouts.protocol import Gridded
from neurospatial.validate import to_real_array

Floats = NDArray[np.float64]

_ROUNDING = 1e-6
"""Of a width: edges as text or in float32 differ by less than this."""


def to_field_stack(
    env: Environment, fields: ArrayLike, name: str = "fields"
) -> tuple[Floats, tuple[int, ...]]:
    """Validate fields (…, n_bins), and lay them in rows.

    `name` is what the text of an error calls them.

    Returns
    -------
    stack : ndarray, shape (n_fields, n_bins)
        NaN where a bin has no value.
    leading : tuple of int
        Lengths of the axes before that of the bins.

    Raises
    ------
    ValueError
        If there is another number of bins, or a value is infinite.

    Examples
    --------
    >>> env = Environment.from_mask([[True, True]], [[0, 1], [0, 1, 2]])
    >>> to_field_stack(env, [1.0, 2.0])
    (array([[1., 2.]]), ())
    """
    values = to_real_array(fields, name)
    if values.ndim == 0 or values.shape[-1] != env.n_bins:
        problem = f"{name}: found shape {values.shape}, expected (…, {env.n_bins})."
        way = "Pass values of the bins of this environment, their axis last."
    elif np.isinf(values).any():
        problem = f"{name}: found infinite values."
        way = f"Set them to NaN: {name}[np.isinf({name})] = np.nan."
    else:
        return values.reshape(-1, env.n_bins), values.shape[:-1]
    raise ValueError(explain(problem, "A field has one value per bin, NaN where none.", [way]))


def to_image_stack(env: Environment, fields: ArrayLike) -> tuple[Floats, tuple[int, ...]]:
    """Validate fields (…, n_bins), and lay each on the grid of the bins.

    Returns
    -------
    images : ndarray, shape (n_fields, n_x, n_y, …)
        NaN in cells that are no bins.
    leading : tuple of int
        Lengths of the axes before that of the bins.

    Raises
    ------
    ValueError
        If the bins are not cells of a grid, all alike, or the fields do not fit.

    Examples
    --------
    >>> env = Environment.from_mask([[True, False]], [[0, 1], [0, 1, 2]])
    >>> to_image_stack(env, [5.0])[0]
    array([[[ 5., nan]]])
    """
    layout = env.layout
    if not _is_even_grid(layout):
        raise ValueError(
            explain(
                f"The bins of this environment are those of {type(layout).__name__}, "
                "and no cells of one size on a grid.",
                "What is measured shifts a map over itself, or looks along its rows.",
                [
                    "Cut the space with layout='grid', and compute the fields there.",
                    "Evaluate them on a grid: env.interpolate(field, grid.bin_centers).",
                ],
            )
        )
    stack, leading = to_field_stack(env, fields)
    images = np.full((len(stack), *layout.grid_shape), np.nan)
    images[:, layout.active] = stack
    return images, leading


def require_plane(env: Environment) -> None:
    """Refuse what is no plane.

    Raises
    ------
    ValueError
        If the environment has other than two dimensions.

    Examples
    --------
    >>> require_plane(Environment.from_mask([[True]], [[0, 1], [0, 1]]))
    """
    if env.n_dims != 2:
        raise ValueError(
            explain(
                f"The environment has {env.n_dims} dimensions.",
                "Grids turn, and walls surround, in a plane.",
                ["Pass an environment in the plane, and fields of its bins."],
            )
        )


def _is_even_grid(layout: Layout) -> TypeGuard[Gridded]:
    if not is_gridded(layout):
        return False
    widths = [np.diff(edge) for edge in layout.edges]
    return all(np.ptp(width) <= _ROUNDING * width.mean() for width in widths)
