"""Where a panel lies in napari's world."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from neurospatial.scene import Affine2D, Bounds, Scene, View, choose_origin

_GAP = 0.4
"""Room for the axes and the title of the next panel, as a share of its size."""
_HEIGHT = 0.6
"""Of a line over distance, as a share of its width."""

Number = TypeVar("Number", float, NDArray[np.float64])


@dataclass(frozen=True)
class Placement:
    """The map from a panel's coordinates ``(x, y)`` to napari's ``(row, column)``, and back.

    The first panel keeps its coordinates, unless they lie so far from zero that the
    graphics card, which has float32, would move them; others are shifted beside it. The
    value axis of a line is stretched to the shape of a picture. The viewer shows rows
    upward: where y grows downward, a panel is mirrored within its bounds.

    Parameters
    ----------
    bounds : tuple of float
        What the panel shows ``(x_min, y_min, x_max, y_max)``.
    shift : tuple of float
        Right and up, in napari's units.
    stretch : float
        napari's units in one unit upward.
    y_down : bool
        Whether y grows downward on the screen.

    Examples
    --------
    >>> Placement((0.0, 0.0, 10.0, 5.0), (20.0, 0.0)).to_napari(np.array([1.0, 2.0]))
    array([ 2., 21.])
    """

    bounds: Bounds
    shift: tuple[float, float] = (0.0, 0.0)
    stretch: float = 1.0
    y_down: bool = False

    def to_napari(self, xy: NDArray[np.floating]) -> NDArray[np.float64]:
        """Convert places to rows and columns, shape (..., 2)."""
        x, y = np.moveaxis(np.asarray(xy, dtype=np.float64), -1, 0)
        up = self._mirror(y) * self.stretch
        return np.stack([up + self.shift[1], x + self.shift[0]], axis=-1)

    def from_napari(self, row: float, column: float) -> tuple[float, float]:
        """Convert a row and column to a place (x, y)."""
        return column - self.shift[0], self._mirror((row - self.shift[1]) / self.stretch)

    @property
    def affine(self) -> Affine2D:
        """The map from (x, y) to napari's (column, row)."""
        up = Affine2D.scaling(1, -1 if self.y_down else 1)
        middle = self.bounds[1] + self.bounds[3] if self.y_down else 0.0
        stretched = Affine2D.scaling(1, self.stretch) @ Affine2D.translation(0, middle) @ up
        return Affine2D.translation(*self.shift) @ stretched

    def _mirror(self, y: Number) -> Number:
        return self.bounds[1] + self.bounds[3] - y if self.y_down else y

    @property
    def box(self) -> Bounds:
        """What the panel shows, in napari's units: lowest column and row, highest."""
        corners = np.reshape(self.bounds, (2, 2))
        first, second = self.to_napari(corners)
        (bottom, left), (top, right) = np.minimum(first, second), np.maximum(first, second)
        return float(left), float(bottom), float(right), float(top)

    @property
    def corner(self) -> NDArray[np.float64]:
        """Row and column where marks wait that are not drawn."""
        return self.to_napari(np.array(self.bounds[:2]))

    def contains(self, xy: tuple[float, float]) -> bool:
        """Whether a place lies in what the panel shows."""
        x_min, y_min, x_max, y_max = self.bounds
        return x_min <= xy[0] <= x_max and y_min <= xy[1] <= y_max


def compute_layout(scene: Scene) -> tuple[Placement, ...]:
    """Put the panels side by side, in the rows and columns of ``scene.cells``."""
    sizes = [_compute_size(panel.view) for panel in scene.panels]
    width = max(size[0] for size in sizes) * (1 + _GAP)
    height = max(size[1] for size in sizes) * (1 + _GAP)
    placements = []
    for panel, (row, column) in zip(scene.panels, scene.cells, strict=True):
        stretch, (x, y) = _compute_stretch(panel.view), choose_origin(panel.view.bounds)
        shift = column * width - x, -row * height - y * stretch
        placements.append(Placement(panel.view.bounds, shift, stretch, panel.view.y_down))
    return tuple(placements)


def _compute_stretch(view: View) -> float:
    x_min, y_min, x_max, y_max = view.bounds
    return 1.0 if view.equal else _HEIGHT * (x_max - x_min) / (y_max - y_min)


def _compute_size(view: View) -> tuple[float, float]:
    x_min, y_min, x_max, y_max = view.bounds
    return x_max - x_min, (y_max - y_min) * _compute_stretch(view)
