"""Lines with many corners to a column of pixels, against Qt's own stroke."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from qtpy.QtCore import QPointF, QSize
from qtpy.QtGui import QColor, QImage, QPainter, QPen, QPolygonF
from scipy.ndimage import maximum_filter
from superqt.utils import qimage_to_array

from neurospatial.napari.layers.decimate import is_dense, paint_dense_line

SIZE = QSize(60, 40)
WIDTH = 1.4


def make_signal(seed, n=900, noise=2.0):
    rng = np.random.default_rng(seed)
    y = 20 + 12 * np.sin(np.arange(n) / 90 + seed) + noise * rng.standard_normal(n)
    return np.stack([np.linspace(-0.5, 60.5, n), y], axis=1)


def get_opacity(image):
    return qimage_to_array(image)[..., 3] / 255


def paint_stroke(line):
    image = QImage(SIZE, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor("white"), WIDTH))
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in line.tolist()]))
    painter.end()
    return get_opacity(image)


@pytest.mark.parametrize("noise", [0.0, 0.5, 2.0, 6.0])
@pytest.mark.parametrize("seed", range(3))
def test_it_covers_what_a_stroke_covers(qapp, seed, noise):
    line = make_signal(seed, noise=noise)
    assert is_dense(line)
    painted = get_opacity(paint_dense_line(line, WIDTH, (1.0, 1.0, 1.0, 1.0), SIZE))
    expected = paint_stroke(line)
    # A stroke's tip reaches into the next column, and into the first from outside.
    inner = np.s_[:, 1:-1]
    assert (painted <= maximum_filter(expected, 3) + 0.2)[inner].all()
    assert (expected <= maximum_filter(painted, 3) + 0.2)[inner].all()
    if noise < 1:
        assert np.abs(painted - expected).mean() < 0.02


@given(st.integers(0, 10**6), st.integers(200, 2000))
def test_all_between_the_lowest_and_the_highest_sample_of_a_column_is_covered(seed, n):
    line = make_signal(seed, n)
    painted = get_opacity(paint_dense_line(line, WIDTH, (1.0, 0.5, 0.0, 1.0), SIZE))
    for column in range(SIZE.width()):
        y = line[np.floor(line[:, 0]) == column, 1].clip(0, SIZE.height())
        if len(y):
            whole = slice(int(np.ceil(y.min())), int(np.floor(y.max())))
            assert (painted[whole, column] == 1).all()
    assert painted[: max(0, int(line[:, 1].min()) - 2)].sum() == 0
    assert painted[int(line[:, 1].max()) + 3 :].sum() == 0


def test_colour_and_opacity_are_the_line_s(qapp):
    line = np.stack([np.linspace(0, 60, 500), np.full(500, 20.5)], axis=1)
    image = qimage_to_array(paint_dense_line(line, 3.0, (1.0, 0.5, 0.0, 0.4), SIZE))
    assert image[20, 30].tolist() == [255, 128, 0, 102]
    assert image[10, 30, 3] == 0


def test_a_line_with_room_for_its_corners_is_not_dense():
    assert not is_dense(make_signal(0, n=60))
