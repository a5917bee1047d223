"""`neurospatial info`: what a file holds, and whether it can be rendered or animated."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from neurospatial.animation.cli.format_error import format_error
from neurospatial.animation.cli.nwb import is_nwb, print_session
from neurospatial.animation.cli.report_line import print_line
from neurospatial.input import check_input_file

if TYPE_CHECKING:
    from neurospatial.environment import Environment
    from neurospatial.fields import FieldsFile

Found = TypeVar("Found")

SUMMARY = "Say what an npz or NWB file holds, and what it would need to be shown."

PLAYED_FPS = 30
"""Frames per second, as `render` plays by default."""

_BLOCK = 2**24
"""Bytes of the fields that are looked at together: a file may hold more than there is memory."""


def add_arguments(parser: ArgumentParser) -> None:
    """Take the file."""
    parser.add_argument("file", metavar="FILE", help="What to look at: .npz or .nwb.")


def run(arguments: Namespace) -> None:
    """Print what is in the file."""
    path = Path(arguments.file)
    # An NWB file in Zarr is a folder.
    if not path.is_dir():
        check_input_file(path, "What a file holds is read from it.")
    if is_nwb(path):
        print_session(path)
        return
    from neurospatial.fields import read_fields_file

    held = read_fields_file(arguments.file)
    print_line(str(held.path))
    for line in (*_iter_array_lines(held), *_iter_content_lines(held)):
        print_line(f"  {line}")


def _iter_array_lines(held: "FieldsFile") -> Iterator[str]:
    from neurospatial.fields.npz_io import KNOWN

    width = max(map(len, (*held.headers, *held.unreadable, "suspicious")))
    for name, header in held.headers.items():
        shape = " × ".join(map(str, header.shape)) or "one value"
        unused = "" if name in KNOWN else "   (not used)"
        yield f"{name:<{width}}  {header.dtype!s:<8}  {shape}{unused}"
    for name, reason in held.unreadable.items():
        yield f"{name:<{width}}  {reason}"


def _iter_content_lines(held: "FieldsFile") -> Iterator[str]:
    suspicious: list[str] = []
    env = None if held.missing() else _try_or_note(held.environment, suspicious)
    if "fields" in held.arrays:
        yield from _iter_field_lines(held, suspicious)
        _check_fields(held, env, suspicious)
    if env is not None:
        yield f"environment: {env!r}"
    for problem in dict.fromkeys(suspicious):
        yield f"suspicious: {problem}"
    missing = held.missing()
    yield f"missing: {missing}" if missing else "missing: nothing that render needs"


def _iter_field_lines(held: "FieldsFile", suspicious: list[str]) -> Iterator[str]:
    header = held.headers["fields"]
    if len(header.shape) != 2 or header.dtype.kind not in "fiub" or not header.n_bytes:
        return
    n_frames, n_bins = header.shape
    duration = _try_or_note(lambda: _format_duration(held), suspicious)
    yield f"frames: {n_frames} of {n_bins} bins{duration or ''}"
    values = _try_or_note(lambda: _summarize_fields(held), suspicious)
    if values is None:
        return
    if np.isfinite(values.low):
        missing = values.n_nan / (n_frames * n_bins)
        yield f"values: {values.low:.4g} … {values.high:.4g}, {missing:.1%} NaN"
    else:
        suspicious.append("no value is finite: there is nothing to draw.")
    if 0 < values.n_empty < n_frames:
        suspicious.append(f"{values.n_empty} of {n_frames} frames hold no finite value.")
    if values.n_infinite:
        suspicious.append(f"{values.n_infinite} values are infinite.")


@dataclass
class _Summary:
    """What is said of the values of all fields."""

    low: float = np.inf
    high: float = -np.inf
    n_nan: int = 0
    n_infinite: int = 0
    n_empty: int = 0


def _summarize_fields(held: "FieldsFile") -> _Summary:
    summary = _Summary()
    for block in held.arrays.iter_rows("fields", _BLOCK):
        finite = np.isfinite(block)
        if finite.any():
            values = block[finite]
            summary.low = min(summary.low, float(values.min()))
            summary.high = max(summary.high, float(values.max()))
        summary.n_nan += int(np.isnan(block).sum())
        summary.n_infinite += int(np.isinf(block).sum())
        summary.n_empty += int((~finite.any(axis=1)).sum())
    return summary


def _format_duration(held: "FieldsFile") -> str:
    played = f"{held.n_frames / PLAYED_FPS:.1f} s long at {PLAYED_FPS} fps"
    times = held.arrays.get("frame_times")
    if times is None or times.dtype.kind not in "fiu" or not times.size:
        return f", {played}"
    first, last = float(times.ravel()[0]), float(times.ravel()[-1])
    return f", recorded from {first:g} s to {last:g} s ({last - first:g} s), {played}"


def _check_fields(held: "FieldsFile", env: "Environment | None", suspicious: list[str]) -> None:
    """Ask of the file what rendering it would ask."""
    from neurospatial.scene import as_source
    from neurospatial.scene.compile.fields.validate_fields import check_fields
    from neurospatial.scene.compile.overlays.coordinates import trajectory_coordinates
    from neurospatial.validate import validate_length, validate_times

    keywords = _try_or_note(held.keywords, suspicious)
    header, n_frames = held.headers["fields"], held.n_frames
    if env is not None:
        n_bins = env.n_bins
        # What the fields are is asked, and no value: one stands for all, whatever it is.
        fields = np.broadcast_to(np.zeros((), dtype=header.dtype), header.shape)
        _try_or_note(lambda: check_fields(as_source(fields), n_bins), suspicious)
    if keywords is None:
        return
    times, labels = keywords.get("frame_times"), keywords.get("frame_labels")
    path = keywords.get("overlay_trajectory")
    if times is not None:
        _try_or_note(
            lambda: validate_times(times, n_frames, "frame_times", of="frames"), suspicious
        )
    if labels is not None:
        _try_or_note(
            lambda: validate_length(labels, "frame_labels", n_frames, "frames", kind="labels"),
            suspicious,
        )
    if path is not None and env is not None:
        layout = env.layout
        _try_or_note(
            lambda: trajectory_coordinates(layout, path, "overlay_trajectory"), suspicious
        )


def _try_or_note(ask: Callable[[], Found], suspicious: list[str]) -> Found | None:
    try:
        return ask()
    except (TypeError, ValueError) as error:
        suspicious.append(format_error(error))
        return None
