"""`neurospatial animate`: a unit of an NWB file, with the animal, as a film."""

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from neurospatial.animation.cli.file_size import format_file_size
from neurospatial.animation.cli.nwb import get_session_reader
from neurospatial.animation.cli.options import (
    Keyword,
    add_option,
    add_progress,
    list_function_keywords,
    parse_parameters,
)
from neurospatial.animation.cli.render import FROM_FILE, iter_animation_keywords

SUMMARY = "Show a unit's place field in sliding windows, with the animal, from an NWB file."

READING = (
    "position",
    "plane",
    "units",
    "convert_to",
    "head_direction",
    "clockwise",
    "angle_origin",
    "pose",
    "video",
    "spikes",
    "calibration",
    "lost",
    "min_confidence",
    "camera_fps",
)
"""Keywords of `read_session`."""

NOT_SAID = FROM_FILE - {"show_regions", "region_alpha"}
"""Keywords that no option stands for."""

WORDS = {"command", "file", "unit", "save"}
"""What the command line says that is no keyword of the library."""

_KINDS = {
    "clockwise": bool,
    "angle_origin": float,
    "lost": float,
    "min_confidence": float,
    "camera_fps": float,
}
"""Of those that are no names."""

_FILES = {
    "calibration": "JSON file that VideoCalibration.save wrote: takes positions, poses and head "
    "directions in pixels to the environment, in the unit of --convert-to. Left out, the one "
    "that the session keeps; False for none, with y downward."
}
"""What a command line says otherwise than the library."""

NONE = "none"
"""The word for False, where a keyword takes a name or False."""


def add_arguments(parser: ArgumentParser) -> None:
    """Take the file, and the keywords of `read_session` and of `Session.animate`."""
    parser.add_argument("file", metavar="FILE.nwb", help="The session; see `info`.")
    parser.add_argument(
        "--unit",
        type=int,
        nargs="+",
        required=True,
        metavar="N",
        help="Id of the unit; several are shown side by side.",
    )
    parser.add_argument(
        "--save",
        required=True,
        metavar="OUT",
        help="File to write; its suffix says which kind: .mp4, .html, .gif, ...",
    )
    taken = set(NOT_SAID)
    for keyword in _iter_keywords():
        if keyword.name not in taken and add_option(parser, keyword):
            taken.add(keyword.name)
    add_progress(parser)


def run(arguments: Namespace) -> None:
    """Read, compute, write and say so."""
    began = time.perf_counter()
    given = {name: x for name, x in vars(arguments).items() if name not in WORDS}
    chosen = {name: _parse_choice(name, given.pop(name)) for name in READING if name in given}
    with get_session_reader()(arguments.file, **chosen) as session:
        unit = arguments.unit[0] if len(arguments.unit) == 1 else arguments.unit
        made = session.animate(unit, save_path=arguments.save, **given)
    if isinstance(made, Path):
        shown = ", ".join(map(str, arguments.unit))
        print(
            f"{made}: unit {shown}, {format_file_size(made)}, {time.perf_counter() - began:.1f} s"
        )


def _iter_keywords() -> Iterator[Keyword]:
    read_session = get_session_reader()
    from neurospatial.nwb import Session

    described = parse_parameters(read_session.__doc__)
    for name in READING:
        kind = _KINDS.get(name, str)
        text = _FILES.get(name, described[name]).replace("False", f'"{NONE}"')
        yield Keyword(name, kind, None, text)
    for keyword in list_function_keywords(Session.animate):
        # A name of an epoch is all of it that a command line can say.
        named = Keyword(keyword.name, str, None, keyword.description)
        yield named if keyword.name == "epoch" else keyword
    yield from iter_animation_keywords()


def _parse_choice(name: str, text: object) -> object:
    """Convert a word of the command line to what it means to `read_session`."""
    if text == NONE:
        return False
    if not isinstance(text, str):
        return text
    if name in ("position", "pose") and "," in text:
        return tuple(text.split(","))
    if name == "calibration":
        from neurospatial.overlays import VideoCalibration

        return VideoCalibration.load(text)
    return text
