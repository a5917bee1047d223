"""Frames added to fields that are in a file already."""

from typing import TYPE_CHECKING, Any, Protocol, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.fields import FieldSeries
from neurospatial.nwb.file.added_size import add_margin
from neurospatial.nwb.file.modules import choose_item, validate_nwbfile
from neurospatial.nwb.file.session_clock import to_session_seconds
from neurospatial.nwb.file.time_series import as_series, read_times
from neurospatial.nwb.file.timestamps import EVEN
from neurospatial.nwb.file.tree import Item, as_container
from neurospatial.nwb.results.environment_reference import find_field_items
from neurospatial.nwb.results.fields import check_real, split_series
from neurospatial.output import reserve_space
from neurospatial.progress import Progress, show_progress
from neurospatial.scene import FramesLike, Source, as_source
from neurospatial.scene.source import split_frames
from neurospatial.validate import validate_times

if TYPE_CHECKING:
    from pynwb import NWBFile, TimeSeries


class _File(Protocol):
    """A file of h5py."""

    filename: str


class _ResizableDataset(Protocol):
    """A dataset of h5py that more can be added to."""

    file: _File
    shape: tuple[int, ...]
    maxshape: tuple[int | None, ...]

    def resize(self, size: int, axis: int) -> None: ...

    def __setitem__(self, key: slice, value: NDArray[np.generic]) -> None: ...


def extend_fields(
    nwbfile: "NWBFile",
    fields: FramesLike | FieldSeries[Any],
    times: ArrayLike | None = None,
    *,
    name: str | None = None,
    progress: Progress = True,
) -> "TimeSeries":
    """Add frames to fields that `write_fields` put into a file; they are written at once.

    Parameters
    ----------
    nwbfile : pynwb.NWBFile
        Given by `edit_nwb`, or of a file open in mode "r+" or "a".
    fields : array, list, memory map, Source or FieldSeries, shape (n_frames, n_bins)
        Of the bins of the fields that are there.
    times : array-like, shape (n_frames,), optional
        When each was [s], or dates, later than those that are there; left out, those of a
        FieldSeries. Fields kept with a rate go on at that rate.
    name : str, optional
        Of the TimeSeries; left out, there is one.
    progress : bool or callable
        A bar, or a function called with ``(done, total)``. What it raises ends the writing,
        and the fields are as they were.

    Returns
    -------
    pynwb.TimeSeries

    Raises
    ------
    TypeError
        If fields are not real numbers.
    ValueError
        If shapes differ, times do not go on, or the fields are not in a file that can be
        written to.
    OSError
        If the disk has no room for them, counted as if they were not compressed.
    """
    root = as_container(validate_nwbfile(nwbfile))
    item = choose_item(find_field_items(root), name, "sequence of fields")
    series = as_series(Item(item.path, item.thing))
    data = _get_resizable(series.data, item.name)
    given, times = split_series(fields, times)
    frames = as_source(cast("FramesLike", given))
    check_real(frames.dtype)
    n_before, n_bins = data.shape
    n_more = frames.shape[0]
    if frames.shape != (n_more, n_bins):
        raise ValueError(
            explain(
                f"fields have shape {frames.shape}, and {item.name!r} has {n_bins} bins.",
                "What is added belongs to the same environment.",
                [f"Pass fields of shape ({n_more}, {n_bins}).", "Pass name=... of others."],
            )
        )
    seconds = to_session_seconds(times, "times", root)
    clock = validate_times(seconds, n_more, of="fields").copy()
    before = read_times(series)
    _check_later(clock, before, item.name)
    if series.timestamps is None:
        _check_rate(clock, before, float(series.rate or 0), item.name)
    stamps = None if series.timestamps is None else cast("_ResizableDataset", series.timestamps)
    counted = n_more * n_bins * np.dtype(frames.dtype).itemsize
    reserve_space(data.file.filename, add_margin(counted), f"What is added to {item.name!r}")
    try:
        _append_frames(data, frames, progress)
        if stamps is not None:
            stamps.resize(n_before + n_more, axis=0)
            stamps[n_before:] = clock
    except BaseException:
        for dataset in (data, stamps):
            if dataset is not None:
                dataset.resize(n_before, axis=0)
        raise
    return item.thing


def _append_frames(data: _ResizableDataset, frames: Source, progress: Progress) -> None:
    n_before, n_more = data.shape[0], frames.shape[0]
    data.resize(n_before + n_more, axis=0)
    with show_progress(progress, n_more, "Write") as advance:
        for start, stop in split_frames(frames):
            data[n_before + start : n_before + stop] = frames.read(start, stop)
            advance(stop - start)


def _get_resizable(data: object, name: str) -> _ResizableDataset:
    mode = getattr(getattr(data, "file", None), "mode", None)
    grows = getattr(data, "maxshape", (0,))[0] is None
    if mode == "r+" and grows:
        return cast("_ResizableDataset", data)
    if mode is None:
        problem = f"The fields {name!r} are in no file yet."
        way = "Write the file first; or give write_fields all pieces, as an iterator."
    elif grows:
        problem, way = f"The file of {name!r} is open for reading.", "Use edit_nwb(path)."
    else:
        problem = f"The fields {name!r} have a fixed number of frames, {len(data)}."  # type: ignore[arg-type]
        way = "Write these under another name: write_fields(..., name=...)."
    raise ValueError(explain(problem, "Frames are added to a dataset that can grow.", [way]))


def _check_later(clock: NDArray[np.float64], before: NDArray[np.float64], name: str) -> None:
    if len(clock) and len(before) and clock[0] <= before[-1]:
        raise ValueError(
            explain(
                f"The first time is {clock[0]:.12g} s, and {name!r} ends at {before[-1]:.12g} s.",
                "Times increase from frame to frame.",
                ["Pass the frames that come after.", "Write them under another name."],
            )
        )


def _check_rate(
    clock: NDArray[np.float64], before: NDArray[np.float64], rate: float, name: str
) -> None:
    expected = before[0] + (len(before) + np.arange(len(clock))) / rate
    late = np.flatnonzero(np.abs(clock - expected) > EVEN)
    if late.size:
        i = int(late[0])
        raise ValueError(
            explain(
                f"Time {i} is {clock[i]:.12g} s; at the {rate:.12g} Hz of {name!r} it would be "
                f"{expected[i]:.12g} s.",
                "Fields that were even in time are kept with a rate, and no times.",
                [
                    "Write these under another name: write_fields(..., name=...).",
                    "Write all at once: write_fields takes an iterator of pieces.",
                ],
            )
        )
