"""Fewer frames of a long recording."""

from collections.abc import Mapping
from typing import Literal, TypeVar

import numpy as np

from neurospatial.errors import explain
from neurospatial.validate import validate_choice

T = TypeVar("T")


def subsample_frames(
    frames: T,
    source_fps: float,
    target_fps: float,
    *,
    method: Literal["stride", "nearest"] = "stride",
) -> T:
    """Keep fewer frames, so that a fast recording plays at a slower rate.

    Parameters
    ----------
    frames : array or sequence, or mapping of these
        Frames along the first axis. A memory-mapped array is not read.
    source_fps, target_fps : float
        Frames per second before and after, ``0 < target_fps <= source_fps``.
    method : {"stride", "nearest"}
        "stride" keeps every ``int(source_fps // target_fps)``-th frame: for
        arrays a view, but its true rate is only near `target_fps` when the
        ratio is not whole (250 to 30 fps keeps every 8th frame, 31.25 fps).
        "nearest" keeps the frame nearest in time to each tick of `target_fps`,
        which is exact on average and copies.

    Returns
    -------
    array or sequence
        Of the same type as `frames`.

    Raises
    ------
    ValueError
        If a rate is not positive, or `target_fps` is above `source_fps`.

    Examples
    --------
    >>> len(subsample_frames(np.zeros((250, 4)), source_fps=250, target_fps=30))
    32
    >>> len(subsample_frames(np.zeros((250, 4)), 250, 30, method="nearest"))
    30
    """
    if not (0 < target_fps <= source_fps and np.isfinite(source_fps)):
        raise ValueError(
            explain(
                f"source_fps is {source_fps:g} and target_fps is {target_fps:g}.",
                "Subsampling leaves frames out; it cannot make new ones.",
                ["Pass 0 < target_fps <= source_fps, both in frames per second."],
            )
        )
    validate_choice(
        method,
        ("stride", "nearest"),
        "method",
        "There are two ways to choose the frames that stay.",
        how=["Pass method='stride' for a view.", "Pass method='nearest' for an exact rate."],
    )
    if isinstance(frames, Mapping):
        kept = {
            name: subsample_frames(one, source_fps, target_fps, method=method)
            for name, one in frames.items()
        }
        return kept  # type: ignore[return-value]
    if method == "stride":
        return frames[:: int(source_fps // target_fps)]  # type: ignore[index,no-any-return]
    n_frames = len(frames)  # type: ignore[arg-type]
    ticks = np.arange(0, n_frames / source_fps, 1 / target_fps)
    index = np.unique(np.clip(np.rint(ticks * source_fps).astype(np.intp), 0, n_frames - 1))
    if isinstance(frames, (list, tuple)):
        return type(frames)(frames[i] for i in index)
    return frames[index]  # type: ignore[index,no-any-return]
