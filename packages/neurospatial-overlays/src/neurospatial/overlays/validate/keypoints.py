"""Keypoints as they were recorded: read, checked, and on their clocks."""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain, suggest_name
from neurospatial.overlays.validate.options import check_no_nan
from neurospatial.overlays.validate.samples import read_samples
from neurospatial.overlays.validate.timestamps import validate_timestamps
from neurospatial.scene import OverlayContext
from neurospatial.validate import to_real_array, warn_user

_CLASS = "BodypartOverlay"

_MOST_LEFT_OUT = 0.5
"""Fraction of a keypoint's samples: with more left out it is rather not seen."""

_FEWEST_SCORES = 10
"""Samples: fewer are an example, not a recording."""

Samples = dict[str, NDArray[np.float64]]
"""Of each keypoint, as they were recorded."""

Times = ArrayLike | Mapping[str, ArrayLike] | None
"""One clock for all keypoints, one for each, or one sample per field."""


def read_keypoints(data: Mapping[str, ArrayLike], times: Times) -> tuple[Samples, Times]:
    """Read keypoints as numbers; those of pynapple bring their times where none are given.

    Raises
    ------
    TypeError
        If `data` is not a mapping, or holds what is no real numbers.
    ValueError
        If it is empty.
    """
    if not isinstance(data, Mapping):
        raise TypeError(
            explain(
                f"{_CLASS} data is a {type(data).__name__}.",
                "Each keypoint has a name.",
                ["Pass a dict: {'nose': nose, 'tail_base': tail}, each (n_samples, 2)."],
            )
        )
    if not data:
        raise ValueError(
            explain(
                f"{_CLASS} data has no keypoint.",
                "A pose is drawn from at least one.",
                ["Pass a dict: {'nose': nose, 'tail_base': tail}, each (n_samples, 2)."],
            )
        )
    samples, clocks = {}, {}
    for part, recorded in data.items():
        samples[part], clock = read_samples(recorded, None, f"{part!r} of {_CLASS} data")
        if clock is not None:
            clocks[part] = clock
    return samples, (clocks or None) if times is None else times


def validate_keypoints(samples: Samples, context: OverlayContext, nan_ok: bool) -> Samples:
    """Convert the samples of each keypoint to places, (n_samples, k), or raise.

    Raises
    ------
    ValueError
        If a shape does not match the environment, or a value is infinite, or NaN
        where that is not allowed.
    """
    places = {}
    for part, recorded in samples.items():
        places[part] = context.to_drawable_coordinates(recorded, f"{part!r} of {_CLASS} data")
        if not nan_ok:
            check_no_nan(recorded, f"{part!r} of {_CLASS}")
    return places


def validate_keypoint_timestamps(
    times: Times,
    lengths: Mapping[str, int],
    context: OverlayContext,
) -> dict[str, NDArray[np.float64]]:
    """Read the clock of each keypoint, or raise.

    Parameters
    ----------
    times : array-like, mapping of str to array-like, or None
        One clock for all, one for each, or one sample per field [s].
    lengths : mapping of str to int
        Number of samples of each keypoint.
    context : OverlayContext

    Raises
    ------
    ValueError
        If numbers of samples differ on one clock, keypoints and clocks do not
        have the same names, or a clock cannot be used.
    """
    if isinstance(times, Mapping):
        check_keypoint_names("times", times, lengths)
        missing = [part for part in lengths if part not in times]
        if missing:
            raise ValueError(
                explain(
                    f"{_CLASS} times have no clock for {missing}.",
                    "With a clock per keypoint, every keypoint has one.",
                    ["Pass times for each keypoint.", "Pass one array, the clock of them all."],
                )
            )
        return {
            part: validate_timestamps(times[part], n_samples, context, f"{part!r} of {_CLASS}")
            for part, n_samples in lengths.items()
        }
    if len(set(lengths.values())) > 1:
        raise ValueError(
            explain(
                f"Keypoints have unequal numbers of samples: {dict(lengths)}.",
                "They share one clock, so each has one sample per time.",
                [
                    "Pass keypoints of one length; NaN marks where one is not seen.",
                    "Pass a clock per keypoint: times={'nose': nose_times, ...}",
                ],
            )
        )
    clock = validate_timestamps(times, next(iter(lengths.values())), context, _CLASS)
    return dict.fromkeys(lengths, clock)


def mask_low_confidence(
    places: Samples, confidence: Mapping[str, ArrayLike] | None, threshold: float
) -> Samples:
    """Mask samples of keypoints whose confidence (n_samples,) is below a threshold, or NaN.

    Raises
    ------
    ValueError
        If a name is not that of a keypoint, or there is not one value per sample.
    """
    check_keypoint_names("confidence", confidence or {}, places)
    masked = dict(places)
    for part, values in (confidence or {}).items():
        scores = to_real_array(values, f"Confidence of {part!r}")
        if scores.shape != (len(places[part]),):
            raise ValueError(
                explain(
                    f"Confidence of {part!r} has shape {scores.shape}, and it has "
                    f"{len(places[part])} samples.",
                    "Each sample of a keypoint has one confidence.",
                    [f"Pass {len(places[part])} values.", "Leave this keypoint out."],
                )
            )
        masked[part] = np.where((scores >= threshold)[:, np.newaxis], places[part], np.nan)
    return masked


def warn_of_low_confidence(
    confidence: Mapping[str, ArrayLike] | None, threshold: float, name: str
) -> None:
    """Warn if most samples of a keypoint are not drawn for their confidence (n_samples,).

    Warns
    -----
    UserWarning
        With the keypoint that loses most, and its median.
    """
    left_out: dict[str, tuple[float, float]] = {}
    for part, values in (confidence or {}).items():
        scores = to_real_array(values, f"Confidence of {part!r}")
        known = scores[np.isfinite(scores)]
        share = float(np.mean(known < threshold)) if len(known) >= _FEWEST_SCORES else 0.0
        if share > _MOST_LEFT_OUT:
            left_out[part] = share, float(np.median(known))
    if not left_out:
        return
    part = max(left_out, key=lambda part: left_out[part][0])
    share, median = left_out[part]
    others = f", and most of {len(left_out) - 1} more keypoints," if len(left_out) > 1 else ""
    warn_user(
        f"{name}: {100 * share:.3g} % of the samples of {part!r}{others} are not drawn: their "
        f"confidence is below min_confidence={threshold:g}, the median {median:.3g}.\n  Not all "
        "programs give probabilities: pass a lower min_confidence=, or 0 to draw all."
    )


def check_keypoint_names(what: str, given: Iterable[str], parts: Iterable[str]) -> None:
    """Raise if an option names a keypoint that there is not.

    Raises
    ------
    ValueError
        With the nearest name.
    """
    known = list(parts)
    for part in given:
        if part not in known:
            raise ValueError(
                explain(
                    f"{_CLASS}: {what} names {part!r}.{suggest_name(str(part), known)}",
                    f"The keypoints are {known}.",
                    [f"Name in {what} only keypoints that are in data."],
                )
            )
