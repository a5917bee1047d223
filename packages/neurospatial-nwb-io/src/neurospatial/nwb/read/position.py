"""Where the animal was, in one unit and on one clock."""

import logging
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.nwb.file.datasets import read_numbers
from neurospatial.nwb.file.length_units import PIXELS, parse_unit, to_metres
from neurospatial.nwb.file.time_series import (
    TimedSamples,
    TimeSeries,
    as_series,
    get_shape,
    read_unit,
    read_values,
    says_y_up,
    sort_by_time,
)
from neurospatial.nwb.read.camera_clock import CameraClock, read_sample_times
from neurospatial.nwb.read.position_candidates import AXES, Candidate, Column
from neurospatial.overlays import BodypartOverlay
from neurospatial.overlays.loaders.mask_lost import mask_place
from neurospatial.validate import to_real_array
from neurospatial.validate.user_warning import warn_user

_log = logging.getLogger("neurospatial")

_WIDE = 20.0
"""Few arenas are wider than this [m]; many files leave the unit at the default, meters."""
MIN_CONFIDENCE = BodypartOverlay.min_confidence
"""Of keypoints, as places or as overlays: one answer for both."""
_MOST_UNSURE = 0.5
"""Share of samples below the least confidence above which a keypoint is a poor position."""


@dataclass(frozen=True, eq=False)
class Positions:
    """Samples of where the animal was.

    Parameters
    ----------
    path : str
        Where in the file they lie.
    times : ndarray, shape (n_samples,)
        Strictly increasing [s].
    places : ndarray, shape (n_samples, n_dims)
        NaN where lost.
    axes : str
        The axis of each column, such as "xy".
    units : str
        Of the places; empty where nothing says.
    dropped : str
        Axes that the file has beside these.
    y_down : bool
        Whether y grows downward, as in the pixels of a camera.
    """

    path: str
    times: NDArray[np.float64]
    places: NDArray[np.float64]
    axes: str
    units: str
    dropped: str = ""
    y_down: bool = False

    @property
    def spans(self) -> tuple[float, ...]:
        """Extent along each axis; 0 where nothing is known."""
        finite = [column[np.isfinite(column)] for column in self.places.T]
        return tuple(float(np.ptp(column)) if len(column) else 0.0 for column in finite)

    def converted(self, target: str) -> "Positions":
        """Convert the places to another unit of length.

        Raises
        ------
        ValueError
            If either is no unit of length.

        Examples
        --------
        >>> here = Positions("p", np.zeros(1), np.array([[0.5, 1.0]]), "xy", "m")
        >>> here.converted("cm").places
        array([[ 50., 100.]])
        """
        wanted = parse_unit(target) or ""
        own, new = to_metres(self.units), to_metres(wanted)
        if own is None or new is None:
            unknown = wanted if new is None else self.units
            raise ValueError(
                explain(
                    f"Positions in {self.units or 'no known unit'} cannot be converted to "
                    f"{target!r}.",
                    f"How long {unknown or 'their unit'} is, is not known.",
                    [
                        "Say what the file's numbers are: units='m'",
                        "Leave convert_to out, or pass 'm', 'cm' or 'mm'.",
                    ],
                )
            )
        return replace(self, places=self.places * (own / new), units=wanted)


def read_positions(
    source: Candidate | TimedSamples,
    *,
    plane: str | None,
    units: str | None,
    lost: float | None = None,
    min_confidence: float = MIN_CONFIDENCE,
    camera: CameraClock | None = None,
) -> Positions:
    """Read the positions that were chosen, in a plane, in the unit that they were recorded in.

    Parameters
    ----------
    source : Candidate or TimedSamples
        From `choose_position` or `join_positions`; or samples of the caller.
    plane : str or None
        Axes to keep, in this order.
    units : str or None
        Instead of what the file says.
    lost : float or None
        Samples with exactly this along each axis are lost ones.
    min_confidence : float
        Samples of a keypoint with less are lost ones.
    camera : CameraClock or None
        Of times that are frame numbers.

    Raises
    ------
    ValueError
        If they cannot be read or joined, have three axes and no plane, or all are lost.

    Warns
    -----
    UserWarning
        If the file does not say the unit, or times had to be mended.
    """
    if isinstance(source, Candidate):
        read = read_candidate(source, units, min_confidence, camera)
    else:
        read = _read_samples(source, units)
    read = _select_plane(read, plane)
    if lost is not None:
        read = replace(read, places=mask_place(read.places, lost))
        _check_seen(read)
    return replace(read, y_down=read.y_down and read.axes == "xy")


