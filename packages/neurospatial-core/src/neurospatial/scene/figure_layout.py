"""Where everything lies on the picture."""

from dataclasses import dataclass

from neurospatial.scene.scene import Panel, Scene

_TITLE, _PANEL_TITLE, _LABEL, _BELOW, _LEFT, _RIGHT = 26.0, 20.0, 22.0, 42.0, 52.0, 14.0
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


_SMALL_VIEW, _LONGEST = 115.2, 2.0
"""Points: the shorter side of a view in a figure that grows, 160 px at 100 dpi; of one that is
longer than this many times its width, it may be shorter."""


@dataclass(frozen=True)
class Box:
    """A rectangle of the picture [px], y downward."""

    x: int
    y: int
    width: int
    height: int

    def to_figure_fraction(self, size: tuple[int, int]) -> tuple[float, float, float, float]:
        """Convert to matplotlib's left, bottom, width and height: shares of a picture's size."""
        width, height = size
        bottom = 1 - (self.y + self.height) / height
        return self.x / width, bottom, self.width / width, self.height / height

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
    strips : tuple of Box
        Each signal's strip, from top to bottom.
    label : Box
        The frame label.
    title_y : float
        Row of the middle of the title [px].
    """

    panels: tuple[Box, ...]
    strips: tuple[Box, ...]
    label: Box
    title_y: float


def compute_layout(scene: Scene, size: tuple[int, int], px: float) -> FigureLayout:
    """Compute the largest even box of every panel that its view may have, above the strips.

    Parameters
    ----------
    scene : Scene
    size : tuple of int
        Width and height of the picture [px].
    px : float
        Pixels in 1/72 inch.
    """
    width, height = size
    strips, below = _place_strips(len(scene.visible_strips), size, px)
    columns, rows = scene.grid
    above = ((_TITLE if scene.title else _NO_TITLE) + _LABEL) * px
    cell = width / columns, (height - below - above) / rows
    boxes = []
    for panel, (row, column) in zip(scene.panels, scene.cells, strict=True):
        corner = (column * cell[0], above + row * cell[1])
        boxes.append(_fit_view(panel, _measure_room(panel, cell, px), corner))
    titled = _PANEL_TITLE * px if any(panel.title for panel in scene.panels) else 0.0
    label_height = int(_LABEL * px) // 2 * 2
    top = min(box.y for box in boxes) - titled - label_height
    label = Box(0, max(0, int(top) // 2 * 2), width + width % 2, label_height)
    return FigureLayout(tuple(boxes), strips, label, label.y - _TITLE * px / 2)


def measure_need(scene: Scene, px: float) -> tuple[float, float]:
    """Measure the width and height [px] in which no view is small and no strip is squeezed.

    Parameters
    ----------
    scene : Scene
    px : float
        Pixels in 1/72 inch.
    """
    columns, rows = scene.grid
    needs = [_measure_panel_need(panel) for panel in scene.panels]
    n_strips = len(scene.visible_strips)
    below = n_strips * (_STRIP + _STRIP_TITLE + _STRIP_TICKS) + _STRIP_AXIS if n_strips else 0.0
    above = (_TITLE if scene.title else _NO_TITLE) + _LABEL
    width = columns * max(need[0] for need in needs)
    height = above + rows * max(need[1] for need in needs) + below
    # Strips take a share of the height at most, and are squeezed else.
    return width * px, max(height, below / _STRIPS_SHARE) * px


def _measure_panel_need(panel: Panel) -> tuple[float, float]:
    """Measure what a panel needs for a view that is not small, and around it [points]."""
    x_min, y_min, x_max, y_max = panel.view.bounds
    *_, across, upward = _measure_room(panel, (0.0, 0.0), 1.0)
    shape = (x_max - x_min) / (y_max - y_min) if panel.view.equal else 1.0
    view = (
        _SMALL_VIEW * min(max(1.0, shape), _LONGEST),
        _SMALL_VIEW * min(max(1.0, 1 / shape), _LONGEST),
    )
    return view[0] - across, view[1] - upward


def _place_strips(n: int, size: tuple[int, int], px: float) -> tuple[tuple[Box, ...], float]:
    """Place the boxes of the signals, and give the height that they take; many are lower each."""
    if not n:
        return (), 0.0
    width, height = size
    around = (_STRIP_TITLE + _STRIP_TICKS) * px
    axis = _STRIP_AXIS * px
    room = (_STRIPS_SHARE * height - axis) / n - around
    each = max(2, int(min(_STRIP * px, room)) // 2 * 2)
    total = n * (each + around) + axis
    left = int(_LEFT * px) // 2 * 2
    across = max(2, int(width - left - _RIGHT * px) // 2 * 2)
    tops = [height - total + number * (each + around) + _STRIP_TITLE * px for number in range(n)]
    return tuple(Box(left, max(0, int(top) // 2 * 2), across, each) for top in tops), total


def _measure_room(
    panel: Panel, cell: tuple[float, float], px: float
) -> tuple[float, float, float, float]:
    """Measure the left, top, width and height within a cell that are free for the view."""
    bar = (BAR_GAP + BAR + _BAR_TEXT) if panel.colorbar else 0.0
    if panel.colorbar and panel.colorbar.label:
        bar += _BAR_LABEL
    above = _PANEL_TITLE if panel.title else 0.0
    left, right = _LEFT * px, (_RIGHT + bar) * px
    return left, above * px, cell[0] - left - right, cell[1] - (above + _BELOW) * px


def _fit_view(
    panel: Panel, room: tuple[float, float, float, float], corner: tuple[float, float]
) -> Box:
    x_min, y_min, x_max, y_max = panel.view.bounds
    left, above, free_width, free_height = room
    across, upward = free_width / (x_max - x_min), free_height / (y_max - y_min)
    if panel.view.equal:
        across = upward = min(across, upward)
    width = max(2, int((x_max - x_min) * across) // 2 * 2)
    height = max(2, int((y_max - y_min) * upward) // 2 * 2)
    x = int(corner[0] + left + max(0, free_width - width) / 2) // 2 * 2
    y = int(corner[1] + above + max(0, free_height - height) / 2) // 2 * 2
    return Box(x, y, width, height)
