"""Where a panel lies in napari's world, and back."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurospatial.napari.layers.placement import Placement

numbers = st.floats(-1e3, 1e3)


@st.composite
def placements(draw):
    x, y = draw(numbers), draw(numbers)
    bounds = (x, y, x + draw(st.floats(1, 1e3)), y + draw(st.floats(1, 1e3)))
    shift = (draw(numbers), draw(numbers))
    scale, stretch = draw(st.floats(0.1, 10)), draw(st.floats(0.1, 10))
    return Placement(bounds, shift, scale, stretch, draw(st.booleans()))


@given(placements(), numbers, numbers)
def test_there_and_back(placement, x, y):
    row, column = placement.to_napari(np.array([x, y]))
    assert placement.from_napari(row, column) == pytest.approx((x, y), abs=1e-6)
    np.testing.assert_allclose(placement.affine([x, y]), (column, row), atol=1e-6)


@given(placements())
def test_a_panel_keeps_its_box_and_y_its_way(placement):
    left, bottom, right, top = placement.box
    upright = replace(placement, y_down=False)
    np.testing.assert_allclose(placement.box, upright.box, rtol=1e-9, atol=1e-6)
    x_min, y_min, x_max, y_max = placement.bounds
    low, high = placement.to_napari(np.array([[x_min, y_min], [x_max, y_max]]))
    assert (low[0] > high[0]) == placement.y_down  # the viewer shows rows upward
    assert low[1] < high[1]
    assert left < right
    assert bottom < top
