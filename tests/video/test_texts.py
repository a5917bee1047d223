"""Titles, names and labels of a film, as they are written."""

from collections.abc import Iterator

import matplotlib.mathtext
import numpy as np
import pytest
from matplotlib import rc_context
from numpy.typing import NDArray

from neurospatial.scene import Scene
from neurospatial.validate import glyphs
from neurospatial.validate.glyphs import get_glyph_finder
from neurospatial.video import VideoOptions, render_frames
from neurospatial.video.canvas.text_coverage import compute_text_coverage, draws_leftward
from neurospatial.video.figure import chrome
from tests.validate.texts import HOSTILE, PARAMETERS, allow_long, make_full, show_in

OPTIONS = VideoOptions(save_path="film.mp4", figsize=(8, 6), dpi=60)
ELSEWHERE = {"name"}
"""Parameters that a film does not show."""

BLANK = "\u202e"
"""A text with nothing to see in it."""

LACKED = "位"

SIGN = "\u23b0"
"""Of a font of signs alone, which has no letters."""


@pytest.fixture(autouse=True)
def only_own_fonts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Draw with matplotlib's own fonts, whatever is installed here."""
    fonts = tuple(font for font in glyphs._list_fonts() if "mpl-data" in font.fname)
    monkeypatch.setattr(glyphs, "_list_fonts", lambda: fonts)
    glyphs._make_finder.cache_clear()
    yield
    glyphs._make_finder.cache_clear()


@pytest.fixture
def unparsed(monkeypatch: pytest.MonkeyPatch) -> None:
    def parse(*given: object, **more: object) -> None:
        raise AssertionError(f"{given[1:]} is read as a formula")

    monkeypatch.setattr(matplotlib.mathtext.MathTextParser, "parse", parse)


def draw(scene: Scene) -> NDArray[np.uint8]:
    return next(render_frames(scene, OPTIONS, [0]))


@pytest.fixture(scope="module")
def blank() -> NDArray[np.uint8]:
    return draw(make_full(BLANK))


def allow_odd(name: str) -> object:
    if name == "other scripts":
        return pytest.warns(UserWarning, match="No installed font has 2 of the characters")
    if name == "right to left" and not draws_leftward():
        return pytest.warns(UserWarning, match="drawn from left to right")
    return allow_long("")


@pytest.mark.usefixtures("unparsed")
@pytest.mark.parametrize("name", HOSTILE)
def test_any_text_is_drawn_and_none_is_parsed(name: str, blank: NDArray[np.uint8]) -> None:
    given, shown = HOSTILE[name]
    with allow_long(given):
        scene = make_full(given)
    with allow_odd(name):
        picture = draw(scene)
    assert np.array_equal(picture, blank) == (not shown)


@pytest.mark.usefixtures("unparsed")
@pytest.mark.parametrize("parameter", sorted(PARAMETERS.keys() - ELSEWHERE))
def test_dollars_are_drawn_as_dollars(parameter: str) -> None:
    make = PARAMETERS[parameter]
    picture = draw(make("$5^{ to $10"))
    for other in (BLANK, "5^{ to 10", "$5^{ to 10"):
        assert not np.array_equal(picture, draw(make(other)))


@pytest.mark.parametrize("parameter", sorted(PARAMETERS.keys() - ELSEWHERE))
def test_what_no_font_has_is_named_and_marked(parameter: str) -> None:
    scene = PARAMETERS[parameter](f"a{LACKED}")
    with pytest.warns(UserWarning, match=rf"No installed font has 1 .*: {LACKED} \(U\+4F4D\)"):
        picture = draw(scene)
    assert np.array_equal(picture, draw(PARAMETERS[parameter]("a�")))


def test_what_a_film_does_not_show_is_not_complained_of() -> None:
    draw(PARAMETERS["name"](LACKED))


@pytest.mark.parametrize("parameter", ["title", "frame_labels", "strings"])
def test_another_font_has_what_the_default_one_lacks(parameter: str) -> None:
    """Computer Modern has no ħ; DejaVu Sans, which comes along, has it."""
    with rc_context({"font.family": "cmr10", "axes.formatter.use_mathtext": True}):
        assert get_glyph_finder().find("ħ").keys() == {"ħ"}
        pictures = [draw(PARAMETERS[parameter](text)) for text in ("ħm", "�m")]
    assert not np.array_equal(*pictures)


def test_runs_have_a_font_each_where_none_has_all() -> None:
    finder = get_glyph_finder()
    runs = finder.split_by_font(f"xx{SIGN}é")
    assert [text for _, text in runs] == ["xx", SIGN, "é"]
    assert [path == finder.default for path, _ in runs] == [True, False, True]
    alone, all_ = (compute_text_coverage(text, 20) for text in ("xxé", f"xx{SIGN}é"))
    assert all_.astype(float).sum() > alone.astype(float).sum()


def test_a_font_of_all_the_letters_draws_all_of_them() -> None:
    with rc_context({"font.family": "cmr10"}):
        ((path, text),) = get_glyph_finder().split_by_font("xx ħ")
    assert (path.rpartition("/")[2], text) == ("DejaVuSans.ttf", "xx ħ")


@pytest.mark.skipif(not draws_leftward(), reason="Pillow cannot turn letters here")
def test_letters_from_right_to_left_are_turned() -> None:
    """Lamed, the second letter, reaches higher than the first: it stands at the left."""
    word = compute_text_coverage("אל", 40)
    rows, columns = (np.flatnonzero(word.any(axis=axis)) for axis in (1, 0))
    assert np.flatnonzero(word[rows[0]]).max() < columns.mean()


@pytest.mark.parametrize("parameter", ["title", "frame_labels"])
def test_letters_that_are_not_turned_are_named(
    parameter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chrome, "draws_leftward", lambda: False)
    with pytest.warns(UserWarning, match="right to left are drawn from left to right: 'שלום'"):
        draw(PARAMETERS[parameter]("שלום"))
    draw(show_in(title="left to right"))