def _read_samples(samples: TimedSamples, units: str | None) -> Positions:
    values = to_real_array(samples.values, "position")
    places = values[:, np.newaxis] if values.ndim == 1 else values
    if places.ndim != 2 or not 1 <= places.shape[1] <= len(AXES):
        raise _make_shape_error("position", places.shape)
    times, places = sort_by_time(to_real_array(samples.t, "times"), places, "position")
    read = Positions(
        "position", times, places, AXES[: places.shape[1]], parse_unit(units or "") or ""
    )
    return replace(read, y_down=read.units == PIXELS)


def read_candidate(
    candidate: Candidate,
    units: str | None,
    min_confidence: float = MIN_CONFIDENCE,
    camera: CameraClock | None = None,
) -> Positions:
    """Read coordinates that belong together, on every axis that there is.

    Parameters
    ----------
    candidate : Candidate
    units, min_confidence, camera
        As for `read_positions`.

    Raises
    ------
    ValueError
        If they cannot be joined, no sample is finite, or a clock began anew.

    Warns
    -----
    UserWarning
        If the file does not say the unit, or times had to be mended.
    """
    first = as_series(candidate.columns[0].item)
    if candidate.is_joined:
        times, places = _join_columns(candidate, camera)
    else:
        times, places = read_sample_times(first, camera), read_values(first)
        places = _mask_low_confidence(first, places, min_confidence, candidate.path)
    times, places = sort_by_time(times, places, candidate.path)
    read = Positions(candidate.path, times, places, candidate.axes, "")
    _check_seen(read)
    own = _resolve_unit(read, read_unit(first), units)
    return replace(read, units=own, y_down=own == PIXELS and not says_y_up(first))


def _mask_low_confidence(
    series: TimeSeries, places: NDArray[np.float64], least: float, path: str
) -> NDArray[np.float64]:
    """Put NaN where the tracking of a keypoint is less sure than `least`."""
    stored = getattr(series, "confidence", None)
    if stored is None:
        return places
    confidence = read_numbers(stored)
    if confidence.shape != places.shape[:1]:
        raise ValueError(
            explain(
                f"{path} has confidence of shape {confidence.shape} and {len(places)} samples.",
                "Each sample has one.",
                ["Mend the file.", "Pass your own: position=TsdFrame(...)"],
            )
        )
    low = confidence < least
    if low.mean() > _MOST_UNSURE:
        warn_user(
            f"{path}: {low.mean():.1%} of {len(low)} samples have a confidence below {least:g} "
            "and count as lost. Pass min_confidence= to keep more of them."
        )
    return np.where(low[:, np.newaxis], np.nan, places)


def _check_seen(read: Positions) -> None:
    if np.isfinite(read.places).all(axis=1).any():
        return
    raise ValueError(
        explain(
            f"{read.path} has {len(read.places)} samples, and none is finite on every axis.",
            "There is no field where the animal was never seen.",
            [
                "Choose another: position=...",
                "Pass your own: position=TsdFrame(...)",
                "Of keypoints, those of little confidence are lost: pass min_confidence=0.",
            ],
        )
    )


