"""Fields that name their axes and carry their own clock: xarray, pynapple."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.layouts import Layout, is_gridded
from neurospatial.scene.source import FramesLike, Source

_log = logging.getLogger("neurospatial")

TIME = "time"
"""What the axis of frames is called."""


class _Coordinate(Protocol):
    @property
    def values(self) -> NDArray[np.generic]: ...


@runtime_checkable
class _NamedAxes(Protocol):
    """What is asked of an xarray DataArray."""

    @property
    def dims(self) -> tuple[str, ...]: ...
    @property
    def coords(self) -> Mapping[str, _Coordinate]: ...
    @property
    def shape(self) -> tuple[int, ...]: ...
    def transpose(self, *dims: object) -> "_NamedAxes": ...


@dataclass(frozen=True, eq=False)
class CellSource:
    """Values of every cell of a grid, of which those of its bins are read.

    Parameters
    ----------
    source : Source
        Shape (n_frames, n_x, n_y, …).
    cell_of_bin : ndarray of int, shape (n_bins,)
        Cell of each bin, an index into the raveled grid.
    """

    source: Source
    cell_of_bin: NDArray[np.intp]

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of frames and of bins."""
        return self.source.shape[0], len(self.cell_of_bin)

    @property
    def dtype(self) -> np.dtype[np.generic]:
        """Type of the values."""
        return self.source.dtype

    def read(self, start: int, stop: int) -> NDArray[np.generic]:
        """Values of the bins in the frames in ``[start, stop)``."""
        cells = self.source.read(start, stop)
        return cells.reshape(len(cells), -1)[:, self.cell_of_bin]


def move_time_first(fields: FramesLike) -> FramesLike:
    """Move the axis called "time", if there is one, before all others.

    Examples
    --------
    >>> import xarray
    >>> move_time_first(xarray.DataArray(np.zeros((6, 2)), dims=("position", "time"))).shape
    (2, 6)
    """
    if isinstance(fields, _NamedAxes) and TIME in fields.dims and fields.dims[0] != TIME:
        return fields.transpose(TIME, ...)
    return fields


def get_own_times(fields: FramesLike) -> NDArray[np.float64] | None:
    """Read the times that fields carry [s]; None where they carry none.

    Parameters
    ----------
    fields : FramesLike
        The coordinate "time" of an xarray DataArray is read, dates from the first
        of them on; so is ``t`` of a TsdFrame of pynapple.

    Examples
    --------
    >>> import xarray
    >>> get_own_times(xarray.DataArray(np.zeros((2, 6)), {"time": [0.5, 1]}, ("time", "position")))
    array([0.5, 1. ])
    """
    if isinstance(fields, _NamedAxes):
        times = fields.coords[TIME].values if TIME in fields.coords else None
    else:
        times = getattr(fields, "t", None)
    if times is None:
        return None
    return _to_seconds(np.asarray(times))


def _to_seconds(times: NDArray[np.generic]) -> NDArray[np.float64] | None:
    if times.dtype.kind == "M":
        dates = times.astype("datetime64[ns]")
        _log.info("Fields carry dates: 0 s is %s.", dates[0])
        times = dates - dates[0]
    if times.dtype.kind == "m":
        return times.astype("timedelta64[ns]").astype(np.float64) / 1e9
    return times.astype(np.float64) if times.dtype.kind in "fiu" else None


def select_bins(source: Source, fields: FramesLike, layout: Layout) -> Source:
    """Read the bins of a grid out of fields that have an axis for each of its dimensions.

    Parameters
    ----------
    source : Source
        The values of `fields`, frames first.
    fields : FramesLike
        Taken as they are unless they name their axes.
    layout : Layout

    Returns
    -------
    Source
        Shape (n_frames, n_bins).

    Raises
    ------
    ValueError
        If the axes do not fit those of the grid, or their coordinates do not.
    """
    cells = source.shape[1:]
    if not isinstance(fields, _NamedAxes) or len(cells) < 2:
        return source
    names = [name for name in fields.dims if name != TIME]
    if not is_gridded(layout) or cells != layout.grid_shape:
        there = layout.grid_shape if is_gridded(layout) else "no grid"
        raise ValueError(
            explain(
                f"fields have the axes {tuple(fields.dims)}, which leaves {cells} values a "
                f"frame; the environment has {there}.",
                "Axes of positions are matched with those of a grid, one by one.",
                [
                    "Sum over axes that are no positions: fields.sum('state')",
                    "Pass the values of the active bins, shape (n_frames, n_bins).",
                ],
            )
        )
    for name, edges in zip(names, layout.edges, strict=True):
        width = float(edges[-1] - edges[0]) / (edges.size - 1)
        _check_coordinate(fields, name, (edges[:-1] + edges[1:]) / 2, width)
    return CellSource(source, np.flatnonzero(layout.active))


def _check_coordinate(
    fields: _NamedAxes, name: str, centers: NDArray[np.float64], width: float
) -> None:
    if name not in fields.coords:
        return
    given = np.asarray(fields.coords[name].values)
    if given.dtype.kind not in "fiu":
        return
    off = np.abs(given.astype(np.float64) - centers)
    if off.max() <= width / 2:
        return
    worst = int(off.argmax())
    raise ValueError(
        explain(
            f"{name}[{worst}] of the fields is {given[worst]:g}, and the middle of the "
            f"environment's bins there is {centers[worst]:g}.",
            "Each value is drawn in the bin of its own place.",
            [
                "Use the environment that the fields were computed on.",
                f"Bring the axes into the environment's order: fields.transpose('{TIME}', ...)",
            ],
        )
    )


def get_shared_times(fields: Mapping[str, FramesLike]) -> NDArray[np.float64] | None:
    """Read the clock that the fields of all panels carry.

    Raises
    ------
    ValueError
        If they carry different ones.
    """
    carried = {name: get_own_times(field) for name, field in fields.items()}
    clocks = [(name, clock) for name, clock in carried.items() if clock is not None]
    if not clocks:
        return None
    (first, clock), *others = clocks
    for name, other in others:
        if clock.shape != other.shape or not np.allclose(clock, other, rtol=0, atol=1e-9):
            raise ValueError(
                explain(
                    f"The panels {first!r} and {name!r} carry different times.",
                    "Panels side by side share one timeline.",
                    ["Select the same times of both.", "Pass frame_times= for all panels."],
                )
            )
    return clock
