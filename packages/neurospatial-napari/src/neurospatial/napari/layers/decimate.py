"""Lines with many corners to a column of pixels."""

import numpy as np
from numpy.typing import NDArray
from qtpy.QtCore import QSize
from qtpy.QtGui import QImage

from neurospatial.scene import RGBA

_MOST = 2
"""Corners to a column of pixels from which painting by columns is the faster way."""


def is_dense(line: NDArray[np.float64]) -> bool:
    """Whether a line has more than two corners to a column of pixels.

    Parameters
    ----------
    line : ndarray, shape (n, 2)
        Corners [px]; x increases.
    """
    return len(line) > _MOST * float(line[-1, 0] - line[0, 0])


def paint_dense_line(line: NDArray[np.float64], width: float, color: RGBA, size: QSize) -> QImage:
    """Paint what a line covers: all between its lowest and its highest place in each column.

    A stroke from corner to corner shows the same, and takes ten times as long.

    Parameters
    ----------
    line : ndarray, shape (n, 2)
        Corners [px] from the upper left corner of the picture; x increases.
    width : float
        Of the line [px].
    color : tuple of float
        RGBA in [0, 1].
    size : QSize
        Of the picture.
    """
    n_rows, n_columns = size.height(), size.width()
    x, y = line.T
    edges = np.interp(np.arange(n_columns + 1), x, y, left=np.nan, right=np.nan)
    lowest, highest = np.fmin(edges[:-1], edges[1:]), np.fmax(edges[:-1], edges[1:])
    column = np.floor(x).astype(np.intp)
    inside = (column >= 0) & (column < n_columns)
    np.fmin.at(lowest, column[inside], y[inside])
    np.fmax.at(highest, column[inside], y[inside])
    row = np.arange(n_rows)[:, None]
    reach = np.minimum(highest + width / 2, row + 1) - np.maximum(lowest - width / 2, row)
    pixels = np.empty((n_rows, n_columns, 4), dtype=np.uint8)
    pixels[...] = np.round(np.multiply(color, 255))
    pixels[..., 3] = np.round(np.nan_to_num(reach).clip(0, 1) * color[3] * 255)
    whole = QImage(
        pixels.tobytes(), n_columns, n_rows, 4 * n_columns, QImage.Format.Format_RGBA8888
    )
    # Qt does not keep the bytes.
    return whole.copy()
