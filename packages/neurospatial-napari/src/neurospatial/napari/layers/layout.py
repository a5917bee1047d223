"""Where the panels lie in napari's world, and how much room there is around each."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, inf, isclose, log

import numpy as np
from numpy.typing import NDArray

from neurospatial.napari.layers.placement import Placement
from neurospatial.scene import Bounds, ColorScale, Scene, View, choose_origin

_HEIGHT = 0.6
"""Of a line over distance, as a share of its width."""

_LEFT, _RIGHT, _BELOW, _ABOVE, _BARE = 54.0, 14.0, 48.0, 24.0, 10.0
"""Points: room for numbers and a label beside and below a panel, for the end of its last number,
for its title; and where nothing stands."""
_BAR, _BAR_LABEL = 48.0, 16.0
"""Points: room for a colour bar and its numbers, and for its label."""
_Steps = tuple[tuple[int, float], ...]
"""Who gets how much of a gap, in turn: whether it is the first or the second side, and up to how
many points."""

_BETWEEN_COLUMNS: _Steps = ((0, 13.0), (0, 46.0), (1, 34.0), (0, inf), (1, inf))
"""A bar alone, its numbers, those of the next panel, the label of the bar, that of the panel."""
_BETWEEN_ROWS: _Steps = ((0, 11.0), (1, 18.0), (0, inf), (1, inf))
"""The smallest title, the numbers of the panel above, a large title, the label above it."""

_USUAL = 750.0, 500.0
"""Width and height [px] of the canvas in a window that napari opens."""
_MOST_GAPS = 1 / 3
"""Of the size of all cells between them: panels are more than the words around them."""


@dataclass(frozen=True)
class Rooms:
    """What is free on each side of a panel, in napari's units; endless at the outer sides.

    Parameters
    ----------
    left, below, right, above : float
    """

    left: float = inf
    below: float = inf
    right: float = inf
    above: float = inf


@dataclass(frozen=True)
class ViewerLayout:
    """Where everything lies in napari's world.

    Parameters
    ----------
    placements : tuple of Placement
        Of each panel.
    rooms : tuple of Rooms
        Around each panel.
    box : tuple of float
        Around all panels: lowest column and row, highest column and row.
    around : Rooms
        What stands around that box needs, in pixels of the screen.
    bar_at : float
        How far right of that box a colour bar of several panels stands, in pixels.
    """

    placements: tuple[Placement, ...]
    rooms: tuple[Rooms, ...]
    box: Bounds
    around: Rooms
    bar_at: float


@dataclass(frozen=True)
class _Needs:
    """Points beside each column and above and below each row: those of its neediest panel."""

    left: list[float]
    right: list[float]
    above: list[float]
    below: list[float]


def compute_layout(scene: Scene, px_per_point: float) -> ViewerLayout:
    """Put the panels into cells of one size, in the rows and columns of ``scene.cells``.

    A panel whose sides have one unit is scaled until it fills its cell; that of a line fills
    it whole. Between columns, and between rows, is the room that words and colour bars there
    need in a canvas as napari opens it, but not more than a quarter of it.
    """
    needs = _measure_needs(scene)
    cell = _compute_cell_size([panel.view for panel in scene.panels])
    around, bar_at = _measure_around(scene, needs, px_per_point)
    unit = px_per_point / _estimate_zoom(needs, cell, around, px_per_point)
    right, left = _divide_gaps(needs.right[:-1], needs.left[1:], _BETWEEN_COLUMNS, unit, cell[0])
    above, below = _divide_gaps(needs.above[1:], needs.below[:-1], _BETWEEN_ROWS, unit, cell[1])
    columns = np.cumsum([0.0, *(cell[0] + sum(gap) for gap in zip(right, left, strict=True))])
    rows = -np.cumsum([0.0, *(cell[1] + sum(gap) for gap in zip(above, below, strict=True))])
    middles = np.array([(columns[column], rows[row]) for row, column in scene.cells])
    first = _place_first(scene.panels[0].view, cell[1])
    home = _find_middle(first.box) - middles[0]
    others = zip(scene.panels[1:], middles[1:], strict=True)
    placements = first, *(_place_in_cell(panel.view, cell, home + at) for panel, at in others)
    free = (
        Rooms(([inf, *left])[c], ([*below, inf])[r], ([*right, inf])[c], ([inf, *above])[r])
        for r, c in scene.cells
    )
    rooms = [_add_spare(*both, cell) for both in zip(free, placements, strict=True)]
    low = home + np.array([0.0, rows[-1]]) - np.array(cell) / 2
    high = home + np.array([columns[-1], 0.0]) + np.array(cell) / 2
    box = float(low[0]), float(low[1]), float(high[0]), float(high[1])
    return ViewerLayout(placements, tuple(rooms), box, around, bar_at)


def _add_spare(rooms: Rooms, placement: Placement, cell: tuple[float, float]) -> Rooms:
    """Add what a panel that is smaller than its cell leaves free in it."""
    x_min, y_min, x_max, y_max = placement.box
    aside, upward = (cell[0] - (x_max - x_min)) / 2, (cell[1] - (y_max - y_min)) / 2
    return Rooms(
        rooms.left + aside, rooms.below + upward, rooms.right + aside, rooms.above + upward
    )


def _compute_cell_size(views: Sequence[View]) -> tuple[float, float]:
    """Compute the size of all cells, in units of the first panel, which has to fit in."""
    shapes = [_compute_shape(view.bounds) for view in views if view.equal]
    shape = exp(sum(map(log, shapes)) / len(shapes)) if shapes else 1 / _HEIGHT
    x_min, y_min, x_max, y_max = views[0].bounds
    if not views[0].equal:
        return x_max - x_min, (x_max - x_min) / shape
    return max(x_max - x_min, (y_max - y_min) * shape), max(y_max - y_min, (x_max - x_min) / shape)


def _compute_shape(bounds: Bounds) -> float:
    x_min, y_min, x_max, y_max = bounds
    return (x_max - x_min) / (y_max - y_min)


def _place_first(view: View, height: float) -> Placement:
    """Place the panel that keeps its coordinates."""
    _, low, _, high = view.bounds
    stretch, (x, y) = 1.0 if view.equal else height / (high - low), choose_origin(view.bounds)
    return Placement(view.bounds, (-x, -y * stretch), 1.0, stretch, view.y_down)


def _place_in_cell(
    view: View, cell: tuple[float, float], middle: NDArray[np.float64]
) -> Placement:
    """Place another panel in the middle of its cell, as large as it may be there."""
    x_min, y_min, x_max, y_max = view.bounds
    across, upward = cell[0] / (x_max - x_min), cell[1] / (y_max - y_min)
    scale = min(across, upward) if view.equal else across
    stretch = 1.0 if view.equal else upward / across
    if isclose(scale, 1.0, rel_tol=1e-9):
        scale = 1.0  # The sizes of panels that are alike differ by what is lost in rounding.
    x, y = (x_min + x_max) / 2 * scale, (y_min + y_max) / 2 * scale * stretch
    shift = float(middle[0]) - x, float(middle[1]) - y
    return Placement(view.bounds, shift, scale, stretch, view.y_down)


def _find_middle(box: Bounds) -> NDArray[np.float64]:
    left, bottom, right, top = box
    return np.array([(left + right) / 2, (bottom + top) / 2])


def _measure_needs(scene: Scene) -> _Needs:
    columns, rows = scene.grid
    needs = _Needs([_BARE] * columns, [_RIGHT] * columns, [_BARE] * rows, [_BARE] * rows)
    for panel, (row, column) in zip(scene.panels, scene.cells, strict=True):
        x_axis, y_axis = panel.axes
        below = _BELOW if x_axis or panel.scale_bar is not None else _BARE
        needs.left[column] = max(needs.left[column], _LEFT if y_axis else _BARE)
        needs.right[column] = max(needs.right[column], _RIGHT + _measure_bar(panel.colorbar))
        needs.above[row] = max(needs.above[row], _ABOVE if panel.title else _BARE)
        needs.below[row] = max(needs.below[row], below)
    return needs


def _measure_bar(scale: ColorScale | None) -> float:
    """Measure the room for a colour bar, with its numbers and its label [points]."""
    if scale is None:
        return 0.0
    return _BAR + (_BAR_LABEL if scale.label else 0.0)


def _measure_around(scene: Scene, needs: _Needs, px_per_point: float) -> tuple[Rooms, float]:
    """Measure what stands around all panels, and where the bar that they share begins [px]."""
    bar_at = needs.right[-1] if needs.right[-1] > _RIGHT else 0.0
    right = max(needs.right[-1], bar_at + _RIGHT + _measure_bar(scene.colorbar))
    sides = (needs.left[0], needs.below[-1], right, max(_ABOVE, needs.above[0]))
    return Rooms(*(side * px_per_point for side in sides)), bar_at * px_per_point


def _estimate_zoom(
    needs: _Needs, cell: tuple[float, float], around: Rooms, px_per_point: float
) -> float:
    """Estimate the magnification at which all panels fill a usual canvas."""
    free = _USUAL[0] - around.left - around.right, _USUAL[1] - around.below - around.above
    gaps = (
        sum(needs.right[:-1]) + sum(needs.left[1:]),
        sum(needs.above[1:]) + sum(needs.below[:-1]),
    )
    zooms = []
    for room, gap, side, n in zip(
        free, gaps, cell, (len(needs.left), len(needs.above)), strict=True
    ):
        least = room / (n * (1 + _MOST_GAPS))
        zooms.append(max((room - gap * px_per_point) / n, least) / side)
    return max(min(zooms), 1e-300)


def _divide_gaps(
    first: Sequence[float], second: Sequence[float], steps: _Steps, unit: float, side: float
) -> tuple[list[float], list[float]]:
    """Divide each gap between two cells, in napari's units.

    Parameters
    ----------
    first, second : sequence of float
        What both sides need [points].
    steps : tuple
        In which order they get it where that is too much; a step without room is left out.
    unit : float
        napari's units in a point.
    side : float
        Of a cell, in napari's units.
    """
    most = _MOST_GAPS * side / unit * (len(first) + 1) / max(1, len(first))
    ones, others = [], []
    for needs in zip(first, second, strict=True):
        got, left = [0.0, 0.0], min(sum(needs), most)
        for which, up_to in steps:
            step = max(0.0, min(up_to, needs[which]) - got[which])
            if step <= left:
                got[which] += step
                left -= step
        ones.append((got[0] + left / 2) * unit)
        others.append((got[1] + left / 2) * unit)
    return ones, others
