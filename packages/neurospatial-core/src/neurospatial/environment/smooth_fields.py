"""Fields smoothed over the bins of an environment."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment.base import BaseEnvironment
from neurospatial.environment.interpolation import validate_field, validate_method
from neurospatial.environment.smoothing_kernels import (
    choose_bandwidth,
    make_smoother,
    validate_bandwidth,
)
from neurospatial.validate import refuse_infinite

SmoothingMethod = Literal["diffusion_kde", "gaussian_kde"]


def smooth_field(
    env: BaseEnvironment, field: ArrayLike, bandwidth: float, method: SmoothingMethod
) -> NDArray[np.float64]:
    """Take the mean of the values around each bin, weighted by a kernel: `Environment.smooth`."""
    values = validate_field(field, env.n_bins)
    refuse_infinite(values, "field", "A mean with it is infinite")
    validate_method(method, get_args(SmoothingMethod), "A field is smoothed in one of two ways.")
    how = [
        f"Pass a positive number; two bins are {choose_bandwidth(env):g}.",
        "Leave the field as it is.",
    ]
    kernel = make_smoother(env, method, validate_bandwidth(bandwidth, how))
    is_known = ~np.isnan(values)
    # Divided by the largest, neither masses nor their sums leave the range of a double.
    largest = float(np.abs(values).max(initial=0.0, where=is_known))
    scale = largest if largest > 0 else 1.0
    masses = np.where(is_known, values / scale, 0.0) * env.layout.bin_measures
    weights = is_known * env.layout.bin_measures
    # The kernels are for masses, which are not negative: each sign is spread by itself.
    signs = np.maximum(masses, 0), np.maximum(-masses, 0)
    above, below, weight = kernel(np.stack([*signs, weights]))
    result = np.full(values.size, np.nan)
    result[is_known] = scale * ((above[is_known] - below[is_known]) / weight[is_known])
    return result
