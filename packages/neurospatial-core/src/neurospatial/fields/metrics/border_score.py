"""The border score: whether a unit fires along a wall."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment import Environment
from neurospatial.fields.detection import detect_fields
from neurospatial.fields.metrics.field_stack import require_plane, to_image_stack
from neurospatial.validate import validate_limit

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

_FRACTION = 0.3
"""Of the peak: what a firing field rises above, as in Solstad et al. (2008)."""


class _Walls(NamedTuple):
    """The four sides of a picture of bins."""

    cells: tuple[Mask, Mask, Mask, Mask]
    """The bins along each, (n_x, n_y): the outermost of every row, or column, from that side."""
    distance: Floats
    """How far the middle of each bin is from the nearest, along its row or column (n_x, n_y)."""
    half_side: float
    """Half the shortest side of the box around the bins."""


def compute_border_score(env: Environment, fields: ArrayLike, *, min_size: float = 0.0) -> Floats:
    """Compute how much each unit fires along a wall and nowhere else, from -1 to 1.

    ``(c - d) / (c + d)`` with c the largest share of a wall that one firing field
    covers, and d the mean distance of the firing from the nearest wall, weighted
    by the rate, over half the shortest side (Solstad et al., Science 322:1865,
    2008). Firing fields are connected bins above 0.3 of the peak. The walls are
    the outermost bins with a rate, seen from each of four sides.

    Parameters
    ----------
    env : Environment
        In the plane; its bins are cells of one size on a grid.
    fields : array-like, shape (n_bins,) or (…, n_bins)
        Firing rates [Hz]; bins that are NaN are not there.
    min_size : float
        Area of the smallest firing field that counts, in environment units
        squared; Solstad et al. took 200 cm².

    Returns
    -------
    ndarray of float64, shape (…)
        NaN for a unit without a firing field.

    Raises
    ------
    ValueError
        If the environment is no such plane, the fields do not fit, or `min_size`
        is negative.

    Examples
    --------
    >>> env = Environment.from_mask(np.ones((10, 10), bool), [range(11), range(11)])
    >>> at_wall = (env.bin_centers[:, 0] < 1) * 8.0
    >>> float(compute_border_score(env, at_wall).round(6))
    0.818182
    """
    require_plane(env)
    why, how = "Smaller firing fields count for nothing.", ["Pass min_size=200.0, in cm²."]
    least = validate_limit(min_size, "min_size", why, how)
    images, leading = to_image_stack(env, fields)
    [order], _ = to_image_stack(env, np.arange(env.n_bins))
    cells = np.flatnonzero(~np.isnan(order))
    known = ~np.isnan(images)
    scores = np.full(len(images), np.nan)
    for number in np.flatnonzero(known.any(axis=(1, 2))):
        if number == 0 or not np.array_equal(known[number], known[number - 1]):
            walls = _find_walls(known[number], np.array(env.bin_size))
        rates = images[number].ravel()[cells]
        found = detect_fields(env, rates, fraction=_FRACTION)
        firing = [cells[one.bins] for one in found if one.size >= least]
        scores[number] = _compute_score(images[number], walls, firing) if firing else np.nan
    return scores.reshape(leading)


def _find_walls(has_rate: Mask, sizes: Floats) -> _Walls:
    sides, ways = [], []
    for axis in (0, 1):
        for from_end in (False, True):
            seen = np.flip(has_rate, axis) if from_end else has_rate
            # Counted from the side, 1 at the first bin with a rate.
            place = np.cumsum(np.ones(has_rate.shape), axis=axis)
            first = np.expand_dims(seen.argmax(axis=axis), axis) + 1
            away = (place - first + 0.5) * sizes[axis]
            outermost = (place == first) & seen
            sides.append(np.flip(outermost, axis) if from_end else outermost)
            ways.append(np.flip(away, axis) if from_end else away)
    extent = [np.ptp(np.flatnonzero(has_rate.any(axis=1 - axis))) + 1 for axis in (0, 1)]
    half = float((np.array(extent) * sizes).min()) / 2
    left, right, bottom, top = sides
    return _Walls((left, right, bottom, top), np.minimum.reduce(ways), half)


def _compute_score(image: Floats, walls: _Walls, firing: list[NDArray[np.intp]]) -> float:
    """Compute the score of a picture (n_x, n_y) whose firing fields are these cells."""
    covered = np.zeros((len(firing), image.size), dtype=bool)
    for row, cells in zip(covered, firing, strict=True):
        row[cells] = True
    coverage = max(float(covered[:, side.ravel()].mean(axis=1).max()) for side in walls.cells)
    inside = covered.any(axis=0)
    rates = image.ravel()[inside]
    # Over the highest rate: sums of any rates then stay in the range of a double.
    away = np.average(walls.distance.ravel()[inside], weights=rates / rates.max())
    distance = float(away) / walls.half_side
    return (coverage - distance) / (coverage + distance)
