"""Whatever texts are held in, every public door takes them by position, as what they say."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pandas
import polars
import pytest

from neurospatial import Environment, animate_fields
from neurospatial.fields import FieldSeries
from neurospatial.overlays import RegionOverlay, TimeSeriesOverlay
from tests.validate.outcomes import describe_outcome
from tests.validate.right import (
    FIELD,
    FIELDS,
    GRAPH,
    LINEAR,
    PLACES,
    PLANE,
    SQUARE,
    TIMES,
    show,
    write_maps,
)
from tests.validate.test_doors import list_public

Hand = Callable[[object], object]

_FILM = {"save_path": "film.html", "progress": False}
_FILMS: dict[str, Callable[..., object]] = {
    "scene.compile_scene": show,
    "animate_fields": partial(animate_fields, PLANE, FIELDS, **_FILM),
    "Environment.animate_fields": partial(PLANE.animate_fields, FIELDS, **_FILM),
}
_EDGES = [[0, 1, 2], [0, 1]]
_SPACES: dict[str, Callable[..., Environment]] = {
    "Environment": partial(Environment, PLANE.layout),
    "Environment.from_graph": partial(Environment.from_graph, GRAPH, [(0, 1)], 0.0, 1.0),
    "Environment.from_grid_edges": partial(Environment.from_grid_edges, _EDGES),
    "Environment.from_image": partial(Environment.from_image, [[True, True]], 1.0),
    "Environment.from_layout": partial(Environment.from_layout, PLANE.layout),
    "Environment.from_mask": partial(Environment.from_mask, [[True], [True]], _EDGES),
    "Environment.from_polygon": partial(Environment.from_polygon, SQUARE, 1.0),
    "Environment.from_samples": partial(Environment.from_samples, PLACES, 1.0),
}


def _each(of: dict[str, Callable[..., object]], parameter: str) -> dict[str, Hand]:
    return {
        f"{name}({parameter})": lambda text, call=call: call(**{parameter: text})  # type: ignore[misc]
        for name, call in of.items()
    }


def _read_axes(make: Hand) -> Hand:
    return lambda names: make(names).axis_names  # type: ignore[attr-defined]


LABELS: dict[str, tuple[Hand, list[str]]] = {
    **{door: (hand, ["a", "b", "3"]) for door, hand in _each(_FILMS, "frame_labels").items()},
    **{door: (hand, ["end", "begin"]) for door, hand in _each(_FILMS, "show_regions").items()},
    **{
        door: (_read_axes(hand), ["x", "z"][: 1 if "graph" in door else 2])
        for door, hand in _each(_SPACES, "axis_names").items()
    },
    "Environment.region_mask(names)": (PLANE.region_mask, ["end", "begin"]),
    "Environment.region_membership(names)": (
        lambda names: PLANE.region_membership(PLACES, names), ["end", "begin"],
    ),
    "Environment.region_visits(names)": (
        lambda names: PLANE.region_visits(TIMES, PLACES, names=names), ["end", "begin"],
    ),
    "fields.FieldSeries(names)": (
        lambda names: FieldSeries(np.stack([FIELDS, FIELDS]), TIMES, PLANE, names).names,
        ["cell 7", "cell 3"],
    ),
    "overlays.RegionOverlay(names)": (
        lambda names: show(RegionOverlay(PLANE.regions, names=names)), ["end", "begin"],
    ),
    "nwb.write_rate_maps(labels)": (lambda labels: write_maps(labels=labels), ["x", "height"]),
}  # fmt: skip
"""Doors that take several texts, each with some that are right."""

TEXTS: dict[str, Hand] = {
    **_each(_FILMS, "title"),
    **_each(_FILMS, "colorbar_label"),
    "Environment.plot_field(colorbar_label)": lambda label: (
        PLANE.plot_field(FIELD, colorbar_label=label).figure.axes[1].get_ylabel()
    ),
    "overlays.TimeSeriesOverlay(label)": lambda label: show(
        TimeSeriesOverlay(LINEAR, TIMES, label=label)
    ),
}
"""Doors that take one text."""

ELSEWHERE = (
    # What backends are handed, made of what these doors have checked.
    r"scene\.(Panel|Scene|SceneOptions|Timeline|View|ColorScale|ColorScale\.from_cmap|Trace)\(\w+\)",
    # Panels are made by compile_scene of what it is given, and ask the same questions.
    r"(FieldPanel|scene\.FieldPanel|scene\.PanelContext\.lower_overlays|animate|plot_frame)\(\w+\)",
    r"overlays\.CameraPanel\(\w+\)",
    # A FieldSeries, made of what decode_positions has computed.
    r"Decoded\(names\)",
    # What is read from a file.
    r"nwb\.RateMaps\(labels\)",
)

SERIES: dict[str, Callable[[list[str]], object]] = {
    "tuple": tuple,
    "array of text": np.array,
    "array of bytes": lambda texts: np.array([text.encode() for text in texts]),
    "array of objects": lambda texts: np.array(texts, dtype=object),
    "bytes in a list": lambda texts: [text.encode() for text in texts],
    "pandas": lambda texts: pandas.Series(texts, index=range(len(texts))[::-1]),
    "pandas, categories": lambda texts: pandas.Series(texts, dtype="category"),
    "index of pandas": pandas.Index,
    "polars": polars.Series,
}
"""Ways to hold several texts."""

ONES: dict[str, object] = {
    "bytes": b"5",
    "NumPy": np.str_("5"),
    "a number": 5,
    "int64": np.int64(5),
}
"""Ways to say "5"."""


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("holder", SERIES.values(), ids=SERIES)
@pytest.mark.parametrize("door", LABELS)
def test_labels_go_by_position_whatever_holds_them(
    door: str, holder: Callable[[list[str]], object]
) -> None:
    hand, labels = LABELS[door]
    plain = describe_outcome(lambda: hand(labels))
    assert plain[0] not in ("TypeError", "ValueError"), plain
    assert describe_outcome(lambda: hand(holder(labels))) == plain


@pytest.mark.parametrize("door", LABELS)
def test_what_is_no_label_is_refused(door: str) -> None:
    with pytest.raises(TypeError, match=r"(?s)WHY: .*HOW: "):
        LABELS[door][0]([None, {}])


@pytest.mark.parametrize("text", ONES.values(), ids=ONES)
@pytest.mark.parametrize("door", TEXTS)
def test_one_text_is_what_it_says(door: str, text: object) -> None:
    hand = TEXTS[door]
    assert describe_outcome(lambda: hand(text)) == describe_outcome(lambda: hand("5"))


@pytest.mark.parametrize("door", TEXTS)
def test_one_text_is_cleaned(door: str) -> None:
    hand = TEXTS[door]
    plain = describe_outcome(lambda: hand("$5^{ �6"))
    assert describe_outcome(lambda: hand("$5^{\r\n\u202e\x1b6\0")) == plain


@pytest.mark.parametrize("door", [door for door in LABELS if door.endswith("(frame_labels)")])
def test_labels_are_cleaned(door: str) -> None:
    hand = LABELS[door][0]
    plain = describe_outcome(lambda: hand(["$5^{ �", "b", "c"]))
    assert describe_outcome(lambda: hand(["$5^{\r\n\u202e\x1b", "b\0", "c"])) == plain


@pytest.mark.parametrize("door", TEXTS)
def test_what_is_no_text_is_refused(door: str) -> None:
    with pytest.raises(TypeError, match=r"(?s)expected text\..*WHY: .*HOW: "):
        TEXTS[door](["5"])


def test_every_parameter_that_takes_texts_is_a_door() -> None:
    names = r"(frame_labels|axis_names|names|labels|show_regions|title|colorbar_label|label)"
    public = {door for door in list_public() if re.fullmatch(rf".+\({names}\)", door)}
    here = {door for door in public if any(re.fullmatch(one, door) for one in ELSEWHERE)}
    assert public - here == {*LABELS, *TEXTS}
