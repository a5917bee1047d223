import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurospatial.scene import Raster

sizes = st.integers(1, 40)
corners = st.floats(-1e4, 1e4)
lengths = st.floats(0.1, 1e4)


@st.composite
def rasters(draw):
    x, y = draw(corners), draw(corners)
    bounds = (x, y, x + draw(lengths), y + draw(lengths))
    return Raster(draw(sizes), draw(sizes), bounds, draw(st.booleans()))


@given(rasters())
def test_centers_of_pixels_lie_at_a_half(raster):
    px = raster.world_to_px(raster.pixel_centers()).reshape(raster.height, raster.width, 2)
    columns, rows = np.meshgrid(np.arange(raster.width) + 0.5, np.arange(raster.height) + 0.5)
    np.testing.assert_allclose(px, np.stack([columns, rows], axis=-1), atol=1e-5)


@given(rasters())
def test_corners_of_the_world_are_corners_of_the_picture(raster):
    x_min, y_min, x_max, y_max = raster.bounds
    top, bottom = (y_min, y_max) if raster.y_down else (y_max, y_min)
    px = raster.world_to_px([[x_min, top], [x_max, top], [x_min, bottom], [x_max, bottom]])
    w, h = raster.width, raster.height
    np.testing.assert_allclose(px, [[0, 0], [w, 0], [0, h], [w, h]], atol=1e-5)


@given(rasters())
def test_up_in_the_world_is_up_in_the_picture_unless_y_is_down(raster):
    first, last = raster.pixel_centers()[[0, -1]]
    assert raster.height == 1 or (first[1] < last[1]) == raster.y_down
    assert raster.width == 1 or first[0] < last[0]


@pytest.mark.parametrize("size", [(0, 4), (4, 0), (-1, 4)])
def test_no_pixels_are_refused(size):
    with pytest.raises(ValueError, match="needs pixels"):
        Raster(*size, (0, 0, 1, 1))


@pytest.mark.parametrize("bounds", [(0, 0, 0, 1), (0, 2, 1, 1), (0, 0, np.nan, 1)])
def test_no_area_is_refused(bounds):
    with pytest.raises(ValueError, match="area"):
        Raster(3, 3, bounds)
