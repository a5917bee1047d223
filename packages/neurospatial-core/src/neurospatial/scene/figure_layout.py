"""Where everything lies on the picture."""

from dataclasses import dataclass
from math import ceil

from neurospatial.scene.color import ColorScale
from neurospatial.scene.scene import Panel, Scene

TITLE, _PANEL_TITLE, _LABEL, _BELOW, _LEFT, _RIGHT = 26.0, 20.0, 22.0, 42.0, 52.0, 14.0
"""Points: room for a line of the figure's title, a panel's title and the frame label, and
for ticks with axis labels at each side of a panel, in the sizes that they are written in."""

_NO_TITLE = 4.0
"""Points above the frame label where there is no title, so that it touches no edge."""

_STRIP, _STRIP_TITLE, _STRIP_TICKS, _STRIP_AXIS = 48.0, 14.0, 14.0, 16.0
"""Points: height of a strip where there is room, and of the text above and below it."""

_STRIPS_SHARE = 0.5
"""Share of the picture's height that all strips together take at most."""

BAR, BAR_GAP, _BAR_TEXT, _BAR_LABEL = 11.0, 10.0, 46.0, 14.0
"""Points: width of a colour bar, its distance from the view, and room for its ticks and label."""


_BARE = 10.0
"""Points: beside a view where no ticks and no label stand."""

_SMALL_VIEW, _LONGEST = 115.2, 2.0
"""Points: the shorter side of a view in a figure that grows, 160 px at 100 dpi; of one that is
longer than this many times its width, it may be shorter."""

_USUAL_SHAPE = 4 / 3
"""Width over height of a line over distance."""

_COLUMN, _WIDEST = 432.0, 1008.0
"""Points: of a figure of few panels, a column's width, and the width from which on it is less."""

_LONE_VIEW = 216.0
"""Points: height of the room of a single panel above strips, half of a figure without."""


@dataclass(frozen=True)
class Box:
    """A rectangle of the picture [px], y downward."""

    x: int
    y: int
    width: int
    height: int

    def to_slices(self) -> tuple[slice, slice]:
        """Convert to rows and columns of the picture."""
        return slice(self.y, self.y + self.height), slice(self.x, self.x + self.width)


@dataclass(frozen=True)
class FigureLayout:
    """The boxes of a picture; even in all four numbers.

    Parameters
    ----------
    panels : tuple of Box
        Each panel's view.
    cells : tuple of Box
        Each panel's view, and the room around it that is its own.
    strips : tuple of Box
        Each signal's strip, from top to bottom.
    label : Box
        The frame label.
    title_y : float
        Row of the middle of the title [px].
    colorbar : Box or None
        The bar of all panels together, where they share one.
    """

    panels: tuple[Box, ...]
    cells: tuple[Box, ...]
    strips: tuple[Box, ...]
    label: Box
    title_y: float
    colorbar: Box | None = None


