"""Text that stays within its room: smaller, on two lines, and at last cut."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from neurospatial.video.canvas.canvas import Pixels
from neurospatial.video.canvas.text_coverage import compute_text_coverage

SMALLEST_POINTS = 6.0
"""Size of text below which it is cut rather than shrunk."""

_STEP = 0.5
"""Points between the sizes that are tried."""

_LINE = 1.2
"""Height of a line in sizes of its text."""

_ELLIPSIS = "…"


@dataclass(frozen=True)
class FittedText:
    """A text as it is drawn.

    Parameters
    ----------
    lines : tuple of str
    size : float
        Of its letters [px].
    """

    lines: tuple[str, ...]
    size: float

    @property
    def width(self) -> int:
        """Of the longest line [px]."""
        return max(measure_text(line, self.size) for line in self.lines)

    @property
    def line_height(self) -> float:
        """From one line to the next [px]."""
        return _LINE * self.size


@lru_cache(maxsize=1024)
def compute_ink(text: str, size: float) -> Pixels:
    """Compute the opacity of a line of text, cut to the columns that have some.

    Parameters
    ----------
    text : str
    size : float
        Of its letters [px].

    Returns
    -------
    ndarray of uint8, shape (height, width)
        Of a height that depends on the size alone, if the default font has all of it.
    """
    coverage = compute_text_coverage(text, size)
    columns = np.flatnonzero(coverage.any(axis=0))
    if not len(columns):
        return coverage[:, :0]
    return coverage[:, columns[0] : columns[-1] + 1]


def measure_text(text: str, size: float) -> int:
    """Measure how wide a line of text is [px]."""
    return int(compute_ink(text, size).shape[1])


def fit_text(text: str, points: float, room: float, px: float) -> FittedText:
    """Fit a text into one line: it is made smaller, down to 6 points, and then cut.

    Parameters
    ----------
    text : str
    points : float
        Size of its letters where there is room for them [1/72 inch].
    room : float
        Width of the line [px].
    px : float
        Pixels in a point.
    """
    size = fit_size((text,), points, room, px)
    return FittedText((cut_text(text, size, room),), size)


def fit_paragraph(text: str, points: float, room: tuple[float, float], px: float) -> FittedText:
    """Fit a text into two lines, where it is larger on two than on one.

    Parameters
    ----------
    text : str
    points : float
        Size of its letters where there is room for them [1/72 inch].
    room : tuple of float
        Width and height [px].
    px : float
        Pixels in a point.
    """
    width, height = room
    one = fit_text(text, points, width, px)
    largest = min(points, int(height / (2 * _LINE * px) / _STEP) * _STEP)
    smallest = min(largest, SMALLEST_POINTS)
    if one.size >= largest * px and one.lines == (text,):
        return one
    for number in range(int((largest - smallest) / _STEP) + 1):
        size = (largest - number * _STEP) * px
        if one.size >= size and one.lines == (text,):
            return one
        lines = _wrap(text, size, width)
        if measure_text(lines[1], size) <= width:
            return FittedText(lines, size)
    return FittedText((lines[0], cut_text(lines[1], size, width)), size)


def cut_text(text: str, size: float, room: float) -> str:
    """Cut a text that is too wide, with an ellipsis at its end; nothing where that is too wide."""
    if measure_text(text, size) <= room:
        return text
    if measure_text(_ELLIPSIS, size) > room:
        return ""
    n = _count_fitting(text, size, room, _ELLIPSIS)
    return text[:n].rstrip() + _ELLIPSIS


def fit_size(texts: tuple[str, ...], points: float, room: float, px: float) -> float:
    """Find the size [px] in which each of some texts fits into a line: 6 points at least."""
    smallest = min(points, SMALLEST_POINTS)

    def measure(size: float) -> int:
        return max((measure_text(text, size * px) for text in texts), default=0)

    width = measure(points)
    if width > room:
        # Letters are about as much narrower as they are smaller, but for rounding.
        points = max(smallest, int(points * max(0.0, room) / width / _STEP + 1) * _STEP)
        while points > smallest and measure(points) > room:
            points = max(smallest, points - _STEP)
    return points * px


def _wrap(text: str, size: float, room: float) -> tuple[str, str]:
    """Break a text after the last word that fits, or within the first."""
    n = _count_fitting(text, size, room)
    at = text.rfind(" ", 0, n + 1)
    n = at if at > 0 else max(1, n)
    return text[:n].rstrip(), text[n:].lstrip()


def _count_fitting(text: str, size: float, room: float, end: str = "") -> int:
    """Count the characters of a text that fit, with what is put after them."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure_text(text[:middle].rstrip() + end, size) <= room:
            low = middle
        else:
            high = middle - 1
    return low
