"""Fields over time in NWB files: posteriors, sliding windows, whatever is animated."""

import os
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial import Environment
from neurospatial.errors import explain
from neurospatial.fields import FieldSeries
from neurospatial.nwb.file.damage import check_stored
from neurospatial.nwb.file.datasets import resizable_dataset
from neurospatial.nwb.file.modules import (
    MODULE,
    check_name_free,
    choose_item,
    get_or_create_module,
    validate_nwbfile,
)
from neurospatial.nwb.file.open import NWBInput, open_nwb
from neurospatial.nwb.file.session_clock import to_session_seconds
from neurospatial.nwb.file.text import validate_text
from neurospatial.nwb.file.time_series import TimeSeries as Series
from neurospatial.nwb.file.time_series import as_series, read_times, read_unit
from neurospatial.nwb.file.timestamps import to_clock
from neurospatial.nwb.file.tree import Item, as_container
from neurospatial.nwb.results.environment import get_or_create_environment, load_environment
from neurospatial.nwb.results.environment_reference import (
    find_field_items,
    find_referenced_environment,
    format_reference,
)
from neurospatial.nwb.results.frame_source import as_frame_source
from neurospatial.progress import Progress
from neurospatial.scene import FramesLike, Source, as_source
from neurospatial.validate import to_text, validate_times

if TYPE_CHECKING:
    from pynwb import NWBFile, TimeSeries

_DESCRIPTION = "A value in each bin of an environment, at each time."


def write_fields(
    nwbfile: "NWBFile",
    env: Environment,
    fields: FramesLike | Iterator[ArrayLike] | FieldSeries[Any],
    times: ArrayLike | None = None,
    *,
    unit: str | bytes,
    name: str = "fields",
    description: str = _DESCRIPTION,
    module: str = MODULE,
    progress: Progress = True,
) -> "TimeSeries":
    """Put fields over time into an NWB file, as a TimeSeries of shape (n_frames, n_bins).

    The fields are read, a block at a time, when the file is written, and kept compressed
    (gzip) in chunks of whole frames. The environment is written as well (see
    `write_environment`), once for all that refer to it; the comments of the TimeSeries say
    which it is. `extend_fields` adds more frames later.

    Parameters
    ----------
    nwbfile : pynwb.NWBFile
        Made or read with pynwb, or given by `edit_nwb`.
    env : Environment
        Of any layout.
    fields : array, list, memory map, Source or FieldSeries, shape (n_frames, n_bins); or iterator
        Real numbers, kept in their type. An iterator gives pieces (n, n_bins) in order,
        such as those of a decoder at work.
    times : array-like, shape (n_frames,), optional
        When each field was [s], increasing; dates are counted from the file's
        `timestamps_reference_time`. Left out, those of a FieldSeries.
    unit : str
        Of the values, such as "probability" or "Hz".
    name : str
        Of the TimeSeries.
    description : str
        What the values are.
    module : str
        The processing module, made where there is none.
    progress : bool or callable
        While the file is written: a bar, or a function called with ``(done, total)``. What
        it raises ends the writing.

    Returns
    -------
    pynwb.TimeSeries

    Raises
    ------
    TypeError
        If fields are not real numbers, or the layout cannot be written.
    ValueError
        If shapes differ, times do not increase, the name is taken, or a text has a
        character that no file can hold. Of pieces, when the file is written.
    RuntimeError
        If the environment is not fitted.

    Examples
    --------
    >>> from datetime import datetime, timezone
    >>> from pynwb import NWBFile
    >>> nwbfile = NWBFile("a session", "id", datetime.now(timezone.utc))
    >>> env = Environment.from_mask([[True, True]], [[0, 1], [0, 1, 2]], units="cm")
    >>> posterior = np.array([[0.5, 0.5], [0.9, 0.1], [1.0, 0.0]], dtype=np.float32)
    >>> series = write_fields(nwbfile, env, posterior, [0, 0.002, 0.004], unit="probability")
    >>> series.rate
    500.0
    >>> read_fields(nwbfile)[1:2]
    array([[0.9, 0.1]], dtype=float32)
    """
    from neurospatial.nwb.results import frame_iterator

    nwbfile = validate_nwbfile(nwbfile)
    name = to_text(name, "name")
    check_name_free(nwbfile, module, name)
    fields, times = split_series(fields, times)
    unit = validate_text(unit, "unit")
    description = validate_text(description, "description")
    seconds = to_session_seconds(times, "times", as_container(nwbfile))
    n_bins, n_times = env.n_bins, seconds.size
    clock = validate_times(seconds, n_times, of="fields").copy()
    frames: Source | Iterator[NDArray[np.generic]]
    if isinstance(fields, Iterator):
        dtype, frames = frame_iterator.peek_dtype(fields, n_times)
    else:
        frames = as_source(fields)
        _check_shape(frames.shape, n_times, n_bins)
        dtype = frames.dtype
    check_real(dtype)
    bins = get_or_create_environment(nwbfile, env, module)
    timing = to_clock(clock)
    if "timestamps" in timing:
        timing["timestamps"] = cast("NDArray[np.float64]", resizable_dataset(timing["timestamps"]))
    series = import_module("pynwb").TimeSeries(
        name=name,
        data=frame_iterator.compress_frames(frames, (n_times, n_bins), dtype, progress),
        unit=unit,
        description=description,
        comments=f"One column per bin, in the order of its rows. {format_reference(bins)}",
        **timing,
    )
    get_or_create_module(nwbfile, module).add(series)
    return series


