"""What is checked of the user's fields and of what goes with them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.scene.source import Source

_SHAPE_WHY = "Every frame has one value for each bin of the environment."


def check_fields(source: Source, n_bins: int | None = None) -> None:
    """Raise unless the fields are real numbers of shape (n_frames, n_bins).

    Raises
    ------
    TypeError
        If the values are complex, objects or text.
    ValueError
        If the shape does not fit, or there is no frame.
    """
    if source.dtype.kind not in "fiub":
        raise TypeError(
            explain(
                f"fields have dtype {source.dtype}.",
                "Values become colours along a range, so they are real numbers.",
                ["Complex: pass np.abs(fields).", "Objects: convert with fields.astype(float)."],
            )
        )
    if len(source.shape) != 2 or n_bins not in (None, source.shape[1]):
        got = f"{source.shape[1:]}" if len(source.shape) > 1 else f"{source.shape} altogether"
        raise ValueError(
            explain(
                "All fields must have shape (n_bins,) matching environment: "
                f"n_bins is {n_bins or 'any'}, a field here has shape {got}.",
                _SHAPE_WHY,
                [
                    "Compute the fields with this environment.",
                    "One field only? Pass [field].",
                    "A 2-D map? Pass the values of its active bins.",
                ],
            )
        )
    if source.shape[0] == 0:
        raise ValueError(
            explain(
                "fields is empty: there is no frame to show.",
                "An animation has at least one frame.",
                ["Pass at least one field of shape (n_bins,)."],
            )
        )


def validate_frame_times(
    frame_times: ArrayLike | None, n_frames: int
) -> NDArray[np.float64] | None:
    """Read frame times, or raise.

    Raises
    ------
    ValueError
        If there is not one time per frame, or they do not increase.
    """
    if frame_times is None:
        return None
    times = np.asarray(frame_times, dtype=np.float64)
    if times.shape != (n_frames,):
        raise ValueError(
            explain(
                f"frame_times has shape {times.shape}, and there are {n_frames} frames.",
                "Each frame is recorded at one time.",
                [f"Pass {n_frames} times [s].", "Leave frame_times out."],
            )
        )
    if not np.isfinite(times).all():
        raise ValueError(
            explain(
                f"frame_times holds {int((~np.isfinite(times)).sum())} NaN or infinite values.",
                "Overlays are aligned by these times.",
                ["Pass finite times [s]."],
            )
        )
    wrong = np.flatnonzero(np.diff(times) <= 0)
    if len(wrong):
        i = int(wrong[0])
        raise ValueError(
            explain(
                f"frame_times are not monotonically increasing.\n  Found {len(wrong)} "
                f"non-monotonic points at indices: {wrong[:5].tolist()}.\n  First violation: "
                f"times[{i}] = {times[i]:g} >= times[{i + 1}] = {times[i + 1]:g}",
                "Overlays are aligned by these times, which needs strictly increasing ones.",
                ["Sort fields and times together.", "Remove duplicate times."],
            )
        )
    return times


def check_labels(labels: Sequence[str] | None, n_frames: int) -> None:
    """Raise unless there is one label per frame.

    Raises
    ------
    ValueError
        If the numbers differ.
    """
    if labels is not None and len(labels) != n_frames:
        raise ValueError(
            explain(
                f"frame_labels has {len(labels)} labels, and there are {n_frames} frames.",
                "Each frame is shown with its own label.",
                [f"Pass {n_frames} labels.", "Leave frame_labels out."],
            )
        )


def check_rate(name: str, value: float | None) -> None:
    """Raise unless a rate is a positive number.

    Raises
    ------
    ValueError
        If it is zero, negative, NaN or infinite.
    """
    if value is not None and not (np.isfinite(value) and value > 0):
        raise ValueError(
            explain(
                f"{name} is {value}.",
                "Frames are shown one after another, forwards.",
                [f"Pass a positive {name}; the usual one is {'30' if name == 'fps' else '1'}."],
            )
        )
