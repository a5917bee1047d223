"""Text is data: whatever comes in by whatever parameter, all backends show the same of it."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurospatial.scene import Scene, Text
from neurospatial.validate import clean_text
from neurospatial.validate.text import MOST_CHARACTERS, normalize_text, shorten_text
from neurospatial.widget import FieldsWidget, WidgetOptions
from tests.html.pages import bundled, layers_of
from tests.validate.texts import (
    HOSTILE,
    PARAMETERS,
    UNSHOWN,
    allow_long,
    iter_texts,
    make_by_hand,
    make_full,
    show_in,
)

MAKERS: dict[str, Callable[[str], Scene]] = {**PARAMETERS, "by hand": make_by_hand}
ANY = st.text(st.characters() | st.sampled_from("\r\n\0\x85\u2028\u202e\u2069\ud83d\udc00$"))


@pytest.mark.parametrize(("text", "shown"), HOSTILE.values(), ids=HOSTILE)
def test_one_line_is_made_of_it(text: str, shown: str) -> None:
    assert clean_text(text) == shown


@given(ANY | st.builds(str.__mul__, ANY, st.integers(1, 2000)))
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    clean = clean_text(text)
    assert clean_text(clean) == clean
    assert not UNSHOWN.search(clean)
    assert len(clean) <= MOST_CHARACTERS
    clean.encode("utf-8")


@given(st.text(st.characters(categories=["L", "N", "P", "S", "M"]), max_size=MOST_CHARACTERS))
def test_nothing_is_taken_from_plain_text(text: str) -> None:
    assert clean_text(text) == text.replace("\ufeff", "")


@pytest.mark.parametrize("parameter", MAKERS)
@pytest.mark.parametrize(("text", "shown"), HOSTILE.values(), ids=HOSTILE)
def test_every_parameter_is_cleaned(parameter: str, text: str, shown: str) -> None:
    with allow_long(text):
        scene = MAKERS[parameter](text)
    # Words in the picture have lines of their own.
    found = [one.replace("\n", " ") for one in iter_texts(scene)]
    assert any(shown in one for one in found)
    assert not any(UNSHOWN.search(one) for one in found)
    assert max(map(len, found)) <= MOST_CHARACTERS


def test_words_in_a_picture_keep_their_lines() -> None:
    scene = PARAMETERS["strings"]("a\r\nb\u2028\0c\t\0")
    (words,) = (layer for layer in scene.panels[0].layers if isinstance(layer, Text))
    assert words.strings == ("a\nb\n�c ",)


def test_one_warning_says_how_much_too_long_texts_are() -> None:
    with pytest.warns(UserWarning, match=r"(?s)^\d+ of the texts.*longest has 100,0") as caught:
        make_full("x" * 100_000)
    assert len(caught) == 1


def test_a_field_and_its_colour_bar_share_their_scale() -> None:
    (panel,) = show_in(colorbar_label="a\nb").panels
    assert panel.colorbar is panel.fields[0].color
    assert panel.colorbar.label == "a b"


def test_what_is_clean_is_the_same_object() -> None:
    scene = show_in(title="clean", frame_labels=["a", "b"])
    again = Scene(scene.panels, scene.timeline, scene.title)
    assert again.panels is scene.panels
    assert again.timeline is scene.timeline


@pytest.mark.parametrize(("text", "shown"), HOSTILE.values(), ids=HOSTILE)
def test_a_page_and_a_widget_are_given_the_clean_text(text: str, shown: str) -> None:
    with allow_long(text):
        scene = make_full(text)
    _, read = bundled(scene)
    header, panel = read.header, read.header["panels"][0]
    assert (header["title"], panel["title"]) == (shown, shown)
    assert {scale["label"] for scale in header["scales"]} == {shown}
    assert panel["view"]["labels"] == list(scene.panels[0].view.axis_labels)
    assert read.texts(header["labels"]) == [shown, "b"]
    assert [strip["label"] for strip in header["strips"]] == [shown]
    strings = [read.texts(x["strings"]) for x in layers_of(read).values() if x["type"] == "Text"]
    assert [shorten_text(normalize_text(text, "\n"))] in strings
    assert not any(UNSHOWN.search(one) for one in iter_texts(header))
    widget = FieldsWidget(scene, WidgetOptions())
    assert list(iter_texts(json.loads(widget._header))) == list(iter_texts(header))
    widget.close()
