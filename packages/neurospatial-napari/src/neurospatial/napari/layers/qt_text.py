"""Words and numbers, painted with Qt."""

from collections.abc import Callable
from math import ceil, inf, log10
from unicodedata import bidirectional

import numpy as np
from numpy.typing import NDArray
from qtpy.QtCore import QRectF, Qt
from qtpy.QtGui import QFont, QFontMetricsF, QGuiApplication, QPainter

_N_TICKS = 5
"""Numbers along an axis, about, where there is room for them."""
_SMALLEST = 0.5
"""Of the height of letters down to which they shrink: below, nobody can read them."""
_FAR = 10_000.0
"""Half the side [px] of the box that text is aligned in: longer than any screen is wide."""

_Side = Qt.AlignmentFlag
LEFT = _Side.AlignRight | _Side.AlignVCenter
RIGHT = _Side.AlignLeft | _Side.AlignVCenter
BELOW = _Side.AlignHCenter | _Side.AlignTop
ABOVE = _Side.AlignHCenter | _Side.AlignBottom

_CORNER = {LEFT: (-2, -1), RIGHT: (0, -1), BELOW: (-1, 0), ABOVE: (-1, -2)}
"""Where the upper left corner of that box lies, in halves of its side: the place is at an edge."""


def create_font(px: float) -> QFont:
    """Create the application's font at a height."""
    font = QFont(QGuiApplication.font())
    font.setPixelSize(max(1, round(px)))
    return font


def fit_words(font: QFont, words: str, width: float, height: float) -> tuple[QFont, str]:
    """Shrink letters until words fit into a room; then end them in an ellipsis.

    Parameters
    ----------
    font : QFont
        With a height in pixels.
    words : str
    width, height : float
        Of the room [px].

    Returns
    -------
    font : QFont
    words : str
        Empty where there is no room for any.
    """
    smaller = QFont(font)
    for px in range(font.pixelSize(), max(1, round(_SMALLEST * font.pixelSize())) - 1, -1):
        smaller.setPixelSize(px)
        metrics = QFontMetricsF(smaller)
        if metrics.height() <= height and metrics.horizontalAdvance(words) <= width:
            return smaller, words
    if metrics.height() > height:
        return smaller, ""
    short = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
    return smaller, short if metrics.horizontalAdvance(short) <= width else ""


def draw_text(
    painter: QPainter,
    x: float,
    y: float,
    side: Qt.AlignmentFlag,
    words: str,
    upward: bool = False,
) -> None:
    """Write on one side of a place, in the middle of that side.

    Parameters
    ----------
    painter : QPainter
    x, y : float
    side : Qt.AlignmentFlag
        One of LEFT, RIGHT, BELOW and ABOVE.
    words : str
    upward : bool
        Turn it all about the place by a quarter, so that the words go upward.
    """
    painter.save()
    painter.translate(x, y)
    if upward:
        painter.rotate(-90)
    across, down = _CORNER[side]
    painter.drawText(QRectF(across * _FAR, down * _FAR, 2 * _FAR, 2 * _FAR), side, words)
    painter.restore()


def isolate(words: str) -> str:
    r"""Keep words whose letters run from right to left from turning their neighbours about.

    Examples
    --------
    >>> isolate("lap 1"), isolate("\u05d0") == "\u2068\u05d0\u2069"
    ('lap 1', True)
    """
    leftward = any(bidirectional(letter) in ("R", "AL") for letter in words)
    first, pop = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
    return f"{first}{words}{pop}" if leftward else words


def format_number(value: float, resolution: float, least: int = 4) -> str:
    """Format a number with as many digits as tell it from its neighbours.

    Parameters
    ----------
    value : float
    resolution : float
        By which neighbours differ.
    least : int
        Digits that it has, zeros at its end aside.

    Examples
    --------
    >>> format_number(5000020.0, 20.0), format_number(0.5, 0.1), format_number(5e6, 1e6)
    ('5000020', '0.5', '5e+06')
    """
    return f"{value:.{_count_digits(value, resolution, least)}g}"


def _count_digits(value: float, resolution: float, least: int) -> int:
    apart = abs(value) / resolution if resolution > 0 else 0.0
    return min(17, max(least, ceil(log10(apart)) + 1)) if 0 < apart < inf else least


def format_ticks(ticks: NDArray[np.float64]) -> list[str]:
    """Format round numbers along an axis so that no two are alike.

    Examples
    --------
    >>> format_ticks(np.array([5e6, 5000050.0]))
    ['5000000', '5000050']
    """
    step = float(np.diff(ticks).min()) if len(ticks) > 1 else 0.0
    most = float(np.abs(ticks).max(initial=0.0))
    digits = _count_digits(most, step, 6)
    return [f"{tick:.{digits}g}" for tick in ticks.tolist()]


def choose_ticks(low: float, high: float, n: int = _N_TICKS) -> NDArray[np.float64]:
    """Choose round numbers within a range, about as many as asked for.

    Examples
    --------
    >>> choose_ticks(-2.4, 98.0)
    array([ 0., 20., 40., 60., 80.])
    """
    rough = (high - low) / n
    power = 10.0 ** np.floor(np.log10(rough))
    step = min((power * factor for factor in (1, 2, 5, 10)), key=lambda one: abs(one - rough))
    # The sum takes the sign off zero.
    return np.asarray(np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step + 0.0)


def fit_ticks(
    low: float, high: float, px: float, measure: Callable[[str], float]
) -> tuple[NDArray[np.float64], list[str]]:
    """Choose round numbers within a range that do not run into each other.

    Parameters
    ----------
    low, high : float
    px : float
        How long the range is on the screen.
    measure : callable
        How much room [px] a number takes along the axis.

    Returns
    -------
    ticks : ndarray, shape (n,)
    words : list of str

    Examples
    --------
    >>> fit_ticks(0.0, 100.0, 60.0, lambda words: 8.0 * len(words))[1]
    ['0', '50', '100']
    """
    for n in range(_N_TICKS, 0, -1):
        ticks = choose_ticks(low, high, n)
        words = format_ticks(ticks)
        widest = max(map(measure, words), default=0.0)
        if len(ticks) < 2 or widest <= float(np.diff(ticks).min()) / (high - low) * px:
            break
    else:
        ticks, words = ticks[:1], words[:1]
    if widest > px:
        return ticks[:0], []
    return ticks, words
