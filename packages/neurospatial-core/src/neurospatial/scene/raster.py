"""A grid of pixels laid over the world."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neurospatial.scene.affine import Affine2D

Bounds = tuple[float, float, float, float]
"""World rectangle ``(x_min, y_min, x_max, y_max)``, in the order shapely uses."""

_FAR = 64.0
"""Times its extent that a view lies from zero, from which on float32 would move marks: nearer,
a place is right to 1/30 pixel of 8192.
"""


def choose_origin(bounds: Bounds) -> tuple[float, float]:
    """Choose what coordinates have to be relative to before they may become float32.

    Parameters
    ----------
    bounds : tuple of float
        World rectangle.

    Returns
    -------
    x, y : float
        Zero along an axis whose coordinates float32 holds well enough as they are; else a
        round number just below them, as for the metres of a map (UTM).

    Examples
    --------
    >>> choose_origin((-10.0, 0.0, 90.0, 60.0))
    (0.0, 0.0)
    >>> choose_origin((500012.5, 0.0, 500080.0, 60.0))
    (500000.0, 0.0)
    """
    x_min, y_min, x_max, y_max = bounds
    return _choose_along(x_min, x_max), _choose_along(y_min, y_max)


def _choose_along(low: float, high: float) -> float:
    extent = high - low
    if max(abs(low), abs(high)) <= _FAR * extent:
        return 0.0
    step = 10.0 ** np.ceil(np.log10(extent))
    return float(np.floor(low / step) * step)


@dataclass(frozen=True)
class Raster:
    """Pixels over a world rectangle: rows grow downward, centres are at +0.5.

    This and `Affine2D` are the only places that know which way up the world is.

    Parameters
    ----------
    width, height : int
        Size in pixels.
    bounds : tuple of float
        World rectangle ``(x_min, y_min, x_max, y_max)``.
    y_down : bool
        Whether y of the world grows downward, as rows do, or upward.

    Examples
    --------
    >>> raster = Raster(4, 2, (0.0, 0.0, 40.0, 20.0))
    >>> raster.world_to_px([[0.0, 20.0], [40.0, 0.0]])
    array([[0., 0.],
           [4., 2.]])
    >>> raster.pixel_centers()[0]
    array([ 5., 15.])
    """

    width: int
    height: int
    bounds: Bounds
    y_down: bool = False

    def __post_init__(self) -> None:
        x_min, y_min, x_max, y_max = self.bounds
        if self.width < 1 or self.height < 1:
            raise ValueError(f"A raster needs pixels; got {self.width} x {self.height}")
        if not (x_max > x_min and y_max > y_min):
            raise ValueError(f"A raster needs a world rectangle with an area; got {self.bounds}")

    @property
    def px_per_unit(self) -> tuple[float, float]:
        """Pixels per environment unit along x and y."""
        x_min, y_min, x_max, y_max = self.bounds
        return self.width / (x_max - x_min), self.height / (y_max - y_min)

    @property
    def world_to_px(self) -> Affine2D:
        """World coordinates to continuous pixel coordinates ``(column, row)``.

        The top-left corner of the top-left pixel is (0, 0).
        """
        sx, sy = self.px_per_unit
        x_min, y_min, _, y_max = self.bounds
        if self.y_down:
            return Affine2D.scaling(sx, sy) @ Affine2D.translation(-x_min, -y_min)
        return Affine2D.scaling(sx, -sy) @ Affine2D.translation(-x_min, -y_max)

    def pixel_centers(self, rows: slice = slice(None)) -> NDArray[np.float64]:
        """World coordinates of every pixel's centre, shape (n_rows * width, 2), row by row."""
        x, y = self.pixel_lines()
        return np.stack(np.meshgrid(x, y[rows]), axis=-1).reshape(-1, 2)

    def pixel_lines(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """World x of the pixels' columns (width,), and y of their rows (height,), top first."""
        x_min, y_min, x_max, y_max = self.bounds
        x = x_min + (np.arange(self.width) + 0.5) * ((x_max - x_min) / self.width)
        down = (np.arange(self.height) + 0.5) * ((y_max - y_min) / self.height)
        y = y_min + down if self.y_down else y_max - down
        return np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
