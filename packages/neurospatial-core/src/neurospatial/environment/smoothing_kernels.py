"""The three ways from counts to smoothed counts."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from neurospatial.environment.base import BaseEnvironment
from neurospatial.environment.diffusion import HeatKernel
from neurospatial.environment.interpolation import validate_method
from neurospatial.errors import explain
from neurospatial.layouts import Layout
from neurospatial.layouts.protocol import is_gridded, is_linear, is_periodic
from neurospatial.validate import validate_positive

if TYPE_CHECKING:
    from scipy import sparse

Method = Literal["diffusion_kde", "gaussian_kde", "binned"]

_REACH = 4.0
"""Deviations from a bin to the farthest that it blurs into, as scipy.ndimage."""

_BINS_PER_BANDWIDTH = 2.0
"""Bins: wide enough that their squares do not show, narrow enough that fields stay apart."""

_MOST_EXTENTS = 1000.0
"""Bandwidths over the longest side: long before, every bin has the mean of all."""

Smoother = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""From masses (n_fields, n_bins) to smoothed masses of the same shape."""


def choose_bandwidth(env: BaseEnvironment) -> float:
    """Choose how wide to smooth where nobody says: two bins, in environment units.

    Of bins that are longer than wide, the shorter side is taken.

    Examples
    --------
    >>> from neurospatial import Environment
    >>> choose_bandwidth(Environment.from_mask([[True]], [[0, 0.05], [0, 0.1]], units="m"))
    0.1
    """
    return _BINS_PER_BANDWIDTH * min(env.bin_size)


def make_smoother(env: BaseEnvironment, method: Method, bandwidth: float | None) -> Smoother:
    """Make the function that smooths masses on an environment.

    Parameters
    ----------
    env : BaseEnvironment
        The bins; it keeps the kernel until ``env.clear_cache(kernels=True)``.
    method : str
        "diffusion_kde", "gaussian_kde" or "binned" (no smoothing).
    bandwidth : float, optional
        Standard deviation, in environment units; left out, two bins.

    Raises
    ------
    ValueError
        If the method is unknown, or the bandwidth not positive or a thousand times as long as
        the environment.

    Examples
    --------
    >>> from neurospatial import Environment
    >>> env = Environment.from_mask([[True, True]], [[0, 1], [0, 1, 2]])
    >>> make_smoother(env, "binned", 1.0)(np.array([[3.0, 0.0]]))
    array([[3., 0.]])
    """
    validate_method(method, get_args(Method), "A place field is smoothed in one of three ways.")
    if method == "binned":
        return lambda masses: masses
    usual = choose_bandwidth(env)
    how = [f"Leave it out for two bins, {usual:g}.", "Pass method='binned' for no smoothing."]
    width = usual if bandwidth is None else validate_bandwidth(bandwidth, how)
    _refuse_boundless(env, width, how)
    if method == "gaussian_kde":
        return _make_gaussian(env, width)
    return env.cached("kernels", ("heat", width), lambda: HeatKernel(env.layout, width)).apply


def validate_bandwidth(bandwidth: float, how: Sequence[str]) -> float:
    """Validate that the bandwidth of a kernel is a length.

    Raises
    ------
    ValueError
        If it is not positive and finite, with the ways given to mend it.

    Examples
    --------
    >>> validate_bandwidth(5, [])
    5.0
    """
    why = "It is the standard deviation of the smoothing, in environment units."
    return validate_positive(bandwidth, "bandwidth", why=why, how=how)


def _refuse_boundless(env: BaseEnvironment, bandwidth: float, how: Sequence[str]) -> None:
    """Refuse a bandwidth in another unit, whose kernel would be larger than the memory."""
    longest = max(high - low for low, high in env.dimension_ranges)
    if bandwidth <= _MOST_EXTENTS * longest:
        return
    raise ValueError(
        explain(
            f"bandwidth is {bandwidth:g}, and the longest side of the environment {longest:g}.",
            "Every bin would have the mean of all; it looks like another unit.",
            how,
        )
    )


def _make_gaussian(env: BaseEnvironment, bandwidth: float) -> Smoother:
    layout = env.layout
    if not is_gridded(layout) or is_periodic(layout):
        return _make_distance_gaussian(env, bandwidth)
    sizes = [float(edge[-1] - edge[0]) / (edge.size - 1) for edge in layout.edges]
    if not all(map(np.allclose, map(np.diff, layout.edges), sizes)):
        return _make_distance_gaussian(env, bandwidth)
    sigma = (0.0, *(bandwidth / size for size in sizes))

    def smooth(masses: NDArray[np.float64]) -> NDArray[np.float64]:
        from scipy import ndimage

        grid = np.zeros((len(masses), *layout.grid_shape))
        grid[:, layout.active] = masses
        blurred = ndimage.gaussian_filter(grid, sigma, mode="constant")
        return np.asarray(blurred[:, layout.active])

    return smooth


def _make_distance_gaussian(env: BaseEnvironment, bandwidth: float) -> Smoother:
    """Blur by the straight distance between centres, whatever the shape of the bins."""
    kernel = env.cached(
        "kernels",
        ("gaussian", float(bandwidth)),
        lambda: _compute_distance_kernel(env.layout, bandwidth),
    )

    def smooth(masses: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray((kernel @ masses.T).T)

    return smooth


def _compute_distance_kernel(layout: Layout, bandwidth: float) -> "sparse.csr_array":
    from scipy import sparse
    from scipy.spatial import cKDTree

    places = layout.centers_2d if is_linear(layout) else layout.bin_centers
    # Around a circle the straight distance is that along the shorter arc.
    around: dict[str, Any] = {"boxsize": layout.period} if is_periodic(layout) else {}
    tree = cKDTree(places, **around)
    near = tree.sparse_distance_matrix(tree, _REACH * bandwidth, output_type="ndarray")
    # The density of the Gaussian, times the measure of the bin that receives.
    scale = (2 * np.pi * bandwidth**2) ** (-layout.n_dims / 2)
    weights = scale * np.exp(-((near["v"] / bandwidth) ** 2) / 2) * layout.bin_measures[near["i"]]
    return sparse.csr_array(
        sparse.coo_array((weights, (near["i"], near["j"])), shape=(layout.n_bins,) * 2)
    )
