"""Where the world lies on the pixels of a panel, which a moving view changes in every frame."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.scene import Bounds, Coordinates, Raster, View


class Projection:
    """Places of the world on the pixels of a panel, frame by frame.

    Parameters
    ----------
    view : View
        A path along which nothing changes is a view that stays.
    width, height : int
        Of the panel [px].

    Examples
    --------
    >>> from neurospatial.scene import ViewPath
    >>> path = ViewPath(np.array([[2.0, 1.0], [3.0, 1.0]]), np.array([2.0, 2.0]))
    >>> moving = Projection(View((0.0, 0.0, 4.0, 2.0), path=path), 40, 20)
    >>> moving.project(np.array([[[3.0, 1.0]]] * 2), 0)[:, 0]
    array([[40., 10.],
           [20., 10.]])
    >>> Projection(View((0.0, 0.0, 4.0, 2.0)), 40, 20).project_on(np.array([3.0, 1.0]), 7)
    array([30., 10.])
    """

    def __init__(self, view: View, width: int, height: int) -> None:
        bounds = view.find_bounds(slice(None))
        self.width: int = width
        self.height: int = height
        self.moves: bool = bool((bounds != bounds[0]).any())
        self._view, self._bounds = view, bounds if self.moves else bounds[:1]
        self._still = view.make_raster(width, height, None if view.path is None else 0)
        self._to_px = self._still.world_to_px
        self._corner = self._bounds[:, [0, 1 if view.y_down else 3]]
        down = 1.0 if view.y_down else -1.0
        self._scale = (width, down * height) / (self._bounds[:, 2:] - self._bounds[:, :2])

    @property
    def n_frames(self) -> int:
        """How many frames have a view of their own; 1 where it is that of all."""
        return len(self._bounds)

    def get_raster(self, frame: int) -> Raster:
        """Return the panel's pixels, over what is shown in a frame."""
        if not self.moves:
            return self._still
        return self._view.make_raster(self.width, self.height, frame)

    def get_bounds(self, frame: int) -> Bounds:
        """Return the world rectangle that is shown in a frame."""
        x_min, y_min, x_max, y_max = self._bounds[frame if self.moves else 0].tolist()
        return x_min, y_min, x_max, y_max

    def find_scale(self, frame: int | slice) -> NDArray[np.float64]:
        """Find pixels per unit of the world along x and y, shape (2,), or (k, 2) of several."""
        return np.asarray(np.abs(self._scale[frame if self.moves else 0]))

    def find_lines(self, frame: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Find world x of the pixels' columns (width,), y of their rows (height,), top first."""
        at = frame if self.moves else 0
        (x, y), (across, down) = self._corner[at], self._scale[at]
        return (
            x + (np.arange(self.width) + 0.5) / across,
            y + (np.arange(self.height) + 0.5) / down,
        )

    def project(self, xy: Coordinates, start: int) -> NDArray[np.float64]:
        """Project places (k, ..., 2), one entry for each frame from `start` on, to pixels."""
        if not self.moves:
            return self._to_px(xy)
        shape = (-1, *(1,) * (xy.ndim - 2), 2)
        frames = slice(start, start + len(xy))
        corner, scale = self._corner[frames].reshape(shape), self._scale[frames].reshape(shape)
        return np.asarray((xy - corner) * scale)

    def project_on(self, xy: Coordinates, frame: int) -> NDArray[np.float64]:
        """Project places (..., 2), whenever they were, to the pixels of one frame."""
        if not self.moves:
            return self._to_px(xy)
        return np.asarray((xy - self._corner[frame]) * self._scale[frame])