def compute_layout(scene: Scene, size: tuple[int, int], px: float) -> FigureLayout:
    """Compute the largest even box of every panel that its view may have, above the strips.

    Every panel has a room of the same size; columns and rows are as wide and as high as what
    stands around their panels asks for.

    Parameters
    ----------
    scene : Scene
    size : tuple of int
        Width and height of the picture [px].
    px : float
        Pixels in 1/72 inch.
    """
    width, height = size
    margins = _measure_grid(scene)
    least = margins.height + scene.grid[1] * _SMALL_VIEW
    strips, below = _place_strips(len(scene.visible_strips), size, least * px, px)
    across = (width - margins.width * px) / scene.grid[0]
    upward = (height - below - margins.height * px) / scene.grid[1]
    boxes, cells = [], []
    for panel, (row, column) in zip(scene.panels, scene.cells, strict=True):
        x = sum(margins.columns[:column]) * px + column * across
        y = (margins.top + sum(margins.rows[:row])) * px + row * upward
        corner = x + margins.left[column] * px, y + margins.above[row] * px
        boxes.append(_fit_view(panel, corner, (across, upward)))
        right = x + margins.columns[column] * px + across
        cells.append(_make_even_box(x, y, right, y + margins.rows[row] * px + upward))
    titled = _PANEL_TITLE * px if any(panel.title for panel in scene.panels) else 0.0
    label_height = int(_LABEL * px) // 2 * 2
    top = min(box.y for box in boxes) - titled - label_height
    label = Box(0, max(0, int(top) // 2 * 2), width + width % 2, label_height)
    bar = None if scene.colorbar is None else _place_shared_bar(scene, boxes, px)
    title_y = label.y - TITLE * px / 2
    return FigureLayout(tuple(boxes), tuple(cells), strips, label, title_y, bar)


def measure_need(scene: Scene, px: float) -> tuple[float, float]:
    """Measure the width and height [px] in which every view is large, and nothing is left free.

    Parameters
    ----------
    scene : Scene
    px : float
        Pixels in 1/72 inch.
    """
    columns, rows = scene.grid
    margins = _measure_grid(scene)
    shapes = [_find_shape(panel) for panel in scene.panels]
    # Where cells are blank, views are larger: they have a quarter of the picture all the same.
    least = _SMALL_VIEW * columns * rows / len(scene.panels)
    small = least * max(1.0, *(min(shape, _LONGEST) for shape in shapes))
    usual = min(_WIDEST, columns * _COLUMN) if len(scene.panels) > 1 else 0.0
    across = max(small, (usual - margins.width) / columns)
    # A view that is higher than wide has a square room.
    upward = max(least, *(across / max(1.0, shape) for shape in shapes))
    if len(scene.panels) == 1:
        upward = _LONE_VIEW
    n_strips = len(scene.visible_strips)
    below = n_strips * (_STRIP + _STRIP_TITLE + _STRIP_TICKS) + _STRIP_AXIS if n_strips else 0.0
    width = margins.width + columns * across
    return width * px, (margins.height + rows * upward + below) * px


@dataclass(frozen=True)
class _Margins:
    """Room around the views of a grid, by column and row, and above and beside all [points]."""

    left: list[float]
    columns: list[float]
    above: list[float]
    rows: list[float]
    top: float
    beside: float

    @property
    def width(self) -> float:
        return sum(self.columns) + self.beside

    @property
    def height(self) -> float:
        return sum(self.rows) + self.top


def _measure_grid(scene: Scene) -> _Margins:
    """Measure what stands around the panels, in each column and row that of the largest."""
    columns, rows = scene.grid
    left, right, above, below = [0.0] * columns, [0.0] * columns, [0.0] * rows, [0.0] * rows
    for panel, (row, column) in zip(scene.panels, scene.cells, strict=True):
        x_axis, y_axis = panel.axes
        left[column] = max(left[column], _LEFT if y_axis else _BARE)
        right[column] = max(right[column], _RIGHT + _measure_bar(panel.colorbar))
        above[row] = max(above[row], _PANEL_TITLE if panel.title else 0.0)
        below[row] = max(below[row], _BELOW if x_axis else _BARE)
    return _Margins(
        left,
        [one + other for one, other in zip(left, right, strict=True)],
        above,
        [one + other for one, other in zip(above, below, strict=True)],
        (TITLE if scene.title else _NO_TITLE) + _LABEL,
        _measure_bar(scene.colorbar),
    )


def _measure_bar(scale: ColorScale | None) -> float:
    """Measure the room for a colour bar, its ticks and its label [points]."""
    if scale is None:
        return 0.0
    return BAR_GAP + BAR + _BAR_TEXT + (_BAR_LABEL if scale.label else 0.0)


def _find_shape(panel: Panel) -> float:
    """Find how many times as wide as high a view is; of one that fills its room, usual."""
    x_min, y_min, x_max, y_max = panel.view.bounds
    return (x_max - x_min) / (y_max - y_min) if panel.view.equal else _USUAL_SHAPE


def place_bar(panel: Box, px: float) -> Box:
    """Place the colour bar beside a view."""
    gap, width = round(BAR_GAP * px), round(BAR * px)
    return Box(panel.x + panel.width + gap, panel.y, width, panel.height)


def _place_shared_bar(scene: Scene, panels: list[Box], px: float) -> Box:
    """Place the colour bar of all panels: right of them and of bars of their own, and as high."""
    own = [_measure_bar(panel.colorbar) * px for panel in scene.panels]
    right = ceil(max(box.x + box.width + room for box, room in zip(panels, own, strict=True)))
    top, bottom = min(box.y for box in panels), max(box.y + box.height for box in panels)
    return place_bar(Box(0, top, right, bottom - top), px)


def _place_strips(
    n: int, size: tuple[int, int], panels: float, px: float
) -> tuple[tuple[Box, ...], float]:
    """Place the boxes of the signals, and give the height that they take; many are lower each.

    They take half of the height at most, or what panels that need `panels` px leave.
    """
    if not n:
        return (), 0.0
    width, height = size
    around = (_STRIP_TITLE + _STRIP_TICKS) * px
    axis = _STRIP_AXIS * px
    room = (max(_STRIPS_SHARE * height, height - panels) - axis) / n - around
    each = max(2, int(min(_STRIP * px, room)) // 2 * 2)
    total = n * (each + around) + axis
    left = int(_LEFT * px) // 2 * 2
    across = max(2, int(width - left - _RIGHT * px) // 2 * 2)
    tops = [height - total + number * (each + around) + _STRIP_TITLE * px for number in range(n)]
    return tuple(Box(left, max(0, int(top) // 2 * 2), across, each) for top in tops), total


def _fit_view(panel: Panel, corner: tuple[float, float], room: tuple[float, float]) -> Box:
    x_min, y_min, x_max, y_max = panel.view.bounds
    across, upward = room[0] / (x_max - x_min), room[1] / (y_max - y_min)
    if panel.view.equal:
        across = upward = min(across, upward)
    width = max(2, int((x_max - x_min) * across) // 2 * 2)
    height = max(2, int((y_max - y_min) * upward) // 2 * 2)
    x = int(corner[0] + max(0, room[0] - width) / 2) // 2 * 2
    y = int(corner[1] + max(0, room[1] - height) / 2) // 2 * 2
    return Box(x, y, width, height)


def _make_even_box(left: float, top: float, right: float, bottom: float) -> Box:
    """Make the largest even box within some edges."""
    x, y = (ceil(edge / 2) * 2 for edge in (left, top))
    width, height = int(right - x) // 2 * 2, int(bottom - y) // 2 * 2
    return Box(x, y, max(0, width), max(0, height))
