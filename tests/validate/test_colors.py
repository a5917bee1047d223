"""Colours are read as matplotlib reads them, and usual ones without it."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import BASE_COLORS, CSS4_COLORS, TABLEAU_COLORS, to_rgba

from neurospatial.scene import rgba
from neurospatial.validate import color_names, colors
from tools.samples.make_color_names import make_names

NAMES = sorted(BASE_COLORS | CSS4_COLORS | TABLEAU_COLORS)
DIGITS = st.integers(3, 8).flatmap(
    lambda n: st.text("0123456789abcdefABCDEF", min_size=n, max_size=n)
)
ODD = ["none", "C1", "0.5", "Red", "TAB:BLUE", "xkcd:sky blue", "K", "#12345", "redd", "", "#"]


def outcome(read: object, color: object, alpha: object) -> object:
    try:
        return read(color, alpha)  # type: ignore[operator]
    except ValueError:
        return "refused"


@given(
    st.one_of(st.sampled_from([*NAMES, *ODD]), DIGITS.map("#{}".format)),
    st.sampled_from([None, 0.0, 0.25, 1.0, 1, 2.0, -1.0]),
)
def test_colours_are_those_of_matplotlib(color: str, alpha: float | None) -> None:
    assert outcome(rgba, color, alpha) == outcome(to_rgba, color, alpha)


def test_the_names_are_those_of_matplotlib() -> None:
    with open(color_names.__file__, encoding="utf-8") as file:
        assert file.read() == make_names()
    assert sorted(color_names.LETTERS | color_names.NAMED) == NAMES
    for name in NAMES:
        assert rgba(name) == to_rgba(name)


@pytest.mark.parametrize("color", ["red", "tab:blue", "k", "#0af", "Gold"])
def test_usual_colours_take_no_matplotlib(color: str) -> None:
    code = (
        f"from neurospatial.validate.colors import rgba; rgba({color!r}, 0.5); import sys; "
        "sys.exit('matplotlib' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
    assert colors.rgba(color, 0.5)[3] == 0.5
