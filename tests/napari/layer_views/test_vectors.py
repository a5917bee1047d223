"""Lines cut at the edges of a panel, against shapely."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, box

from neurospatial.napari.layers.vectors import clip_lines

numbers = st.floats(-30, 30)


@given(st.tuples(numbers, numbers, numbers, numbers))
def test_clipped_lines_are_the_part_within_the_box(ends):
    start, stop = np.array(ends).reshape(2, 1, 2)
    (begin,), (end,) = clip_lines(start, stop, (-5.0, -8.0, 12.0, 9.0))
    line = LineString([start[0][::-1], stop[0][::-1]])
    inside = line.intersection(box(-5, -8, 12, 9))
    assert np.hypot(*(end - begin)) == pytest.approx(inside.length, abs=1e-6)


def test_lines_without_a_place_have_no_length():
    start = np.array([[0.0, 0.0], [np.nan, 1.0]])
    begin, end = clip_lines(start, start + np.array([np.nan, 1.0]), (-5.0, -8.0, 12.0, 9.0))
    np.testing.assert_array_equal(begin, end)
