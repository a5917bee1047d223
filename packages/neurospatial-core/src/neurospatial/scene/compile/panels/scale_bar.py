"""How long a scale bar is."""

import numpy as np

from neurospatial.errors import explain
from neurospatial.scene.scene import View
from neurospatial.validate import to_number, validate_positive
from neurospatial.validate.numbers import Scalar

_LONGEST_BAR = 0.95
"""Share of the width of a view: a bar stands 1/20 from its right edge."""


def choose_scale_bar(wanted: bool | Scalar, view: View, units: str) -> float | None:
    """Choose the length of the bar: as given, or a round number near a fifth of the width.

    That of a view that moves is the least of all frames; no ticks say how large things are, so
    that it has a bar in any case.

    Raises
    ------
    ValueError
        If it is no positive number, or longer than the picture.
    """
    width, given = view.bounds[2] - view.bounds[0], to_number(wanted)
    if view.path is not None:
        width /= float(view.path.zoom.max())
        given = True if given is False else given
    if given is False:
        return None
    if given is not True:
        why = "It is the length of the bar, in environment units."
        how = ["Pass a positive length.", "Pass True for a round one, False for none."]
        length = validate_positive(wanted, "scale_bar", why=why, how=how)
        if length <= _LONGEST_BAR * width:
            return length
        raise ValueError(
            explain(
                f"scale_bar is {f'{length:g} {units}'.strip()}, and the picture is "
                f"{f'{width:g} {units}'.strip()} wide, its margin included.",
                "A bar that does not fit into the picture would be drawn shorter than it says.",
                ["Pass a shorter one, in environment units.", "Pass True for a round one."],
            )
        )
    fifth = width / 5
    power = 10.0 ** np.floor(np.log10(fifth))
    return float(max(step * power for step in (1, 2, 5) if step * power <= fifth))
