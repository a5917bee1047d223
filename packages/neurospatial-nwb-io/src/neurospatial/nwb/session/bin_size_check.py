"""A guess: a bin size meant in another unit than that of the positions."""

from collections.abc import Sequence

import numpy as np

from neurospatial.errors import explain
from neurospatial.nwb.read.position import Positions

_FEWEST = 4
"""Along an arena of fewer bins no field has a shape."""
_LIKELY = (8, 400)
"""So many bins along an arena are usual."""
_SMALLER = {"m": ("cm", 100.0), "mm": ("cm", 0.1), "cm": ("m", 0.01), "": ("cm", 100.0)}
"""By the unit of the positions, the one a bin size is likely meant in, and how many it has."""


def check_bin_size(positions: Positions, bin_size: float | Sequence[float]) -> None:
    """Raise where bins would be so large or small that another unit was meant.

    Raises
    ------
    ValueError
        With the size of the bins, that of the arena, and both ways to mend it.

    Examples
    --------
    >>> places = np.array([[0.0, 0.0], [0.9, 0.8]])
    >>> check_bin_size(Positions("p", np.arange(2.0), places, "xy", "m"), 0.02)
    """
    size = float(np.max(bin_size))
    widest = max(positions.spans)
    if not (size > 0 and widest > 0):
        return  # The environment says what is wrong.
    along = widest / size
    smallest = float(np.prod([max(span / size, 1.0) for span in positions.spans]))
    if along >= _FEWEST and smallest <= max(len(positions.times), 100_000):
        return
    meant, factor = _SMALLER.get(positions.units, ("", 1.0))
    if not _LIKELY[0] <= along * factor <= _LIKELY[1]:
        if not positions.units and _LIKELY[0] <= along * 0.01 <= _LIKELY[1]:
            meant, factor = "m", 0.01
        else:
            return
    raise _make_unit_error(positions, size, meant, factor)


def _make_unit_error(positions: Positions, size: float, meant: str, factor: float) -> ValueError:
    extent = " × ".join(f"{span:.3g}" for span in positions.spans)
    own = positions.units
    if own:
        how = [
            f"Pass bin_size={size / factor:g} ({size:g} {meant}).",
            f"Have the positions in {meant}, with convert_to={meant!r} where the session is read.",
        ]
        where = f"{extent} {own}"
    else:
        likely = "m" if meant == "cm" else "cm"
        how = [
            f"If they are in {likely}, have them in {meant}, with units={likely!r}, "
            f"convert_to={meant!r} where the session is read.",
            f"Pass bin_size={size / factor:g}, in the unit of the positions.",
        ]
        where = f"{extent}, in a unit that the file does not say"
    return ValueError(
        explain(
            f"bin_size is {size:g}, and the positions span {where}.",
            f"{size:g} {meant} would be a usual size here; bins are measured in the unit of "
            "the positions.",
            how,
        )
    )
