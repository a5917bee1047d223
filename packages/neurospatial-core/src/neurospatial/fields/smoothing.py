"""The three ways from counts to smoothed counts."""

from collections.abc import Callable
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from neurospatial.environment import Environment
from neurospatial.errors import explain, nearest
from neurospatial.fields.diffusion import HeatKernel
from neurospatial.layouts import RegularGrid

Method = Literal["diffusion_kde", "gaussian_kde", "binned"]

Smoother = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""From masses (n_fields, n_bins) to smoothed masses of the same shape."""


def make_smoother(env: Environment, method: Method, bandwidth: float) -> Smoother:
    """Give the function that smooths masses on an environment.

    Parameters
    ----------
    env : Environment
        The bins; it keeps the heat kernel until ``env.clear_cache(kernels=True)``.
    method : str
        "diffusion_kde", "gaussian_kde" or "binned" (no smoothing).
    bandwidth : float
        Standard deviation, in environment units.

    Raises
    ------
    ValueError
        If the method is unknown, the bandwidth not positive, or "gaussian_kde"
        is asked of bins that are not an even grid.

    Examples
    --------
    >>> env = Environment.from_mask([[True, True]], [[0, 1], [0, 1, 2]])
    >>> make_smoother(env, "binned", 1.0)(np.array([[3.0, 0.0]]))
    array([[3., 0.]])
    """
    if method not in get_args(Method):
        raise ValueError(
            explain(
                f"There is no method {method!r}.{nearest(str(method), get_args(Method))}",
                "A place field is smoothed in one of three ways.",
                [f"Pass method={name!r}." for name in get_args(Method)],
            )
        )
    if method == "binned":
        return lambda masses: masses
    if not (np.isfinite(bandwidth) and bandwidth > 0):
        raise ValueError(
            explain(
                f"bandwidth is {bandwidth}.",
                "It is the standard deviation of the smoothing, in environment units.",
                ["Pass bandwidth=5.0.", "Pass method='binned' for no smoothing."],
            )
        )
    if method == "gaussian_kde":
        return _gaussian(env, bandwidth)
    key = ("heat", float(bandwidth))
    return env.cached("kernels", key, lambda: HeatKernel(env.layout, float(bandwidth))).apply


def _gaussian(env: Environment, bandwidth: float) -> Smoother:
    layout = env.layout
    if not isinstance(layout, RegularGrid) or not all(
        np.allclose(axis.widths, axis.width) for axis in layout.axes
    ):
        raise ValueError(
            explain(
                "'gaussian_kde' works on grids of equal bins only.",
                "It blurs a picture of the grid and knows nothing of other shapes.",
                ["Pass method='diffusion_kde', which works on every layout."],
            )
        )
    sigma = (0.0, *(bandwidth / size for size in layout.bin_size))

    def smooth(masses: NDArray[np.float64]) -> NDArray[np.float64]:
        from scipy import ndimage

        grid = np.zeros((len(masses), *layout.grid_shape))
        grid[:, layout.active] = masses
        blurred = ndimage.gaussian_filter(grid, sigma, mode="constant")
        return np.asarray(blurred[:, layout.active])

    return smooth
