"""Texts that want to be more than text, and every parameter of a scene that takes one."""

import re
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import fields, is_dataclass

import numpy as np
import pytest

from neurospatial import Environment
from neurospatial.overlays import TimeSeriesOverlay
from neurospatial.scene import (
    ColorScale,
    Panel,
    Points,
    Scene,
    Text,
    Timeline,
    View,
    compile_scene,
    rgba,
)
from neurospatial.testing.scenes import FixedOverlay

HOSTILE: dict[str, tuple[str, str]] = {
    "dollars": ("from $5^{ to $10", "from $5^{ to $10"),
    "ends of lines": ("a\r\nb\rc\x85d\u2028e\u2029f\vg\fh", "a b c d e f g h"),
    "controls": ("a\x1b[2Jb\tc\x9f", "a�[2Jb c�"),
    "NUL": ("a\0b\0\0", "a�b"),
    "half a pair": ("\ud83d \ud83d\ude00 \udc80", "� 😀 �"),
    "turned about": ("a\u202eb\u2066c\u200f\ufeff", "abc"),
    "right to left": ("שלום 12", "שלום 12"),
    "other scripts": ("位置 é", "位置 é"),
    "markup": ("<b>x</b>&amp;<img src=x onerror=f()>", "<b>x</b>&amp;<img src=x onerror=f()>"),
    "formats": ("{} {0!r} %s %(x)s [*] 100%", "{} {0!r} %s %(x)s [*] 100%"),
    "an expression": ("9**9**9", "9**9**9"),
    "long": ("x" * 100_000, "x" * 499 + "…"),
    "nothing": ("\u202e\0", ""),
}
"""What is given, and what is shown of it in one line."""

UNSHOWN = re.compile(
    r"[\0-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Controls of any kind, and halves of surrogate pairs."""

EDGES = [[0, 10, 20, 30], [0, 10, 20]]
FIELDS = np.tile(np.arange(6.0), (2, 1))


def allow_long(text: str) -> object:
    """Expect the warning of a text that is cut, and none of others."""
    if len(text) > 1000:
        return pytest.warns(UserWarning, match="have more than 500 characters")
    return nullcontext()


def make_room(**more: object) -> Environment:
    return Environment.from_grid_edges(EDGES, **{"units": "cm", **more})


def show_in(env: Environment | None = None, *overlays: object, **more: object) -> Scene:
    return compile_scene(env or make_room(), FIELDS, overlays=overlays, **more)


def show_region(name: str) -> Scene:
    env = make_room()
    env.regions.add(name, polygon=[[0, 0], [20, 0], [20, 10], [0, 10]])
    return show_in(env, show_regions=True)


def make_signal(label: str) -> TimeSeriesOverlay:
    return TimeSeriesOverlay([0.0, 2.0, 1.0], [0.0, 0.5, 1.0], label=label)


def make_words(text: str) -> FixedOverlay:
    place = np.array([[15.0, 10.0]], np.float32)
    return FixedOverlay((Text(name="T", anchor=place, strings=(text,), color=rgba("k")),))


def make_mark(name: str) -> FixedOverlay:
    return FixedOverlay((Points(name=name, xy=np.ones((1, 1, 2), np.float32), color=rgba("k")),))


PARAMETERS: dict[str, Callable[[str], Scene]] = {
    "title": lambda text: show_in(title=text),
    "colorbar_label": lambda text: show_in(colorbar_label=text),
    "frame_labels": lambda text: show_in(frame_labels=[text, "b"]),
    "panels": lambda text: compile_scene(make_room(), {text: FIELDS, "b": FIELDS}),
    "units": lambda text: show_in(make_room(units=text)),
    "axis_names": lambda text: show_in(make_room(axis_names=(text, "z"))),
    "regions": show_region,
    "label": lambda text: show_in(None, make_signal(text), frame_times=[0.0, 1.0]),
    "strings": lambda text: show_in(None, make_words(text)),
    "name": lambda text: show_in(None, make_mark(text)),
}
"""Every parameter that a text comes in by."""


def make_by_hand(text: str) -> Scene:
    """Make a scene past the compiler, as a backend's own tests may."""
    view = View((0.0, 0.0, 1.0, 1.0), text, labels=(text, text), axis_names=(text, text))
    scale = ColorScale.from_cmap("gray", 0.0, 1.0, text)
    panel = Panel(view, make_mark(text).fixed, text, scale)
    return Scene((panel,), Timeline(1, 30.0, None, [text], text), text)


def make_full(text: str) -> Scene:
    """Make a scene with a text in every place at once, of what a film shows."""
    env = make_room(units=text, axis_names=(text, "z"))
    env.regions.add(text, polygon=[[0, 0], [20, 0], [20, 10], [0, 10]])
    return compile_scene(
        env, {text: FIELDS, "b": FIELDS}, title=text, colorbar_label=text, scale_bar=True,
        link=None,
        frame_labels=[text, "b"], frame_times=[0.0, 1.0], show_regions=True,
        overlays=[make_signal(text), make_words(text), make_mark(text)],
    )  # fmt: skip


def iter_texts(part: object) -> Iterator[str]:
    """Iterate over all texts in what a scene or the header of a bundle is made of."""
    if isinstance(part, str):
        yield part
    elif is_dataclass(part):
        yield from iter_texts([getattr(part, field.name) for field in fields(part)])
    elif isinstance(part, dict):
        yield from iter_texts(list(part.values()))
    elif isinstance(part, (tuple, list)):
        for one in part:
            yield from iter_texts(one)
