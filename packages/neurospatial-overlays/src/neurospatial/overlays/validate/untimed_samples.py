"""Samples of keypoints that have no time: they belong to no frame, and are left out."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.overlays.validate.keypoints import Samples, Times
from neurospatial.validate import to_real_array, to_seconds

Confidence = Mapping[str, ArrayLike]


@dataclass(frozen=True, eq=False)
class TimedKeypoints:
    """Keypoints whose samples have a time, and what was left out for it.

    Parameters
    ----------
    samples : dict of str to ndarray, shape (n_samples, ...)
    times : array-like, mapping of str to array-like, or None
    confidence : mapping of str to array-like, shape (n_samples,)
    left_out : tuple of str
        What texts say of each clock that lacks times.
    """

    samples: Samples
    times: Times
    confidence: Confidence
    left_out: tuple[str, ...] = ()


def leave_out_untimed(
    samples: Samples, times: Times, confidence: Confidence | None, owner: str
) -> TimedKeypoints:
    """Leave out the samples whose time is NaN, as where a camera's clock missed a frame.

    A keypoint of which none is left, or that has none, becomes one that is never seen, as
    long as there is another. What is wrong otherwise is left for the checks that follow.

    Parameters
    ----------
    samples : dict of str to ndarray, shape (n_samples, ...)
        By keypoint.
    times : array-like, mapping of str to array-like, or None
        One clock for all, one for each, or one sample per field [s].
    confidence : mapping of str to array-like, shape (n_samples,), or None
    owner : str
        What the text calls the overlay.

    Examples
    --------
    >>> timed = leave_out_untimed({"nose": np.eye(3, 2)}, [0.0, np.nan, 2.0], None, "Pose")
    >>> timed.times, timed.left_out
    (array([0., 2.]), ('1 of 3 samples have no time (NaN)',))
    """
    scores = {
        part: to_real_array(x, f"Confidence of {part!r}") for part, x in (confidence or {}).items()
    }
    whole = TimedKeypoints(samples, times, confidence or {})
    if times is None:
        return whole
    if not isinstance(times, Mapping):
        kept = _find_timed(times, {len(places) for places in samples.values()}, owner)
        if kept is None or not kept.any():
            return whole
        clock = to_seconds(times, owner)[kept]
        said = (_describe(kept),)
        return TimedKeypoints(
            {part: places[kept] for part, places in samples.items()},
            clock,
            {part: _select(x, kept) for part, x in scores.items()},
            said,
        )
    return _leave_out_by_clock(samples, times, scores, owner) or whole


def _leave_out_by_clock(
    samples: Samples, times: Mapping[str, ArrayLike], scores: Samples, owner: str
) -> TimedKeypoints | None:
    """Leave out by the clock of each keypoint; None where there is nothing to leave out."""
    kept = {
        part: _find_timed(times[part], {len(places)}, owner)
        for part, places in samples.items()
        if part in times
    }
    mended = {part: chosen for part, chosen in kept.items() if chosen is not None}
    seen = [part for part in samples if part not in mended or mended[part].any()]
    if not mended or not seen:
        return None
    places, clocks, left_out = dict(samples), dict(times), []
    some_time = float(np.nanmin([np.nanmin(to_seconds(times[part], part)) for part in seen]))
    for part, chosen in mended.items():
        left_out.append(_describe(chosen, f" of {part!r}"))
        places[part], clocks[part] = samples[part][chosen], to_seconds(times[part], part)[chosen]
        if part in scores:
            scores[part] = _select(scores[part], chosen)
        if not chosen.any():
            places[part] = np.full((1, *samples[seen[0]].shape[1:]), np.nan)
            clocks[part] = np.array([some_time])
            if part in scores:
                scores[part] = np.ones(1)
    return TimedKeypoints(places, clocks, scores, tuple(left_out))


def _find_timed(times: ArrayLike, lengths: set[int], owner: str) -> NDArray[np.bool_] | None:
    """Find the samples that have a time; None where all have, or the clock fits none of them."""
    clock = to_seconds(times, f"{owner} times")
    if clock.ndim != 1 or lengths != {clock.size}:
        return None
    timed = ~np.isnan(clock)
    return None if clock.size and timed.all() else timed


def _describe(kept: NDArray[np.bool_], of: str = "") -> str:
    if not kept.size:
        return f"there is no sample{of}"
    return f"{(~kept).sum()} of {kept.size} samples{of} have no time (NaN)"


def _select(scores: NDArray[np.float64], kept: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Select the scores of samples that are kept; of another shape they are left as they are."""
    return scores[kept] if scores.shape == kept.shape else scores
