"""What is listed is in an order of its own, not in that of a set."""

import re
import warnings
from dataclasses import replace

import numpy as np
import pytest

from neurospatial.backends import backend_statuses, present_compiled, registry
from neurospatial.layouts import RegularGrid
from neurospatial.scene import Field, Points, rgba
from neurospatial.testing import scene_of

NAMES = [f"mark {letter}" for letter in "qxaumzkb"]


@pytest.mark.usefixtures("wall", "poster")
def test_backends_are_told_of_by_name() -> None:
    names = [status.name for status in backend_statuses()]
    assert names == sorted(names)
    assert {"wall", "poster", "video"} <= set(names)


@pytest.mark.usefixtures("wall", "poster")
@pytest.mark.parametrize(
    ("suffix", "first"), [(".mp4", "video"), (".html", "html"), (".poster", None)]
)
def test_to_find_who_writes_a_file_no_other_of_ours_is_loaded(
    monkeypatch: pytest.MonkeyPatch, suffix: str, first: str | None
) -> None:
    loaded: list[str] = []
    load = registry.load_or_skip

    def note(entry):
        loaded.append(entry.name)
        return load(entry)

    monkeypatch.setattr(registry, "load_or_skip", note)
    # As a machine may list what is installed.
    found = registry.find_installed()
    monkeypatch.setattr(registry, "find_installed", lambda: dict(reversed(sorted(found.items()))))
    registry.find_backend_for_suffix(suffix)
    if first is not None:
        assert loaded == [first]
    assert loaded == sorted(loaded)


def test_layers_that_are_not_drawn_are_named_in_order() -> None:
    layout = RegularGrid((np.arange(4.0), np.arange(4.0)), np.ones((3, 3), dtype=bool))
    marks = [
        Points(name=name, xy=np.ones((1, 1, 2), np.float32), color=rgba("r")) for name in NAMES
    ]
    scene = scene_of(layout, np.zeros((2, 9)), marks)
    video = registry.get_backend("video")

    class Plain:
        name, draws = "plain", frozenset({Field})

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        kept = present_compiled._drop_undrawn_layers(scene, Plain())
    (said,) = [str(warning.message) for warning in caught]
    assert re.findall(r"mark \w", said) == sorted(NAMES)
    assert {type(layer) for layer in kept.panels[0].layers} == {Field}
    whole = replace(scene, title="all of it")
    assert present_compiled._drop_undrawn_layers(whole, video) is whole
