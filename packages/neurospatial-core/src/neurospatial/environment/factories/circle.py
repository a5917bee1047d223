"""Directions, cut into bins of equal angle."""

import numpy as np

from neurospatial.errors import explain
from neurospatial.layouts import Circle
from neurospatial.layouts.circular.circle import FEWEST
from neurospatial.validate import validate_positive

_TURN = 2 * np.pi

_MOST = 1_000_000
"""Bins: more are taken for a mistake."""


def cut_circle(bin_size: float) -> Circle:
    """Cut the circle into bins of equal angle: `Environment.from_circle`."""
    why = "Bins are intervals of angle, in radians."
    how = ["Pass radians: bin_size=np.deg2rad(6)."]
    size = validate_positive(bin_size, "bin_size", why=why, how=how)
    # A turn that is a whole number of bins up to rounding gets no bin more.
    n_cells = np.ceil(_TURN / size - 1e-9)
    if FEWEST <= n_cells <= _MOST:
        return Circle(np.ones(int(n_cells), dtype=bool))
    if n_cells > _MOST:
        problem = f"bin_size {size:g} would make {n_cells:,.0f} bins; the most is {_MOST:,}."
        ways = how
    else:
        problem = f"bin_size is {size:g}, and a turn has {_TURN:.4g} radians."
        why = f"{why} A circle has {FEWEST} or more."
        degrees = f"These look like degrees: pass bin_size=np.deg2rad({size:g})."
        ways = [degrees] if np.deg2rad(size) <= _TURN / FEWEST else how
    raise ValueError(explain(problem, why, ways))
