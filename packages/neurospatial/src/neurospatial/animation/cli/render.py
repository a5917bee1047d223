"""`neurospatial render`: fields kept in an npz become a file to look at."""

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from neurospatial.animation.cli.file_size import format_file_size
from neurospatial.animation.cli.options import (
    Keyword,
    add_option,
    add_progress,
    list_function_keywords,
    list_option_keywords,
)

WORDS = {"command", "file", "out"}
"""What the command line says that is no keyword of the library."""

SUMMARY = "Render the fields in an npz to a video or any other file that a backend writes."

FROM_FILE = {
    "env",
    "fields",
    "save_path",
    "frame_labels",
    "frame_times",
    "overlays",
    "overlay_trajectory",
    "progress",
    "region_alpha",
    "show_regions",
}
"""Keywords that are no options here: the npz, OUT or `--no-progress` says them."""


def add_arguments(parser: ArgumentParser) -> None:
    """Take the files, and the keywords of `animate_fields` and of the installed backends."""
    parser.add_argument("file", metavar="FILE.npz", help="What to render; see `info`.")
    parser.add_argument("out", metavar="OUT", help="File to write; its suffix says which kind.")
    taken = set(FROM_FILE)
    for keyword in iter_animation_keywords():
        if keyword.name not in taken and add_option(parser, keyword):
            taken.add(keyword.name)
    add_progress(parser)


def run(arguments: Namespace) -> None:
    """Render and say what was written."""
    from neurospatial.backends import animate_fields
    from neurospatial.fields import read_fields_file

    given = {name: x for name, x in vars(arguments).items() if name not in WORDS}
    held = read_fields_file(arguments.file)
    fields = held.fields()
    began = time.perf_counter()
    keywords = {**held.keywords(), **given, "save_path": arguments.out}
    made = animate_fields(held.environment(), fields, **keywords)
    if isinstance(made, Path):
        seconds = time.perf_counter() - began
        print(f"{made}: {len(fields)} fields, {format_file_size(made)}, {seconds:.1f} s")


def iter_animation_keywords() -> Iterator[Keyword]:
    """List the keywords of a scene, of `animate_fields` and of the backends that write files."""
    from neurospatial.backends import animate_fields, backend_names, get_backend
    from neurospatial.scene import SceneOptions

    yield from list_option_keywords(SceneOptions)
    yield from list_function_keywords(animate_fields)
    for name in backend_names():
        try:
            backend = get_backend(name)
            own = list_option_keywords(backend.Options) if backend.suffixes else []
        except Exception:  # `neurospatial backends` says what is wrong
            continue
        yield from own
