"""The timestamps of samples: one for each, finite and increasing."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.overlays.validate.check_overlap import check_overlap
from neurospatial.scene import OverlayContext
from neurospatial.validate import validate_times


def validate_overlapping_timestamps(
    times: ArrayLike | None, n_samples: int, context: OverlayContext, name: str
) -> NDArray[np.float64]:
    """Read the times of samples, or raise.

    Parameters
    ----------
    times : array-like, shape (n_samples,), or None
        On the data's clock [s]. None stands for one sample per field.
    n_samples : int
        How many samples they belong to.
    context : OverlayContext
    name : str
        What the texts call the overlay, such as its class.

    Returns
    -------
    ndarray, shape (n_samples,)
        Finite and strictly increasing [s].

    Raises
    ------
    ValueError
        If there is not one time per sample, the times do not increase, or none
        of them lies within those of the frames.

    Warns
    -----
    UserWarning
        If they span less than half of the frames, or look like another unit than seconds.

    Examples
    --------
    >>> from neurospatial.layouts import RegularGrid
    >>> grid = RegularGrid((np.arange(5.0), np.arange(3.0)), np.ones((4, 2), bool))
    >>> clock = np.arange(3) / 10
    >>> context = OverlayContext(clock, clock, (0.0, 0.0, 4.0, 2.0), grid)
    >>> validate_overlapping_timestamps(None, 3, context, "PositionOverlay")
    array([0. , 0.1, 0.2])
    """
    clock = validate_timestamps(times, n_samples, context, name)
    check_overlap(clock, context, name)
    return clock


def validate_timestamps(
    times: ArrayLike | None, n_samples: int, context: OverlayContext, name: str
) -> NDArray[np.float64]:
    """Read the times of samples, or raise; the frames may lie anywhere else.

    Raises
    ------
    ValueError
        If there is not one time per sample, or the times do not increase.
    """
    if times is None:
        return _take_field_times(n_samples, context, name)
    return validate_times(times, n_samples, owner=name, least=1)


def _take_field_times(n_samples: int, context: OverlayContext, name: str) -> NDArray[np.float64]:
    n_fields = len(context.field_times)
    if n_samples == n_fields:
        return context.field_times
    raise ValueError(
        explain(
            f"{name} has {n_samples} samples without times, and there are {n_fields} fields.",
            "Without times, each field has one sample: their numbers must be equal.",
            [
                "Pass times= [s], one per sample; animate_fields takes frame_times= [s].",
                f"Pass {n_fields} samples.",
            ],
        )
    )
