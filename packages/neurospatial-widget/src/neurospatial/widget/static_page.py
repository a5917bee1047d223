"""What stands in for a widget where no kernel runs: exported notebooks, and those opened again."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape
from math import prod
from typing import cast

import numpy as np

from neurospatial.html import Bundle, HTMLPage
from neurospatial.scene import Scene
from neurospatial.widget.options import WidgetOptions

_log = logging.getLogger("neurospatial")

_PIXEL = 3
"""Bytes of a camera's pixel, RGB: what its pictures are counted by before they are compressed."""

_HIDDEN_AT_FIRST = "<style>@keyframes ns-static { 0%, 99% { display: none; } }</style>"
"""A live widget then hides it for good, before it has been seen."""


def make_static_html(scene: Scene, options: WidgetOptions, mark: str) -> str:
    """Make a page in a frame, or say how to get one where that would be large.

    Parameters
    ----------
    scene : Scene
    options : WidgetOptions
    mark : str
        By which the living widget finds it.

    Returns
    -------
    str
        HTML; the fields are read only if the page goes in.
    """
    megabytes = count_bytes(Bundle(scene, options.make_bundle_options(scene)).header) / 1e6
    if megabytes <= options.static_mb:
        inside = HTMLPage(scene, replace(options.page, progress=False))._repr_html_()
    else:
        words = _explain_too_large(scene.timeline.n_frames, megabytes, options.static_mb)
        _log.info(words)
        inside = f"<p>{escape(words)}</p>"
    return (
        f'{_HIDDEN_AT_FIRST}<div data-ns-static="{mark}" style="animation: ns-static 3s">'
        f"{inside}</div>"
    )


def count_bytes(header: Mapping[str, object]) -> int:
    """Count how many bytes the data of a bundle are before it is compressed.

    Labels are left out, and the maps of bins: they become a fiftieth when they are compressed,
    and would be most of all where a view zooms.

    Examples
    --------
    >>> codes = {"dtype": "uint8", "shape": [100, 6], "rows": 9, "name": "a0"}
    >>> count_bytes({"panels": [{"values": codes}, {"values": codes}]})
    600
    """
    return sum({str(name): size for name, size in _iter_sizes(header)}.values())


def _iter_sizes(entry: object) -> Iterator[tuple[object, int]]:
    """Yield names and sizes of what an entry of a header describes; the same may come twice."""
    if isinstance(entry, list):
        for part in entry:
            if isinstance(part, Mapping):
                yield from _iter_sizes(part)
    elif isinstance(entry, Mapping):
        if "dtype" in entry:
            yield entry["name"], prod(entry["shape"]) * np.dtype(entry["dtype"]).itemsize
        elif "pictures" in entry:
            pictures = cast(Mapping[str, object], entry["pictures"])
            yield pictures["name"], cast(int, pictures["n"]) * prod(entry["size"]) * _PIXEL
        for name, part in entry.items():
            if name != "index_map":
                yield from _iter_sizes(part)


def _explain_too_large(n_frames: int, megabytes: float, most: float) -> str:
    return (
        f"The {n_frames} frames of this animation are {megabytes:.1f} MB of data, more than the "
        f"{most:g} MB (static_mb) of which a notebook keeps a page: they are shown while the "
        "kernel runs. widget.save('animation.html') writes a page that needs none."
    )
