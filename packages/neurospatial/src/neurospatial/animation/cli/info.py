"""`neurospatial info`: what a file holds, and whether it can be rendered or animated."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from neurospatial.animation.cli.format_error import format_error
from neurospatial.animation.cli.nwb import is_nwb, print_session

if TYPE_CHECKING:
    from neurospatial.environment import Environment
    from neurospatial.fields import FieldsFile

Found = TypeVar("Found")

SUMMARY = "Say what an npz or NWB file holds, and what it would need to be shown."

PLAYED_FPS = 30
"""Frames per second, as `render` plays by default."""


def add_arguments(parser: ArgumentParser) -> None:
    """Take the file."""
    parser.add_argument("file", metavar="FILE", help="What to look at: .npz or .nwb.")


def run(arguments: Namespace) -> None:
    """Print what is in the file."""
    path = Path(arguments.file)
    if is_nwb(path):
        print_session(path)
        return
    from neurospatial.fields import read_fields_file

    held = read_fields_file(arguments.file)
    print(held.path)
    for line in (*_iter_array_lines(held), *_iter_content_lines(held)):
        print(f"  {line}")


def _iter_array_lines(held: "FieldsFile") -> Iterator[str]:
    from neurospatial.fields.npz_io import KNOWN

    width = max(map(len, (*held.arrays, *held.unreadable, "suspicious")))
    for name, array in held.arrays.items():
        shape = " × ".join(map(str, array.shape)) or "one value"
        unused = "" if name in KNOWN else "   (not used)"
        yield f"{name:<{width}}  {array.dtype!s:<8}  {shape}{unused}"
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
    fields = held.fields()
    if fields.ndim != 2 or fields.dtype.kind not in "fiub" or not fields.size:
        return
    n_frames, n_bins = fields.shape
    yield f"frames: {n_frames} of {n_bins} bins{_format_duration(held)}"
    finite = np.isfinite(fields)
    missing = float(np.isnan(fields).mean())
    if finite.any():
        values = fields[finite]
        yield f"values: {values.min():.4g} … {values.max():.4g}, {missing:.1%} NaN"
    else:
        suspicious.append("no value is finite: there is nothing to draw.")
    n_empty = int((~finite.any(axis=1)).sum())
    if 0 < n_empty < n_frames:
        suspicious.append(f"{n_empty} of {n_frames} frames hold no finite value.")
    n_infinite = int(np.isinf(fields).sum())
    if n_infinite:
        suspicious.append(f"{n_infinite} values are infinite.")


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
    from neurospatial.scene.compile.coordinates import trajectory_coordinates
    from neurospatial.scene.compile.validate_fields import check_fields
    from neurospatial.validate import validate_length, validate_times

    keywords = _try_or_note(held.keywords, suspicious)
    fields = held.fields()
    n_frames = fields.shape[0] if fields.ndim else 0
    if env is not None:
        n_bins = env.n_bins
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
