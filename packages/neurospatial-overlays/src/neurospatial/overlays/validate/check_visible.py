"""A warning: an overlay of which nothing is to be seen."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.validate import warn_user


def check_visible(xy: NDArray[np.floating], overlay: str) -> None:
    """Warn if no mark (n_frames, n_marks, 2) is drawn in any frame.

    Parameters
    ----------
    xy : ndarray, shape (n_frames, n_marks, 2)
        World coordinates; NaN where a mark is not drawn.
    overlay : str
        What the text calls the overlay.

    Warns
    -----
    UserWarning
        With the number of frames, and what may be the cause.
    """
    if np.isnan(xy).any(axis=-1).all():
        warn_user(
            f"{overlay}: nothing is drawn in any of {len(xy)} frames.\n"
            "  Its samples there are NaN, not trusted (min_confidence=), or farther apart than "
            "max_gap=;\n  of an arrow, also those of the animal it starts from."
        )
