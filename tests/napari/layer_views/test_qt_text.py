"""Numbers along an axis, and words in a room."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from qtpy.QtGui import QFontMetricsF

from neurospatial.napari.layers.qt_text import choose_ticks, create_font, fit_ticks, fit_words
from neurospatial.validate import clean_text


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_ticks_are_a_few_round_numbers_within(low, span):
    chosen = choose_ticks(low, low + span)
    assert 2 <= len(chosen) <= 11
    rounding = 1e-9 * span + 2 * np.spacing(abs(low) + span)
    assert low - rounding <= chosen[0]
    assert chosen[-1] <= low + span + rounding


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.floats(1, 500), st.floats(1, 30))
def test_numbers_do_not_run_into_each_other(low, span, px, letter):
    def measure(words):
        return letter * len(words)

    ticks, words = fit_ticks(low, low + span, px, measure)
    assert len(ticks) == len(words)
    at = (ticks - low) / span * px
    for place, following, word in zip(at, at[1:], words, strict=False):
        assert following - place >= measure(word) - 1e-6 * px


@given(
    st.text(max_size=60).map(clean_text), st.floats(0, 400), st.floats(0, 40), st.integers(6, 24)
)
def test_words_fit_their_room_or_are_shortened(qapp, words, width, height, px):
    usual = create_font(px)
    font, fitted = fit_words(usual, words, width, height)
    metrics = QFontMetricsF(font)
    assert px / 2 - 1 <= font.pixelSize() <= px
    assert usual.pixelSize() == px
    if fitted:
        assert metrics.height() <= height
        assert metrics.horizontalAdvance(fitted) <= width
    assert fitted in ("", words) or fitted.endswith("…")


def test_words_with_room_stay_as_they_are(qapp):
    font, fitted = fit_words(create_font(12), "cell 7", 500.0, 40.0)
    assert (font.pixelSize(), fitted) == (12, "cell 7")
    font, fitted = fit_words(create_font(12), "cell 7", 30.0, 40.0)
    assert 6 <= font.pixelSize() < 12
