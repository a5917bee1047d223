"""Fields that name their axes and carry their own clock: xarray, pynapple, series of ours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.layouts import Layout, is_gridded
from neurospatial.scene.compile.fields.match_axes import find_direction, match_names, order_cells
from neurospatial.scene.source import FramesLike, Source, is_field_series

_FRAMES = ("time", "frame")
"""What the axis of frames may be called; else it is the one that is no axis of the space."""


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


def get_axis_names(env: Any) -> tuple[str, ...]:
    """Get the names of an environment's axes."""
    names: tuple[str, ...] = getattr(env, "axis_names", ("x", "y", "z"))
    return names[: env.layout.n_dims]


def move_frames_first(fields: FramesLike, axis_names: Sequence[str] = ()) -> FramesLike:
    """Move the axis of frames, where axes have names, before all others.

    Parameters
    ----------
    fields : FramesLike
    axis_names : sequence of str
        Of the environment: what else is there may be the axis of frames.

    Examples
    --------
    >>> import xarray
    >>> move_frames_first(xarray.DataArray(np.zeros((6, 2)), dims=("position", "time"))).shape
    (2, 6)
    """
    if not isinstance(fields, _NamedAxes):
        return fields
    frames = _find_frame_axis(fields.dims, axis_names)
    return fields if fields.dims[:1] == (frames,) else fields.transpose(frames, ...)


def _find_frame_axis(dims: tuple[str, ...], axis_names: Sequence[str]) -> str | None:
    for name in _FRAMES:
        if name in dims:
            return name
    others = [d for d in dims if match_names([x for x in dims if x != d], axis_names)]
    return others[0] if len(others) == 1 else next(iter(dims), None)


def get_own_times(fields: FramesLike) -> Any:
    """Get the times that fields carry, as they carry them; None where they carry none.

    Parameters
    ----------
    fields : FramesLike
        The coordinate "time" of an xarray DataArray is taken, ``t`` of a TsdFrame of
        pynapple, and ``times`` of a `FieldSeries`.

    Examples
    --------
    >>> import xarray
    >>> get_own_times(xarray.DataArray(np.zeros((2, 6)), {"time": [0.5, 1]}, ("time", "position")))
    array([0.5, 1. ])
    """
    if is_field_series(fields):
        return cast(Any, fields).times
    if not isinstance(fields, _NamedAxes):
        return getattr(fields, "t", None)
    if "time" not in fields.coords:
        return None
    times = np.asarray(fields.coords["time"].values)
    return times if times.dtype.kind in "fiumM" else None


def select_bins(
    source: Source, fields: FramesLike, layout: Layout, axis_names: Sequence[str]
) -> Source:
    """Read the bins of a grid out of fields that have an axis for each of its dimensions.

    Parameters
    ----------
    source : Source
        The values of `fields`, frames first.
    fields : FramesLike
        Frames first; taken as they are unless they name their axes.
    layout : Layout
    axis_names : sequence of str
        Of the environment: axes are matched by name, else by their coordinates.

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
    if not isinstance(fields, _NamedAxes) or not cells:
        return source
    names = fields.dims[1:]
    coordinates = {x: np.asarray(fields.coords[x].values) for x in names if x in fields.coords}
    if len(cells) == 1:
        return _turn_line(source, layout, coordinates.get(names[0]))
    if not is_gridded(layout) or len(cells) != len(layout.edges):
        raise ValueError(_explain_axes(fields.dims, cells, layout))
    order = order_cells(names, cells, coordinates, axis_names, layout.edges)
    return CellSource(source, order.ravel()[np.flatnonzero(layout.active)])


def _turn_line(source: Source, layout: Layout, coordinate: NDArray[np.generic] | None) -> Source:
    """Turn values along a line whose coordinate runs downward."""
    if layout.n_dims != 1 or source.shape[1] != layout.n_bins or layout.n_bins < 2:
        return source
    centers = layout.bin_centers[:, 0]
    width = float(np.diff(centers).min())
    if find_direction(coordinate, centers, width) == -1:
        return CellSource(source, np.arange(layout.n_bins)[::-1])
    return source


def _explain_axes(dims: tuple[str, ...], cells: tuple[int, ...], layout: Layout) -> str:
    there = layout.grid_shape if is_gridded(layout) else "no grid"
    return explain(
        f"fields have the axes {tuple(dims)}, which leaves {cells} values a "
        f"frame; the environment has {there}.",
        "Axes of positions are matched with those of a grid, one by one.",
        [
            "Sum over axes that are no positions: fields.sum('state')",
            "Pass the values of the active bins, shape (n_frames, n_bins).",
        ],
    )
