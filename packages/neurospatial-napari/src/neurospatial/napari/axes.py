"""Axes around a panel: a frame, numbers in environment units, and what they count."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.napari.drawn import Drawn, Stage, put
from neurospatial.napari.vectors import Floats, as_vectors, vectors_layer, widen

_INK = (0.72, 0.74, 0.77, 1.0)
_SIZE, _LINE, _TICK, _GAP = 9.0, 1.0, 4.0, 5.0
"""Height of letters, width of lines, length of ticks and room beside them, in points."""
_N_TICKS = 5


class AxesDrawn(Drawn):
    """The frame in a Vectors layer and the words in a Points layer; all outside the view.

    Parameters
    ----------
    stage : Stage
    """

    def __init__(self, stage: Stage) -> None:
        from napari.layers import Points

        self._stage = stage
        self.still: bool = True
        x_min, y_min, x_max, y_max = stage.view.bounds
        self._x, self._y = ticks(x_min, x_max), ticks(y_min, y_max)
        along_x, along_y = stage.view.axis_labels
        words = [f"{value:g}" for value in (*self._x, *self._y)]
        self._words = [*words, along_x, along_y]
        n_lines = 4 + len(self._x) + len(self._y)
        self._frame = vectors_layer(stage, "axes", np.tile(_INK, (n_lines, 1)), True)
        # vispy takes an inch for 96 pixels and a point for 1/72 of it.
        size = _SIZE * stage.options.px_per_point * 72 / 96
        self._labels = Points(
            np.tile(stage.placement.corner, (len(self._words), 1)),
            name=f"{stage.prefix}axes labels",
            size=0,
            face_color="transparent",
            border_color="transparent",
            text={"string": {"array": self._words, "default": ""}, "size": size, "color": _INK},
            blending="translucent_no_depth",
        )
        super().__init__(self._frame, self._labels)

    def zoom(self, px_per_unit: float) -> None:
        """Keep widths, and the room between the frame and the words."""
        unit = self._stage.options.px_per_point / px_per_unit
        widen(self._frame, _LINE * unit)
        put(self._frame, self._lines(unit))
        put(self._labels, self._places(unit))

    def _lines(self, unit: float) -> Floats:
        left, bottom, right, top = self._outline(unit)
        corners = np.array([[bottom, left], [bottom, right], [top, right], [top, left]])
        x, y = self._tick_places()
        tick = _TICK * unit
        begin = np.concatenate([x * (0, 1) + (bottom, 0), y * (1, 0) + (0, left), corners])
        end = np.concatenate(
            [begin[: len(x)] - (tick, 0), begin[len(x) : -4] - (0, tick), np.roll(corners, -1, 0)]
        )
        return as_vectors(begin, end)

    def _places(self, unit: float) -> Floats:
        """Middle of each word, as rows and columns."""
        left, bottom, right, top = self._outline(unit)
        x, y = self._tick_places()
        below = bottom - (_TICK + _GAP + _SIZE / 2) * unit
        widths = np.array([len(word) for word in self._words]) * 0.6 * _SIZE * unit
        beside = left - (_TICK + _GAP) * unit - widths[len(x) : -2] / 2
        return np.concatenate(
            [
                np.stack([np.full(len(x), below), x[:, 1]], axis=1),
                np.stack([y[:, 0], beside], axis=1),
                [[below - 1.5 * _SIZE * unit, (left + right) / 2]],
                [[top + _SIZE * unit, left]],
            ]
        )

    def _outline(self, unit: float) -> tuple[float, float, float, float]:
        half = _LINE * unit / 2
        left, bottom, right, top = self._stage.placement.box
        return left - half, bottom - half, right + half, top + half

    def _tick_places(self) -> tuple[Floats, Floats]:
        x_min, y_min, _, _ = self._stage.view.bounds
        place = self._stage.placement.to_napari
        x = place(np.stack([self._x, np.full_like(self._x, y_min)], axis=1))
        return x, place(np.stack([np.full_like(self._y, x_min), self._y], axis=1))


def ticks(low: float, high: float) -> NDArray[np.float64]:
    """Choose round numbers within a range, about five.

    Examples
    --------
    >>> ticks(-2.4, 98.0)
    array([ 0., 20., 40., 60., 80.])
    """
    rough = (high - low) / _N_TICKS
    power = 10.0 ** np.floor(np.log10(rough))
    step = min((power * factor for factor in (1, 2, 5, 10)), key=lambda one: abs(one - rough))
    # The sum takes the sign off zero.
    return np.asarray(np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step + 0.0)