def _join_columns(
    candidate: Candidate, camera: CameraClock | None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Read series of one coordinate each, which must share a clock and a unit."""
    series = [as_series(column.item) for column in candidate.columns]
    clocks = [read_sample_times(one, camera) for one in series]
    unlike = [
        one.name
        for one, clock in zip(series, clocks, strict=True)
        if not np.array_equal(clock, clocks[0])
    ]
    own_units = {parse_unit(read_unit(one)) for one in series}
    if unlike or len(own_units) > 1:
        what = (
            f"{unlike[0]} has other times than {series[0].name}"
            if unlike
            else f"the units are {', '.join(sorted(map(str, own_units)))}"
        )
        raise ValueError(
            explain(
                f"{candidate.path} cannot be joined: {what}.",
                "A place has one time and one unit.",
                ["Choose others: position=('x', 'y')", "Pass your own: position=TsdFrame(...)"],
            )
        )
    columns = [_read_column(column) for column in candidate.columns]
    return clocks[0], np.column_stack(columns)


def _read_column(column: Column) -> NDArray[np.float64]:
    """Read a series of one coordinate, shape (n_samples,); of another shape it is refused."""
    series = as_series(column.item)
    shape = get_shape(series)
    if shape[1:] in ((), (1,)):
        return read_values(series).reshape(-1)
    raise _make_shape_error(column.item.path, shape)


def _make_shape_error(path: str, shape: tuple[int, ...]) -> ValueError:
    how = [
        "Pass those that are, such as the middle of two LEDs: position="
        "pynapple.TsdFrame(t=times, d=(data[:, :2] + data[:, 2:4]) / 2)",
        "Read them yourself: data, times = series.data[:], series.timestamps[:]",
    ]
    if len(shape) == 2 and shape[0] <= len(AXES) < shape[1]:
        how = ["Pass an axis a column: position=pynapple.TsdFrame(t=times, d=data.T)"]
    return ValueError(
        explain(
            f"{path} has shape {shape}, expected (n_samples, 1, 2 or 3).",
            "A position has one, two or three coordinates; which of more are meant, as of two "
            "LEDs (x1, y1, x2, y2), the file does not say.",
            how,
        )
    )


def _resolve_unit(read: Positions, file_unit: str, units: str | None) -> str:
    """Resolve the unit: as passed, or as the file says; what is doubtful is warned of."""
    if units is not None:
        return parse_unit(units) or ""
    extent = " × ".join(f"{span:.3g}" for span in read.spans)
    ours = parse_unit(file_unit)
    if ours is None:
        warn_user(
            f"{read.path} does not say its unit (it says {file_unit!r}); it spans {extent}. "
            "Pass units='m', 'cm' or whatever it is."
        )
    elif ours == "m" and max(read.spans) > _WIDE:
        warn_user(
            f"{read.path} says {file_unit}, and spans {extent} m. Many files leave the unit at "
            "this default: pass units='cm' or 'px' if that is what the numbers are, else "
            "units='m'."
        )
    return ours or ""


def _select_plane(read: Positions, plane: str | None) -> Positions:
    if plane is not None:
        return _select_axes(read, _validate_plane(read, plane))
    moving = "".join(a for a, span in zip(read.axes, read.spans, strict=True) if span > 0)
    if len(read.axes) == 3 and len(moving) == 2:
        _log.info("%s never changes along the third axis: %s are used.", read.path, moving)
        return _select_axes(read, moving)
    if len(read.axes) < 3:
        return read
    spread = dict(zip(read.axes, _compute_spreads(read.places), strict=True))
    flat = min(spread, key=spread.__getitem__)
    floor = read.axes.replace(flat, "")
    shown = ", ".join(f"{axis} {span:.3g}" for axis, span in spread.items())
    raise ValueError(
        explain(
            f"{read.path} has three axes; 95 % of the samples lie within {shown} "
            f"{read.units}".rstrip()
            + ".",
            f"A map is drawn in a plane. {flat} is the flattest, so it may be the height.",
            [
                f"Pass plane={floor!r}",
                *(f"Pass plane={p!r}" for p in _list_planes(read.axes, floor)),
            ],
        )
    )


def _validate_plane(read: Positions, plane: str) -> str:
    if plane and len(set(plane)) == len(plane) and set(plane) <= set(read.axes):
        return plane
    raise ValueError(
        explain(
            f"plane is {plane!r}, and {read.path} has the axes {read.axes!r}.",
            "The plane names the axes to draw, the horizontal one first.",
            [f"Pass plane={read.axes[:2]!r}", "Leave plane out."],
        )
    )


def _list_planes(axes: str, but: str) -> list[str]:
    return [pair for pair in (axes[:2], axes[::2], axes[1:]) if pair != but]


def _compute_spreads(places: NDArray[np.float64]) -> list[float]:
    return [float(np.ptp(np.nanpercentile(column, [2.5, 97.5]))) for column in places.T]


def _select_axes(read: Positions, axes: str) -> Positions:
    columns = [read.axes.index(axis) for axis in axes]
    dropped = "".join(axis for axis in read.axes if axis not in axes)
    return replace(read, places=read.places[:, columns], axes=axes, dropped=dropped)
