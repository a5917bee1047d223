"""Text that stays within its room, and what is left of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurospatial.video.figure.fit_text import (
    SMALLEST_POINTS,
    cut_text,
    fit_paragraph,
    fit_text,
    measure_text,
)

PX = 100 / 72
WORDS = st.text("abc WiM é−µ1.", max_size=80).map(lambda text: " ".join(text.split()))
LONG = st.builds(str.__mul__, WORDS, st.integers(1, 6)).map(lambda text: text[:500])
ROOMS = st.floats(0, 900)


@given(LONG, st.sampled_from([8.0, 10.0, 12.0]), ROOMS, st.sampled_from([0.7, PX, 2.3]))
def test_a_line_is_never_wider_than_its_room(
    text: str, points: float, room: float, px: float
) -> None:
    fitted = fit_text(text, points, room, px)
    (line,) = fitted.lines
    assert fitted.width <= room
    assert SMALLEST_POINTS * px <= fitted.size <= points * px
    if line != text:
        assert fitted.size == SMALLEST_POINTS * px
        assert measure_text(text, fitted.size) > room
        assert line == "" or line.endswith("…")
        assert text.startswith(line[:-1])


@given(LONG, st.tuples(st.floats(40, 900), st.floats(30, 60)))
def test_a_paragraph_stays_in_its_room_and_keeps_its_words(
    text: str, room: tuple[float, float]
) -> None:
    fitted = fit_paragraph(text, 13.0, room, PX)
    assert len(fitted.lines) <= 2
    assert len(fitted.lines) * fitted.line_height <= max(room[1], 13.0 * 1.2 * PX)
    one = fit_text(text, 13.0, room[0], PX)
    assert fitted.size >= one.size
    assert fitted.width <= room[0]
    assert len("".join(fitted.lines)) >= len("".join(one.lines)) - 2
    if "…" not in fitted.lines[-1]:
        assert "".join(fitted.lines).replace(" ", "") == text.replace(" ", "")


def test_what_fits_is_as_it_was() -> None:
    assert fit_text("cell 1", 12.0, 200, PX).lines == ("cell 1",)
    assert fit_text("cell 1", 12.0, 200, PX).size == 12.0 * PX
    assert fit_paragraph("Session 1", 13.0, (400, 36), PX).lines == ("Session 1",)


@pytest.mark.parametrize("points", [8.0, 12.0])
def test_a_text_is_smaller_first_and_then_cut(points: float) -> None:
    text = "a cell of the medial entorhinal cortex"
    whole = measure_text(text, points * PX)
    smaller = fit_text(text, points, 0.85 * whole, PX)
    assert smaller.lines == (text,)
    assert smaller.size > 0.75 * points * PX
    cut = fit_text(text, points, 0.3 * whole, PX)
    assert cut.lines[0].endswith("…")
    assert cut.lines[0] == cut_text(text, cut.size, 0.3 * whole)


def test_a_long_title_has_two_lines() -> None:
    title = "Grid cells of the medial entorhinal cortex in the open field, rat 7, session of May 2"
    fitted = fit_paragraph(title, 13.0, (400, 36), PX)
    assert " ".join(fitted.lines) == title
    assert fitted.size > fit_text(title, 13.0, 400, PX).size
