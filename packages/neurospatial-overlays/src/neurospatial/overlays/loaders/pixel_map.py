"""Maps from pixels of a video to places in the environment."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray


@runtime_checkable
class PixelMap(Protocol):
    """What takes pixels of a video to places in the environment, as a VideoCalibration does."""

    def apply(self, points_px: NDArray[np.float64], /) -> NDArray[np.float64]:
        """Map points of shape (n, 2)."""


Calibration = PixelMap | Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""A VideoCalibration, an Affine2D, or a function of points (n, 2)."""


def to_environment(
    places: NDArray[np.floating], calibration: Calibration | None
) -> NDArray[np.float64]:
    """Take places (n, 2) from pixels to the environment; as they are without a calibration.

    Examples
    --------
    >>> to_environment(np.array([[40.0, 20.0]]), lambda pixels: pixels / 10)
    array([[4., 2.]])
    """
    points = np.ascontiguousarray(places, dtype=np.float64)
    if calibration is None:
        return points
    to_environment = calibration.apply if isinstance(calibration, PixelMap) else calibration
    return np.asarray(to_environment(points), dtype=np.float64)
