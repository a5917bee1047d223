"""Numbers along an axis."""

from hypothesis import given
from hypothesis import strategies as st

from neurospatial.napari.layers.qt_text import choose_ticks


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_ticks_are_a_few_round_numbers_within(low, span):
    chosen = choose_ticks(low, low + span)
    assert 2 <= len(chosen) <= 11
    assert low - 1e-9 * span <= chosen[0]
    assert chosen[-1] <= low + span * (1 + 1e-9)
