"""What is checked of the clocks of several panels."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.scene.compile.panel_spec import PanelClock
from neurospatial.validate.time_unit import compute_likeness
from neurospatial.validate.user_warning import warn_user

_LIKELY = 0.5
"""Share that two clocks have in common, one in ms, from which on that explains them."""


def refuse_no_frames(clocks: Sequence[PanelClock], names: Sequence[str]) -> None:
    """Raise if a panel has no frame."""
    for clock, name in zip(clocks, names, strict=True):
        if clock.n_frames < 1:
            raise ValueError(
                explain(
                    f"{name!r} has no frame.",
                    "A panel shows at least one.",
                    ["Check what it was made of.", "Leave it out."],
                )
            )


def refuse_unknown_times(clocks: Sequence[PanelClock], names: Sequence[str]) -> None:
    """Raise unless every panel says when its frames were recorded."""
    if all(clock.times is not None for clock in clocks):
        return
    lengths = {name: clock.n_frames for name, clock in zip(names, clocks, strict=True)}
    raise ValueError(
        explain(
            f"The panels have different numbers of frames: {lengths}.",
            "Without times, a frame of one panel belongs to one of every other.",
            [
                "Pass sequences of the same length.",
                "Pass frame_times= for each panel: they are then aligned by time.",
                "Animate them one by one.",
            ],
        )
    )


def check_spans(spans: Mapping[str, NDArray[np.float64]], is_aligned: bool) -> None:
    """Refuse panels of no common time, and warn of a clock in milliseconds.

    Parameters
    ----------
    spans : mapping of str to ndarray, shape (2,)
        First and last time of each panel [s].
    is_aligned : bool
        Whether the user said how their clocks belong together.
    """
    guess = _guess_milliseconds(spans)
    apart = _find_apart(spans)
    if apart is not None and not is_aligned:
        (one, (a, b)), (other, (c, d)) = ((name, spans[name]) for name in apart)
        raise ValueError(
            explain(
                f"{one!r} was recorded from {a:.12g} to {b:.12g} s, and {other!r} from "
                f"{c:.12g} to {d:.12g} s: at no time both.",
                "Side by side, panels show what was recorded at the same time.",
                [
                    *([guess] if guess else []),
                    "Pass align='start' to lay the beginnings side by side.",
                    f"Pass align={{{one!r}: {a:.12g}, {other!r}: {c:.12g}}} to lay a time of "
                    "each at 0.",
                    "Pass align='clock' to show one after the other.",
                ],
            )
        )
    if guess:
        long, short = (choose(spans, key=lambda n: _span(spans[n])) for choose in (max, min))
        warn_user(
            f"Panel {long!r} spans {_span(spans[long]):.6g} s, and panel {short!r} "
            f"{_span(spans[short]):.6g} s.\n  {guess}"
        )


def _find_apart(spans: Mapping[str, NDArray[np.float64]]) -> tuple[str, str] | None:
    """Find two panels that follow one another with a gap; None where all times are covered."""
    ordered = sorted(spans, key=lambda name: float(spans[name][0]))
    latest = ordered[0] if ordered else ""
    for name in ordered[1:]:
        if spans[name][0] > spans[latest][1]:
            return latest, name
        latest = max(latest, name, key=lambda n: float(spans[n][1]))
    return None


def _guess_milliseconds(spans: Mapping[str, NDArray[np.float64]]) -> str:
    """Guess that the longest clock is in ms and the shortest in s; empty where it is not so."""
    if len(spans) < 2:
        return ""
    long, short = (choose(spans, key=lambda n: _span(spans[n])) for choose in (max, min))
    if not _span(spans[short]) or compute_likeness(spans[long] / 1000, spans[short]) < _LIKELY:
        return ""
    return f"If the times of {long!r} are milliseconds, pass times / 1000."


def _span(ends: NDArray[np.float64]) -> float:
    return float(ends[1] - ends[0])
