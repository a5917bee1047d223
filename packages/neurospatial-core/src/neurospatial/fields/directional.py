"""Place fields of a track, apart for the two directions of running."""

from typing import TypedDict, Unpack, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment import Environment
from neurospatial.environment.smoothing_kernels import Method
from neurospatial.errors import explain
from neurospatial.fields.field_series import FieldSeries
from neurospatial.fields.place import PlaceFieldsKeywords, compute_place_fields
from neurospatial.fields.spikes import SpikeTrains
from neurospatial.layouts import is_linear
from neurospatial.layouts.periodic import shorten_steps
from neurospatial.progress import Progress
from neurospatial.validate import MaxGap, validate_limit, validate_positions, validate_times


class DirectionalFieldsKeywords(TypedDict, total=False):
    """Keywords of `compute_directional_fields` that its result's type does not depend on."""

    method: Method
    bandwidth: float | None
    min_occupancy_seconds: float
    min_speed: float
    max_gap: MaxGap
    progress: Progress


@overload
def compute_directional_fields(
    env: Environment,
    spike_times: SpikeTrains,
    times: ArrayLike,
    positions: ArrayLike,
    *,
    windows: None = None,
    **keywords: Unpack[DirectionalFieldsKeywords],
) -> NDArray[np.float64]: ...
@overload
def compute_directional_fields(
    env: Environment,
    spike_times: SpikeTrains,
    times: ArrayLike,
    positions: ArrayLike,
    *,
    windows: ArrayLike,
    **keywords: Unpack[DirectionalFieldsKeywords],
) -> tuple[FieldSeries[NDArray[np.float64]], FieldSeries[NDArray[np.float64]]]: ...
def compute_directional_fields(
    env: Environment,
    spike_times: SpikeTrains,
    times: ArrayLike,
    positions: ArrayLike,
    *,
    windows: ArrayLike | None = None,
    method: Method = "diffusion_kde",
    bandwidth: float | None = None,
    min_occupancy_seconds: float = 0.0,
    min_speed: float = 0.0,
    max_gap: MaxGap = "auto",
    progress: Progress = True,
) -> (
    NDArray[np.float64] | tuple[FieldSeries[NDArray[np.float64]], FieldSeries[NDArray[np.float64]]]
):
    """Compute firing rates on a track, apart for the two directions of running.

    Units on a track often fire in one direction only (McNaughton, Barnes &
    O'Keefe, Exp. Brain Res. 52:41, 1983). Samples and spikes while the animal
    stands still count for neither direction.

    Parameters
    ----------
    env : Environment
        One of one dimension: a track, or a line of bins.
    spike_times : sequence or mapping of array-like, each (n_spikes,)
        When each unit fired [s].
    times : array-like, shape (n_samples,)
        Sample times [s], strictly increasing.
    positions : array-like, shape (n_samples,) or (n_samples, 1)
        Distances along the track (``env.linearize(positions)``); NaN where lost.
    windows, method, bandwidth, min_occupancy_seconds, max_gap
        As for `compute_place_fields`.
    min_speed : float
        Samples and spikes at lower speed count for neither direction [units/s].
    progress : bool or callable
        As for `compute_place_fields`, from the begin for either direction.

    Returns
    -------
    two FieldSeries, or ndarray where `windows` are left out; shape (2, n_units, n_windows, n_bins)
        Rate [Hz] while distance grows, then while it falls; NaN where the
        animal did not run in that direction.

    Raises
    ------
    ValueError
        If the environment has not one dimension, shapes differ, times do not
        increase, or a value makes no sense.

    Examples
    --------
    >>> env = Environment.from_mask([True, True], [[0, 2, 4]])
    >>> times, positions = np.arange(5) * 0.5, [1.0, 1.5, 2.5, 1.5, 0.5]
    >>> there, back = compute_directional_fields(
    ...     env, [[0.1, 1.6]], times, positions, method="binned"
    ... )
    >>> there[0, 0], back[0, 0]
    (array([ 1., nan]), array([ 2., nan]))
    """
    velocity = running_velocity(env, times, positions)
    how = ["Pass min_speed=3.0, in environment units per second.", "Pass 0 for no limit."]
    why = "Slower samples count for neither direction."
    # Standing still is no direction, whatever the limit.
    slowest = max(
        validate_limit(min_speed, "min_speed", why, how), float(np.finfo(np.float64).tiny)
    )
    keywords: PlaceFieldsKeywords = {
        "method": method,
        "bandwidth": bandwidth,
        "min_occupancy_seconds": min_occupancy_seconds,
        "min_speed": slowest,
        "max_gap": max_gap,
        "progress": progress,
    }
    ways: list[PlaceFieldsKeywords] = [{**keywords, "speed": way} for way in (velocity, -velocity)]
    if windows is None:
        return np.stack(
            [compute_place_fields(env, spike_times, times, positions, **way) for way in ways]
        )
    there, back = (
        compute_place_fields(env, spike_times, times, positions, windows=windows, **way)
        for way in ways
    )
    return there, back


def running_velocity(
    env: Environment, times: ArrayLike, positions: ArrayLike
) -> NDArray[np.float64]:
    """Compute the velocity along a track [units/s], shape (n_samples,).

    From the sample before to the one after; a step to another edge of the
    track, where distance jumps, is left out, and so is one to a lost sample.

    Parameters
    ----------
    env : Environment
        One of one dimension.
    times : array-like, shape (n_samples,)
        Sample times [s], strictly increasing.
    positions : array-like, shape (n_samples,) or (n_samples, 1)
        Distances along the track; NaN where lost.

    Returns
    -------
    ndarray
        Positive while distance grows; NaN where neither step is known.

    Raises
    ------
    ValueError
        If the environment has not one dimension, shapes differ or times do
        not increase.

    Examples
    --------
    >>> env = Environment.from_mask([True], [[0, 9]])
    >>> running_velocity(env, [0, 1, 2], [1.0, 2.0, 5.0])
    array([1., 2., 3.])
    """
    if env.n_dims != 1:
        raise ValueError(
            explain(
                f"The environment has {env.n_dims} dimensions.",
                "There are two directions of running on a track only.",
                ["Build it with Environment.from_graph, and pass env.linearize(positions)."],
            )
        )
    distance = validate_positions(positions, 1)[:, 0]
    when = validate_times(times, distance.size)
    step, lasts = shorten_steps(env.layout, np.diff(distance)), np.diff(when)
    valid = np.isfinite(step)
    layout = env.layout
    if is_linear(layout):
        edge = layout.locate_edge(np.nan_to_num(distance))
        valid &= edge[1:] == edge[:-1]
    moved = np.where(valid, step, 0.0)
    lasted = np.where(valid, lasts, 0.0)
    around = np.append(moved, 0.0) + np.append(0.0, moved)
    span = np.append(lasted, 0.0) + np.append(0.0, lasted)
    velocity = np.full(distance.size, np.nan)
    np.divide(around, span, out=velocity, where=span > 0)
    return velocity
