"""Which font draws a character, and what is said where none does."""

import warnings

import matplotlib.mathtext
import numpy as np
import pytest
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.ft2font import FT2Font
from matplotlib.text import Text

from neurospatial import Environment
from neurospatial.validate import glyphs
from neurospatial.validate.glyphs import check_direction, check_glyphs, get_glyph_finder
from tests.validate.texts import EDGES, HOSTILE

LACKED = "\U0010fffd"
"""For private use: every font has another sign for it, or none."""


def draw_field(text: str) -> Axes:
    env = Environment.from_grid_edges(EDGES, units=text, axis_names=(text, "z"))
    axes = env.plot_field(np.arange(6.0), colorbar_label=text)
    axes.figure.canvas.draw()
    return axes


@pytest.mark.parametrize("name", ["dollars", "controls", "markup", "formats"])
def test_a_plotted_field_shows_the_text_as_it_is(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, shown = HOSTILE[name]
    monkeypatch.setattr(matplotlib.mathtext.MathTextParser, "parse", None)
    axes = draw_field(given)
    assert axes.get_xlabel() == f"{shown} [{shown}]"
    assert axes.get_ylabel() == f"z [{shown}]"
    assert axes.figure.axes[1].get_ylabel() == shown


def test_a_plotted_line_does_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matplotlib.mathtext.MathTextParser, "parse", None)
    env = Environment.from_grid_edges(EDGES[:1], units="$5^{")
    axes = env.plot_field(np.arange(3.0), colorbar_label="$5^{")
    axes.figure.canvas.draw()
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("Distance [$5^{]", "$5^{")


def test_a_plotted_field_marks_what_no_font_has() -> None:
    with pytest.warns(UserWarning, match=r"No installed font has 1 .* \(U\+10FFFD\)") as caught:
        axes = draw_field(LACKED)
    assert len(caught) == 1
    assert axes.get_xlabel() == "� [�]"


def test_no_font_of_boxes_is_taken() -> None:
    assert not [font.name for font in glyphs._list_fonts() if "Last" in font.name]


def test_many_missing_characters_are_counted() -> None:
    texts = ["".join(map(chr, range(0xF0000, 0xF0014))), "abc"]
    with pytest.warns(UserWarning, match=r"has 20 of .*U\+F0007\) and 12 more\."):
        check_glyphs(texts)


@pytest.mark.parametrize("text", ["", "x [cm]", "µ é", "שלום", "a\u200db\ufe0f\u3000", "�"])
def test_what_is_drawn_is_not_complained_of(text: str) -> None:
    with warnings.catch_warnings(action="error"):
        check_glyphs([text])
        check_direction([text], True, "")


def test_what_has_no_ink_is_left_out_where_the_font_lacks_it() -> None:
    with rc_context({"font.family": "cmr10"}):
        assert get_glyph_finder().replace_missing("a\u200db\ufe0f\u3000c") == "ab c"


def test_a_font_that_is_not_scalable_or_damaged_is_passed_by(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    open_font, finder = glyphs._open_font, glyphs.GlyphFinder(get_glyph_finder().default)

    def refuse(path: str) -> FT2Font:
        if path == finder.default:
            return open_font(path)
        raise RuntimeError("In FT2Font: Can not load face (unknown file format; error code 0x2)")

    monkeypatch.setattr(glyphs, "_open_font", refuse)
    assert finder.find_missing("位") == ["位"]


def test_text_is_plain_whatever_the_style_of_the_user() -> None:
    written: list[Text] = []
    with rc_context({"text.usetex": True, "text.parse_math": True}):
        glyphs.write_plain_text(
            lambda text, **style: written.append(Text(0, 0, text, **style)), "$x_1$"
        )
    (text,) = written
    assert (text.get_text(), text.get_usetex(), text.get_parse_math()) == ("$x_1$", False, False)
