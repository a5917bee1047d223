"""Where an animal is."""

from dataclasses import KW_ONLY, dataclass
from numbers import Integral

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.overlays.trajectory import Trajectory
from neurospatial.overlays.validate.check_bounds import check_bounds
from neurospatial.overlays.validate.check_overlap import check_overlap
from neurospatial.overlays.validate.check_visible import check_visible
from neurospatial.overlays.validate.check_zeros import check_zeros
from neurospatial.overlays.validate.options import check_no_nan, validate_max_gap
from neurospatial.overlays.validate.samples import read_samples
from neurospatial.overlays.validate.timestamps import validate_timestamps
from neurospatial.scene import RGBA, Coordinates, Layer, OverlayContext, Points, Segments, rgba
from neurospatial.validate import compute_usual_interval, validate_positive

_CLASS = "PositionOverlay"
_LINE_WIDTH = 1.5
"""Of the upright line over a track [points]: thinner than its mark."""


@dataclass(eq=False)
class PositionOverlay:
    """A round mark where the animal is, with a fading trail when asked.

    On a track drawn as a line, the mark stands on the axis of distance, and an
    upright line over it.

    Parameters
    ----------
    data : array-like, shape (n_samples, 2), or (n_samples,) along a track
        In environment units; NaN marks a gap. On a track, distances or places
        in the plane.
    times : array-like, shape (n_samples,), optional
        On the data's clock [s], increasing. Left out, there is one sample per field;
        a TsdFrame of pynapple has times of its own.
    color : str or tuple
        Any colour of matplotlib.
    size : float
        Diameter in points.
    trail_length : int, optional
        How many past frames the trail reaches back; in seconds it is `trail`. With
        neither, there is none.
    name : str
        What viewers list it as.
    max_gap : float, optional
        Longest stretch without samples that is bridged [s]; left out, one second,
        or five usual intervals between samples where that is longer.
    nan_ok : bool
        Whether NaN samples are gaps; if not, they are an error.
    trail : float, optional
        How far the trail reaches back [s], on the data's clock: as many frames as
        usually take that long, none where they lie farther apart. Not together with
        `trail_length`.

    Examples
    --------
    >>> from neurospatial.layouts import RegularGrid
    >>> grid = RegularGrid((np.arange(5.0), np.arange(3.0)), np.ones((4, 2), bool))
    >>> clock = np.array([0.0, 0.5, 1.0])
    >>> context = OverlayContext(clock, clock, (0.0, 0.0, 4.0, 2.0), grid)
    >>> (mark,) = PositionOverlay([(0, 0), (4, 2)], times=[0, 1]).layers(context)
    >>> mark.xy[:, 0]
    array([[0., 0.],
           [2., 1.],
           [4., 2.]], dtype=float32)
    """

    data: ArrayLike
    times: ArrayLike | None = None
    color: str | tuple[float, ...] = "red"
    size: float = 10.0
    trail_length: int | None = None
    _: KW_ONLY
    name: str = "Position"
    max_gap: float | None = None
    nan_ok: bool = True
    trail: float | None = None

    def layers(self, context: OverlayContext) -> tuple[Layer, ...]:
        """Lower to points; on a line, to an upright line as well.

        Raises
        ------
        ValueError
            If data, times or an option are not as described, or no sample lies
            within the times of the frames.

        Warns
        -----
        UserWarning
            If the samples cover less than half of the frames, look like another
            unit, lie outside the environment, or none is to be seen.
        """
        validate_positive(self.size, "size", unit="points", owner=_CLASS)
        trail, color = self._count_trail_frames(context), rgba(self.color)
        samples, times = read_samples(self.data, self.times, f"{_CLASS} data")
        trajectory = self._make_trajectory(samples, times, context)
        check_overlap(trajectory.times, context, _CLASS)
        check_zeros([samples], _CLASS)
        check_bounds([samples], context, _CLASS)
        xy = context.to_world(trajectory.interpolate(context.times)).astype(context.dtype)[
            :, np.newaxis
        ]
        check_visible(xy, _CLASS)
        mark = Points(
            name=self.name, xy=xy, color=color, size=float(self.size), trail=trail, z=3.0
        )
        if context.n_dims == 1:
            return self._make_upright_line(xy, context.bounds[3], color), mark
        return (mark,)

    def to_trajectory(self, context: OverlayContext) -> Trajectory:
        """Return where the animal is, on the clock of the tracking.

        Raises
        ------
        ValueError
            If data, times or `max_gap` are not as described.
        """
        samples, times = read_samples(self.data, self.times, f"{_CLASS} data")
        return self._make_trajectory(samples, times, context)

    def _make_trajectory(
        self, samples: NDArray[np.float64], times: ArrayLike | None, context: OverlayContext
    ) -> Trajectory:
        max_gap = validate_max_gap(_CLASS, self.max_gap)
        places = context.to_drawable_coordinates(samples, f"{_CLASS} data")
        if not self.nan_ok:
            check_no_nan(samples, _CLASS)
        return Trajectory(
            validate_timestamps(times, len(places), context, _CLASS), places, max_gap
        )

    def _count_trail_frames(self, context: OverlayContext) -> int:
        if self.trail is not None:
            if self.trail_length is not None:
                raise ValueError(_explain_two_trails(self.trail, self.trail_length))
            seconds = validate_positive(self.trail, "trail", unit="seconds", owner=_CLASS)
            interval = compute_usual_interval(context.times)
            return round(min(seconds / interval, context.n_frames)) if interval else 0
        length = 0 if self.trail_length is None else self.trail_length
        if not isinstance(length, Integral) or length < 0:
            raise ValueError(
                explain(
                    f"{_CLASS}: trail_length is {length!r}.",
                    "A trail reaches back over a whole number of frames.",
                    ["Pass a number such as trail_length=10.", "Leave it out for no trail."],
                )
            )
        return int(length)

    def _make_upright_line(self, feet: Coordinates, top: float, color: RGBA) -> Segments:
        heads = feet.copy()
        heads[..., 1] = top
        return Segments(
            name=f"{self.name} line",
            start=feet,
            stop=heads,
            color=color,
            width=_LINE_WIDTH,
            z=3.0,
        )


def _explain_two_trails(trail: float, trail_length: int) -> str:
    return explain(
        f"{_CLASS}: trail={trail!r} [s] and trail_length={trail_length!r} [frames] are given.",
        "Each says how far the trail reaches back.",
        ["Pass trail= alone, in seconds.", "Pass trail_length= alone, in frames."],
    )
