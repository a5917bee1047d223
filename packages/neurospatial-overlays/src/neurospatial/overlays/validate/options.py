"""Checks of options that several overlays have."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain, format_indices
from neurospatial.scene import OverlayContext
from neurospatial.validate import to_number, validate_positive


def validate_max_gap(overlay: str, max_gap: float | None) -> float | None:
    """Check that the longest bridged gap is a positive number [s], or None; infinity is one.

    Raises
    ------
    ValueError
        If it is not.
    """
    if max_gap is None or to_number(max_gap) == np.inf:
        return None if max_gap is None else np.inf
    return validate_positive(max_gap, "max_gap", unit="seconds", owner=overlay)


def validate_min_confidence(overlay: str, min_confidence: float) -> float:
    """Check that the least confidence of what is drawn is a finite number.

    Raises
    ------
    ValueError
        If it is not.
    """
    least = to_number(min_confidence)
    if isinstance(least, (int, float)) and np.isfinite(least):
        return float(least)
    raise ValueError(
        explain(
            f"{overlay}: min_confidence is {least!r}.",
            "Confidences are compared with it.",
            ["Pass a number, usually between 0 and 1.", "Leave it out."],
        )
    )


def check_no_nan(data: NDArray[np.float64], overlay: str) -> None:
    """Raise if any sample (n_samples, ...) is missing, for those who say `nan_ok=False`.

    Raises
    ------
    ValueError
        If there is a NaN.
    """
    wrong = np.flatnonzero(np.isnan(data.reshape(len(data), -1)).any(axis=1))
    if not len(wrong):
        return
    first = int(wrong[0])
    raise ValueError(
        explain(
            f"Found {len(wrong)} NaN/Inf values in {overlay} data at indices: "
            f"{format_indices(wrong)}.\n"
            f"  First invalid value at index {first}: {data[first].tolist()}",
            "nan_ok is False, and nothing can be placed at invalid coordinates.",
            [
                "Remove invalid samples: keep = np.isfinite(data).all(axis=1); "
                "data = data[keep]; times = times[keep]",
                "Leave nan_ok out: NaN samples are then gaps.",
            ],
        )
    )


def require_plane(context: OverlayContext, overlay: str) -> None:
    """Raise if the environment is drawn as a line.

    Raises
    ------
    ValueError
        If it is.
    """
    if context.n_dims == 1:
        raise ValueError(
            explain(
                f"{overlay} requires 2D environment.",
                "On a line of value over distance, directions in the plane have no meaning.",
                [
                    "Pass track='ribbon' to animate_fields: the track is then drawn in the plane.",
                    "Pass a PositionOverlay, which lines show too.",
                ],
            )
        )
