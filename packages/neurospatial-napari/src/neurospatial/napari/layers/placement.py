"""Where a panel lies in napari's world."""

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from neurospatial.scene import Affine2D, Bounds

Number = TypeVar("Number", float, NDArray[np.float64])


@dataclass(frozen=True)
class Placement:
    """The map from a panel's coordinates ``(x, y)`` to napari's ``(row, column)``, and back.

    The first panel keeps its coordinates, unless they lie so far from zero that the
    graphics card, which has float32, would move them; others are scaled to its size and
    shifted beside it. The value axis of a line is stretched to the shape of a picture. The
    viewer shows rows upward: where y grows downward, a panel is mirrored within its bounds.

    Parameters
    ----------
    bounds : tuple of float
        What the panel shows ``(x_min, y_min, x_max, y_max)``.
    shift : tuple of float
        Right and up, in napari's units.
    scale : float
        napari's units in one unit sideways.
    stretch : float
        How many times as long a unit is upward as sideways.
    y_down : bool
        Whether y grows downward on the screen.

    Examples
    --------
    >>> Placement((0.0, 0.0, 10.0, 5.0), (20.0, 0.0)).to_napari(np.array([1.0, 2.0]))
    array([ 2., 21.])
    """

    bounds: Bounds
    shift: tuple[float, float] = (0.0, 0.0)
    scale: float = 1.0
    stretch: float = 1.0
    y_down: bool = False

    def to_napari(self, xy: NDArray[np.floating]) -> NDArray[np.float64]:
        """Convert places to rows and columns, shape (..., 2)."""
        x, y = np.moveaxis(np.asarray(xy, dtype=np.float64), -1, 0)
        up = self._mirror(y) * self.upward
        return np.stack([up + self.shift[1], x * self.scale + self.shift[0]], axis=-1)

    def from_napari(self, row: float, column: float) -> tuple[float, float]:
        """Convert a row and column to a place (x, y)."""
        x = (column - self.shift[0]) / self.scale
        return x, self._mirror((row - self.shift[1]) / self.upward)

    @property
    def upward(self) -> float:
        """How many units of napari one unit is upward."""
        return self.scale * self.stretch

    @property
    def affine(self) -> Affine2D:
        """The map from (x, y) to napari's (column, row)."""
        up = Affine2D.scaling(1, -1 if self.y_down else 1)
        middle = self.bounds[1] + self.bounds[3] if self.y_down else 0.0
        stretched = (
            Affine2D.scaling(self.scale, self.upward) @ Affine2D.translation(0, middle) @ up
        )
        return Affine2D.translation(*self.shift) @ stretched

    def _mirror(self, y: Number) -> Number:
        return self.bounds[1] + self.bounds[3] - y if self.y_down else y

    @property
    def box(self) -> Bounds:
        """What the panel shows, in napari's units: lowest column and row, highest."""
        return self.find_box(self.bounds)

    def find_box(self, bounds: Bounds) -> Bounds:
        """Find where a rectangle of the world lies, in the same order."""
        first, second = self.to_napari(np.reshape(bounds, (2, 2)))
        (bottom, left), (top, right) = np.minimum(first, second), np.maximum(first, second)
        return float(left), float(bottom), float(right), float(top)

    @property
    def corner(self) -> NDArray[np.float64]:
        """Row and column where marks wait that are not drawn."""
        return self.to_napari(np.array(self.bounds[:2]))

    def show_part(self, bounds: Bounds) -> "Placement":
        """Put another part of the world, of the same shape, into the same rectangle.

        Examples
        --------
        >>> part = Placement((0.0, 0.0, 10.0, 5.0)).show_part((4.0, 2.0, 6.0, 3.0))
        >>> part.scale, part.box
        (5.0, (0.0, 0.0, 10.0, 5.0))
        """
        left, bottom, right, _ = self.box
        scale = (right - left) / (bounds[2] - bounds[0])
        shift = left - bounds[0] * scale, bottom - bounds[1] * scale * self.stretch
        return replace(self, bounds=bounds, shift=shift, scale=scale)

    def contains(self, xy: tuple[float, float]) -> bool:
        """Whether a place lies in what the panel shows."""
        x_min, y_min, x_max, y_max = self.bounds
        return x_min <= xy[0] <= x_max and y_min <= xy[1] <= y_max