def read_fields(nwb: NWBInput, name: str | None = None) -> FieldSeries[Source]:
    """Read fields that `write_fields` put into a file, without reading their values.

    Parameters
    ----------
    nwb : path-like, binary file-like or pynwb.NWBFile
    name : str, optional
        Of the TimeSeries; left out, there is one.

    Returns
    -------
    FieldSeries, shape (n_frames, n_bins)
        Called as the TimeSeries is; a part of it, ``series[start:stop]``, is read when it is
        asked for.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file is not NWB, has no such fields or several, or their environment is
        missing or does not fit.
    TypeError
        If they are in no file yet and come in pieces.
    """
    by_path = isinstance(nwb, (str, os.PathLike))
    file = open_nwb(nwb)
    try:
        thing = choose_item(find_field_items(file.root), name, "sequence of fields").thing
        series = as_series(Item(thing.name, thing))
        comments = str(thing.fields["comments"])
        bins = find_referenced_environment(file.root, comments)
        if bins is None:
            raise _make_lost_error(thing.name, comments)
        env = load_environment(bins)
        frames = as_frame_source(series.data, keep_open=not by_path)
        times = _read_times(series, frames.shape[0])
        _check_shape(frames.shape, len(times), env.n_bins)
        return FieldSeries(
            frames,
            times,
            env,
            (thing.name,),
            unit=read_unit(series),
            description=str(thing.fields["description"]),
        )
    finally:
        if by_path:
            file.close()


def split_series(
    fields: "FramesLike | Iterator[ArrayLike] | FieldSeries[Any]", times: ArrayLike | None
) -> "tuple[FramesLike | Iterator[ArrayLike], ArrayLike]":
    """Split what was passed into fields and their times, which a FieldSeries has with it.

    Raises
    ------
    TypeError
        If there are no times.
    ValueError
        If the fields are of several units.
    """
    if isinstance(fields, FieldSeries):
        if fields.ndim == 3:
            raise ValueError(
                explain(
                    f"The fields are of {len(fields)} units.",
                    "One TimeSeries holds the fields of one.",
                    [f"Write each by its name: fields[{fields.names[0]!r}], name=..."],
                )
            )
        return fields.values, fields.times if times is None else times
    if times is None:
        raise TypeError(
            explain(
                "times are missing.",
                "In a file each field has a time on the clock of the session [s].",
                ["Pass times.", "Pass a FieldSeries, as compute_place_fields(windows=...) gives."],
            )
        )
    return fields, times


def _read_times(series: Series, n_frames: int) -> NDArray[np.float64]:
    # Frames not written yet do not tell how many they are, as read_times would ask them.
    if series.timestamps is not None:
        return read_times(series)
    check_stored(series.data)
    start = float(series.starting_time or 0.0)
    return np.asarray(start + np.arange(n_frames) / float(series.rate or 1.0))


def _check_shape(shape: tuple[int, ...], n_times: int, n_bins: int) -> None:
    if shape != (n_times, n_bins):
        raise ValueError(
            explain(
                f"fields have shape {shape}, expected {(n_times, n_bins)}.",
                f"There are {n_times} times, and the environment has {n_bins} bins.",
                [
                    f"Pass fields of shape ({n_times}, {n_bins}).",
                    "Pass the environment they were computed on.",
                    "Pass one time per field.",
                ],
            )
        )


def check_real(dtype: np.dtype[np.generic]) -> None:
    """Raise unless fields are of real numbers.

    Raises
    ------
    TypeError
        If they are complex, text, dates or objects.
    """
    if dtype.kind not in "biuf":
        raise TypeError(
            explain(
                f"fields have dtype {dtype}.",
                "Fields are real numbers.",
                ["Convert them: fields.astype(np.float32)."],
            )
        )


def _make_lost_error(name: str, comments: str) -> ValueError:
    return ValueError(
        explain(
            f"The environment of the fields {name!r} is not in the file.",
            f"The comments of the TimeSeries say: {comments}",
            [
                "Copy the table of its bins and its definition into the file as well.",
                "Write the fields again: write_fields(...).",
            ],
        )
    )
