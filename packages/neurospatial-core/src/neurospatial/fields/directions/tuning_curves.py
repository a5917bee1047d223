"""Tuning curves: the firing rate of units in each direction."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment import Environment
from neurospatial.environment.smoothing_kernels import Method
from neurospatial.fields.directions.circle_check import require_circle
from neurospatial.fields.place import compute_place_fields
from neurospatial.fields.spikes import SpikeTrains
from neurospatial.validate import MaxGap
from neurospatial.validate.angles import validate_angles


def compute_tuning_curves(
    env: Environment,
    spike_times: SpikeTrains,
    times: ArrayLike,
    angles: ArrayLike,
    *,
    method: Method = "diffusion_kde",
    bandwidth: float | None = None,
    min_occupancy_seconds: float = 0.0,
    speed: ArrayLike | None = None,
    min_speed: float | None = None,
    max_gap: MaxGap = "auto",
) -> NDArray[np.float64]:
    """Compute the firing rate of units in each direction, of the head or of a rhythm.

    Each curve is smoothed spike counts over smoothed time (Taube, Muller & Ranck,
    J. Neurosci. 10:420, 1990), by the rules of `compute_place_fields`, which takes
    such an environment too and cuts a session into windows.

    Parameters
    ----------
    env : Environment
        That of directions: `Environment.from_circle`.
    spike_times : sequence or mapping of array-like, each (n_spikes,)
        When each unit fired [s]; the angle is interpolated, the shorter way round.
    times : array-like, shape (n_samples,)
        When angles were sampled [s], strictly increasing.
    angles : array-like, shape (n_samples,)
        Directions [rad], wrapped or not; NaN where lost.
    method : str
        As for `compute_place_field`.
    bandwidth : float, optional
        Standard deviation of the smoothing [rad]; left out, two bins.
    min_occupancy_seconds : float
        Directions faced for less than this have no rate.
    speed : array-like, shape (n_samples,), optional
        What `min_speed` refers to, such as the speed of running; left out, that of
        turning [rad/s].
    min_speed : float, optional
        Samples and spikes at lower speed count for nothing.
    max_gap : float, "auto" or None
        As for `compute_place_field`.

    Returns
    -------
    ndarray of float64, shape (n_units, n_bins)
        Rate [Hz]; NaN in directions that were never faced.

    Raises
    ------
    ValueError
        If the environment is no circle, shapes differ, times do not increase, or a
        value makes no sense; where the angles look like degrees, a warning says so.
    TypeError
        If `spike_times` are those of a single unit.

    Examples
    --------
    >>> env = Environment.from_circle(np.pi / 2)
    >>> times, angles = np.arange(5) * 0.5, [0.5, 0.5, -0.5, -0.5, 0.5]
    >>> compute_tuning_curves(env, [[0.1, 0.2, 1.2]], times, angles, method="binned")
    array([[ 2., nan, nan,  1.]])
    """
    require_circle(env)
    fields = compute_place_fields(
        env,
        spike_times,
        times,
        validate_angles(angles),
        method=method,
        bandwidth=bandwidth,
        min_occupancy_seconds=min_occupancy_seconds,
        speed=speed,
        min_speed=min_speed,
        max_gap=max_gap,
        progress=False,
    )
    return fields[:, 0]
