"""How stable a map is within a session."""

from typing import Unpack

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment import Environment
from neurospatial.fields.metrics.correlation import correlate_fields
from neurospatial.fields.place import PlaceFieldsKeywords, compute_place_fields
from neurospatial.fields.spikes import SpikeTrains
from neurospatial.validate import validate_positions, validate_times


def compute_stability(
    env: Environment,
    spike_times: SpikeTrains,
    times: ArrayLike,
    positions: ArrayLike,
    **keywords: Unpack[PlaceFieldsKeywords],
) -> NDArray[np.float64]:
    """Correlate the map of the first half of a session with that of the second, per unit.

    It is Pearson's correlation over the bins that were visited in both (Cacucci
    et al., J. Neurosci. 27:7854, 2007, for place cells; the halves are of equal
    time).

    Parameters
    ----------
    env : Environment
        The bins.
    spike_times : sequence or mapping of array-like, each (n_spikes,)
        When each unit fired [s].
    times, positions : array-like, shapes (n_samples,) and (n_samples, n_dims)
        Where the animal was and when [s].
    **keywords
        As for `compute_place_fields`: `method`, `bandwidth`,
        `min_occupancy_seconds`, `speed`, `min_speed`, `max_gap`, `n_jobs`,
        `progress`.

    Returns
    -------
    ndarray of float64, shape (n_units,)
        From -1 to 1; NaN for a unit that did not fire in one of the halves.

    Raises
    ------
    ValueError
        If shapes differ, times do not increase, or a value makes no sense.
    TypeError
        If `spike_times` are those of a single unit.

    Examples
    --------
    >>> from neurospatial.samples import open_field, simulate_place_cells
    >>> path = open_field()
    >>> env = Environment.from_samples(path.positions, bin_size=5.0)
    >>> cells = simulate_place_cells(*path, n_cells=3, seed=1)
    >>> bool((compute_stability(env, cells.spike_times, *path) > 0.8).all())
    True
    """
    when = validate_times(times, len(validate_positions(positions, env.n_dims)))
    middle = (when[0] + when[-1]) / 2
    halves = np.array([[when[0], middle], [middle, when[-1]]])
    fields = compute_place_fields(env, spike_times, times, positions, windows=halves, **keywords)
    values = np.asarray(fields)
    return correlate_fields(values[:, 0], values[:, 1])
