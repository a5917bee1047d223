"""Which way an animal's head points."""

from dataclasses import KW_ONLY, dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.overlays.alignment import interpolated_angles
from neurospatial.overlays.anchor import resolve_anchor
from neurospatial.overlays.position import PositionOverlay
from neurospatial.overlays.validate.angles import to_angles
from neurospatial.overlays.validate.check_overlap import check_overlap
from neurospatial.overlays.validate.check_visible import check_visible
from neurospatial.overlays.validate.options import (
    check_no_nan,
    require_plane,
    validate_max_gap,
)
from neurospatial.overlays.validate.samples import read_samples
from neurospatial.overlays.validate.timestamps import validate_timestamps
from neurospatial.scene import Layer, OverlayContext, Segments, rgba
from neurospatial.validate import validate_positive, warn_user

_CLASS = "HeadDirectionOverlay"

_PER_SIDE = 0.2
"""Length of an arrow over the longer side of the environment, seen from afar."""


@dataclass(eq=False)
class HeadDirectionOverlay:
    """An arrow from the animal, the way its head points.

    It starts where the animal is: at its `anchor`; else at the PositionOverlay of
    the scene, where there are several of both at the one of the same rank; else
    at the mean of a BodypartOverlay's keypoints. In a scene with none of these,
    it starts at the centre of the environment.

    Parameters
    ----------
    data : array-like, shape (n_samples,) or (n_samples, 2)
        Angles [rad], 0 along +x and counter-clockwise, in any winding; or unit
        vectors, whose length does not matter. NaN, and vectors of no length, mark gaps.
    times : array-like, shape (n_samples,), optional
        On the data's clock [s], increasing. Left out, there is one sample per field;
        a Tsd or TsdFrame of pynapple has times of its own.
    color : str or tuple
        Any colour of matplotlib.
    length : float, optional
        Of the arrow, in environment units; left out, a fifth of the environment's
        longer side: 20 in an arena of 100.
    anchor : PositionOverlay, optional
        Where it starts, drawn or not.
    max_gap : float, optional
        Longest stretch without samples that is bridged [s]; left out, one second,
        or five usual intervals between samples where that is longer.
    nan_ok : bool
        Whether NaN samples are gaps; if not, they are an error.
    width : float
        In points.
    name : str
        What viewers list it as.

    Examples
    --------
    >>> from neurospatial.layouts import RegularGrid
    >>> grid = RegularGrid((np.arange(5.0), np.arange(3.0)), np.ones((4, 2), bool))
    >>> clock = np.array([0.0, 0.5, 1.0])
    >>> context = OverlayContext(clock, clock, (0.0, 0.0, 4.0, 2.0), grid)
    >>> (arrow,) = HeadDirectionOverlay([6.2, 0.1], times=[0, 1], length=1).layers(context)
    >>> arrow.start[0], (arrow.stop - arrow.start)[1].round(2)
    (array([[2., 1.]], dtype=float32), array([[1.  , 0.01]], dtype=float32))
    """

    data: ArrayLike
    times: ArrayLike | None = None
    color: str | tuple[float, ...] = "yellow"
    length: float | None = None
    _: KW_ONLY
    anchor: PositionOverlay | None = None
    max_gap: float | None = None
    nan_ok: bool = True
    width: float = 3.0
    name: str = "Head direction"

    def layers(self, context: OverlayContext) -> tuple[Layer, ...]:
        """Lower to one arrow.

        Raises
        ------
        ValueError
            If the environment is drawn as a line, data, times or an option are
            not as described, or no sample lies within the times of the frames.

        Warns
        -----
        UserWarning
            If the samples cover less than half of the frames, angles look like
            degrees, the arrow is longer than the environment, or never to be seen.
        """
        require_plane(context, _CLASS)
        length = self._choose_length(context)
        validate_positive(self.width, "width", unit="points", owner=_CLASS)
        max_gap, color = validate_max_gap(_CLASS, self.max_gap), rgba(self.color)
        samples, times = read_samples(self.data, self.times, f"{_CLASS} data")
        angles = to_angles(samples, _CLASS)
        if not self.nan_ok:
            check_no_nan(samples, _CLASS)
        clock = validate_timestamps(times, len(angles), context, _CLASS)
        check_overlap(clock, context, _CLASS)
        _warn_long(length, context)
        angle = interpolated_angles(clock, angles, context.times, max_gap)
        vector = length * np.stack([np.cos(angle), np.sin(angle)], axis=1)
        start = self._compute_start(context)
        check_visible((start + vector)[:, np.newaxis], _CLASS)
        return (
            Segments(
                name=self.name,
                start=start.astype(context.dtype)[:, np.newaxis],
                stop=(start + vector).astype(context.dtype)[:, np.newaxis],
                color=color,
                width=float(self.width),
                arrowhead=True,
                z=3.8,
            ),
        )

    def _compute_start(self, context: OverlayContext) -> NDArray[np.float64]:
        trajectory = resolve_anchor(self, context)
        if trajectory is not None:
            return context.to_world(trajectory.interpolate(context.times))
        x_min, y_min, x_max, y_max = context.bounds
        return np.tile([(x_min + x_max) / 2, (y_min + y_max) / 2], (context.n_frames, 1))

    def _choose_length(self, context: OverlayContext) -> float:
        if self.length is None:
            x_min, y_min, x_max, y_max = context.bounds
            return _PER_SIDE * max(x_max - x_min, y_max - y_min)
        return validate_positive(self.length, "length", unit="environment units", owner=_CLASS)


def _warn_long(length: float, context: OverlayContext) -> None:
    x_min, y_min, x_max, y_max = context.bounds
    diagonal = float(np.hypot(x_max - x_min, y_max - y_min))
    if length > diagonal:
        warn_user(
            f"{_CLASS}: length is {length:g} {context.units}, and the environment is "
            f"{diagonal:.3g} {context.units} from corner to corner: the arrow leaves it. "
            f"Pass for example length={diagonal / 10:.2g}."
        )
