"""Drawing one axis: ticks, their numbers, what they are of."""

from dataclasses import dataclass
from typing import Literal

from neurospatial.scene.figure_layout import Box
from neurospatial.video.figure.fit_text import FittedText, fit_size, fit_text, measure_text
from neurospatial.video.figure.pen import RGB, Pen
from neurospatial.video.figure.ticks import Ticks, choose_ticks

LINE = 0.8
"""Points: thickness of a frame and of a tick."""

_LABEL_POINTS, _NOTE_POINTS = 10.0, 8.0
"""Sizes of an axis's label, and of what its numbers are to be multiplied by."""

_NOTE_ABOVE, _BESIDE = 7.0, 3.0
"""Points: from a view up to the middle of a note, and between texts that neighbour."""

_LINE_HEIGHT = 1.2
"""Of a line of text, in sizes of its letters."""

_ACROSS, _UPWARD = 3.0, 2.0
"""Distance of ticks at least, in sizes of their numbers, along x and along y."""


@dataclass(frozen=True)
class Room:
    """Where the numbers and labels of axes may stand [px].

    Parameters
    ----------
    left, right : float
    """

    left: float
    right: float


@dataclass(frozen=True)
class AxisLook:
    """How ticks and their numbers look.

    Parameters
    ----------
    color : tuple of int
    label_color : tuple of int
    points : float
        Size of numbers.
    tick, pad : float
        Points: length of a tick, and between it and its number.
    most : int
        How many ticks there are at most.
    """

    color: RGB
    label_color: RGB
    points: float = 10.0
    tick: float = 3.5
    pad: float = 3.5
    most: int = 9

    @property
    def reach(self) -> float:
        """From a view to the numbers [points]."""
        return self.tick + self.pad


def measure_line(pen: Pen) -> int:
    """Measure the thickness of frames and ticks [px]."""
    return max(1, round(LINE * pen.px))


def draw_x_axis(
    pen: Pen, limits: tuple[float, float], box: Box, room: Room, look: AxisLook, label: str = ""
) -> None:
    """Draw an axis below a view.

    Parameters
    ----------
    pen : Pen
    limits : tuple of float
        Values at the left and at the right.
    box : Box
        The view.
    room : Room
    look : AxisLook
    label : str
        What stands along it.
    """
    px, bottom = pen.px, box.y + box.height
    ticks, places, size = _place_numbers(limits, box, room, look, px)
    thick, long = measure_line(pen), max(1, round(look.tick * px))
    row = bottom + (look.reach + _LINE_HEIGHT * look.points / 2) * px
    for value, words, x in zip(ticks.values, ticks.labels, places, strict=True):
        middle = box.x + _find_share(value, limits) * box.width
        pen.fill(Box(round(middle - thick / 2), bottom, thick, long), look.color)
        pen.write(FittedText((words,), size), (x, row), look.color)
    row += (_LINE_HEIGHT * (look.points + _LABEL_POINTS) / 2 + 1) * px
    right = room.right
    if ticks.note:
        note = fit_text(ticks.note, _NOTE_POINTS, (room.right - room.left) / 2, px)
        pen.write(note, (right, row), look.color, "right")
        right -= note.width + _BESIDE * px
    center = box.x + box.width / 2
    half = min(center - room.left, right - center)
    pen.write(fit_text(label, _LABEL_POINTS, 2 * half, px), (center, row), look.label_color)


def draw_y_axis(
    pen: Pen,
    limits: tuple[float, float],
    box: Box,
    room: Room,
    look: AxisLook,
    label: str = "",
    side: Literal["left", "right"] = "left",
) -> float:
    """Draw an axis beside a view.

    Parameters
    ----------
    pen : Pen
    limits : tuple of float
        Values at the bottom and at the top.
    box : Box
        The view.
    room : Room
    look : AxisLook
    label : str
        What stands along it.
    side : {"left", "right"}

    Returns
    -------
    float
        The column [px] where its note, above the view, ends on a left side, and begins on a
        right one; the room's edge where it has none.
    """
    px, outward = pen.px, (-1 if side == "left" else 1)
    edge = box.x if side == "left" else box.x + box.width
    outer = room.left if side == "left" else room.right
    most = max(1, min(look.most, int(box.height / (_UPWARD * look.points * px))))
    ticks = choose_ticks(min(limits), max(limits), most)
    label_room = (_LABEL_POINTS * _LINE_HEIGHT + _BESIDE) * px if label else 0.0
    free = abs(outer - edge) - look.reach * px - label_room
    size = fit_size(ticks.labels, look.points, free, px)
    thick, long = measure_line(pen), max(1, round(look.tick * px))
    left = edge - long if side == "left" else edge
    column = edge + outward * look.reach * px
    for value, words in zip(ticks.values, ticks.labels, strict=True):
        y = box.y + (1 - _find_share(value, limits)) * box.height
        pen.fill(Box(left, round(y - thick / 2), long, thick), look.color)
        align: Literal["left", "right"] = "right" if side == "left" else "left"
        pen.write(FittedText((words,), size), (column, y), look.color, align)
    if label:
        widest = max(measure_text(words, size) for words in ticks.labels)
        column += outward * (widest + (_BESIDE + _LINE_HEIGHT * _LABEL_POINTS / 2) * px)
        fitted = fit_text(label, _LABEL_POINTS, box.height, px)
        pen.write_upward(fitted, (column, box.y + box.height / 2), look.label_color)
    if not ticks.note:
        return outer
    note = fit_text(ticks.note, _NOTE_POINTS, (room.right - room.left) / 2, px)
    gap = _BESIDE * px
    if side == "left":
        start = max(room.left, box.x - note.width - gap)
        inner = start + note.width + gap
    else:
        start = min(float(box.x), room.right - note.width)
        inner = start - gap
    pen.write(note, (start, box.y - _NOTE_ABOVE * px), look.color, "left")
    return inner


def _place_numbers(
    limits: tuple[float, float], box: Box, room: Room, look: AxisLook, px: float
) -> tuple[Ticks, list[float], float]:
    """Choose ticks whose numbers lie beside one another: them, numbers' middles, their size."""
    most = max(1, min(look.most, int(box.width / (_ACROSS * look.points * px))))
    for n in range(most, 0, -1):
        ticks = choose_ticks(*limits, n)
        size = fit_size(ticks.labels, look.points, room.right - room.left, px)
        halves = [measure_text(words, size) / 2 for words in ticks.labels]
        places = [
            min(max(box.x + _find_share(value, limits) * box.width, room.left + half),
                room.right - half)
            for value, half in zip(ticks.values, halves, strict=True)
        ]  # fmt: skip
        ends = [place + half + _BESIDE * px for place, half in zip(places, halves, strict=True)]
        starts = [place - half for place, half in zip(places, halves, strict=True)]
        if all(end <= start for end, start in zip(ends[:-1], starts[1:], strict=True)):
            break
    return ticks, places, size


def _find_share(value: float, limits: tuple[float, float]) -> float:
    """Find which share of an axis lies before a value."""
    return (value - limits[0]) / (limits[1] - limits[0])
