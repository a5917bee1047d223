"""A signal over time, in a strip under the picture."""

from dataclasses import KW_ONLY, dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.overlays.validate.options import validate_max_gap
from neurospatial.overlays.validate.samples import read_samples
from neurospatial.overlays.validate.timestamps import validate_overlapping_timestamps
from neurospatial.scene import Layer, OverlayContext, Trace, rgba
from neurospatial.validate import choose_max_gap, to_number, to_text, validate_positive

_CLASS = "TimeSeriesOverlay"
_MARGIN = 0.05
"""Fraction of the signal's range that is left free above and below it."""


@dataclass(eq=False)
class TimeSeriesOverlay:
    """A signal that scrolls under the picture, the current time in its middle.

    Speed, a local field potential, the error of a decoder: whatever has one value
    per sample. It is not resampled to the frames.

    Parameters
    ----------
    data : array-like, shape (n_samples,)
        NaN marks a gap.
    times : array-like, shape (n_samples,), optional
        On the data's clock [s], increasing; left out, there is one sample per field,
        or those of a Tsd of pynapple.
    label : str
        What it is, with its unit: ``"speed [cm/s]"``.
    color : str or tuple
        Any colour of matplotlib.
    window : float
        Seconds shown, half of them before the current frame.
    vmin, vmax : float, optional
        Values at the lower and the upper edge of the strip; left out, those of the
        whole signal and a twentieth of its range more.
    max_gap : float, optional
        Longest stretch without samples that a line is drawn across [s]; left out,
        one second or five usual intervals, whichever is longer.
    name : str
        What viewers list it as.

    Examples
    --------
    >>> from neurospatial.layouts import RegularGrid
    >>> grid = RegularGrid((np.arange(5.0), np.arange(3.0)), np.ones((4, 2), bool))
    >>> clock = np.arange(3.0)
    >>> context = OverlayContext(clock, clock, (0.0, 0.0, 4.0, 2.0), grid)
    >>> (speed,) = TimeSeriesOverlay([0.0, 20.0, 10.0], label="speed [cm/s]").layers(context)
    >>> speed.limits
    (-1.0, 21.0)
    """

    data: ArrayLike
    times: ArrayLike | None = None
    label: str = ""
    color: str | tuple[float, ...] = "tab:blue"
    window: float = 10.0
    vmin: float | None = None
    vmax: float | None = None
    _: KW_ONLY
    max_gap: float | None = None
    name: str = "Time series"

    def layers(self, context: OverlayContext) -> tuple[Layer, ...]:
        """Lower to one trace: the samples that any frame shows.

        Raises
        ------
        ValueError
            If data, times, window or limits are not as described, or no sample is a number.
        """
        values, given = read_samples(self.data, self.times, f"{_CLASS} data")
        _check_values(values)
        times = validate_overlapping_timestamps(given, len(values), context, _CLASS)
        window = validate_positive(self.window, "window", unit="seconds", owner=_CLASS)
        max_gap = validate_max_gap(_CLASS, self.max_gap)
        limits = self._resolve_limits(values)
        reach = np.array([-window, window]) / 2 + context.times[[0, -1]]
        # One more on each side: the line to it is seen.
        first = max(int(np.searchsorted(times, reach[0])) - 1, 0)
        last = int(np.searchsorted(times, reach[1], side="right")) + 1
        gap = choose_max_gap(times) if max_gap is None else max_gap
        shown = _break_at_gaps(times[first:last], values[first:last], gap)
        return (
            Trace(
                name=self.name,
                times=shown[0],
                values=shown[1],
                color=rgba(self.color),
                window=window,
                limits=limits,
                label=to_text(self.label, "label"),
                z=5.0,
            ),
        )

    def _resolve_limits(self, values: NDArray[np.float64]) -> tuple[float, float]:
        low, high = float(np.nanmin(values)), float(np.nanmax(values))
        margin = _MARGIN * (high - low) or max(1.0, _MARGIN * abs(high))
        vmin = low - margin if self.vmin is None else _to_float(self.vmin)
        vmax = high + margin if self.vmax is None else _to_float(self.vmax)
        if not -np.inf < vmin < vmax < np.inf:
            raise ValueError(
                explain(
                    f"The strip would run from {vmin:g} (vmin={self.vmin!r}) "
                    f"to {vmax:g} (vmax={self.vmax!r}).",
                    f"It runs upward; the signal lies between {low:g} and {high:g}.",
                    ["Swap or widen vmin and vmax.", "Leave one or both out."],
                )
            )
        return vmin, vmax


def _to_float(limit: float) -> float:
    number = to_number(limit)
    return float(number) if isinstance(number, (int, float)) else np.nan


def _check_values(values: NDArray[np.float64]) -> None:
    n_inf = np.count_nonzero(np.isinf(values))
    if values.ndim == 1 and not n_inf and np.isfinite(values).any():
        return
    n_nan = np.count_nonzero(np.isnan(values))
    raise ValueError(
        explain(
            f"{_CLASS} data have shape {values.shape}; {n_nan} values are NaN, {n_inf} are Inf.",
            "A line needs one number per sample, shape (n_samples,); NaN leaves a gap.",
            [
                "Pass one signal: data[:, 0]. Several signals are several overlays.",
                "Mask what is infinite: data[np.isinf(data)] = np.nan",
                "Leave the overlay out when there is nothing to show.",
            ],
        )
    )


def _break_at_gaps(
    times: NDArray[np.float64], values: NDArray[np.float64], max_gap: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Put a NaN into every gap, so that no line is drawn across it."""
    after = np.flatnonzero(np.diff(times) > max_gap) + 1
    middle = (times[after - 1] + times[after]) / 2
    return np.insert(times, after, middle), np.insert(values, after, np.nan)
