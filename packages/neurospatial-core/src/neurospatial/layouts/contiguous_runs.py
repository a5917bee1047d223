"""Where the bins of a 1-D layout follow one another without a gap."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.layouts.protocol import Layout

_ROUNDING = 1e-6
"""Of the distance between centres: bins less far apart than this touch."""


def find_contiguous_runs(layout: Layout) -> tuple[NDArray[np.intp], ...]:
    """Find the bins of each stretch without a gap, in order along the axis.

    Parameters
    ----------
    layout : Layout
        A 1-D layout.

    Returns
    -------
    tuple of ndarray
        Bins of each stretch; every bin is in one. Two bins follow one another
        when they touch on the axis and are neighbours.

    Examples
    --------
    >>> from neurospatial.layouts import RegularGrid
    >>> grid = RegularGrid((np.arange(5.0),), np.array([True, True, False, True]))
    >>> find_contiguous_runs(grid)
    (array([0, 1]), array([2]))
    """
    centers = layout.bin_centers[:, 0]
    order = np.argsort(centers, kind="stable")
    if order.size == 1:  # Of no pairs, a sparse matrix gives no numbers.
        return (order,)
    before, after = order[:-1], order[1:]
    reach = (layout.bin_measures[before] + layout.bin_measures[after]) / 2
    touching = centers[after] - centers[before] <= reach * (1 + _ROUNDING)
    joined = np.asarray(layout.adjacency[before, after]).ravel() > 0
    return tuple(np.split(order, np.flatnonzero(~(touching & joined)) + 1))
