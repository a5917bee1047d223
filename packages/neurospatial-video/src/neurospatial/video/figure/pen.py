"""Filling rectangles and writing text on the picture that stands around the panels."""

from typing import Literal, TypeAlias

import numpy as np

from neurospatial.scene.figure_layout import Box
from neurospatial.video.canvas.canvas import Pixels
from neurospatial.video.figure.fit_text import FittedText, compute_ink

RGB: TypeAlias = tuple[int, int, int]
"""sRGB of 0 to 255."""

Align: TypeAlias = Literal["left", "center", "right"]

_BEFORE: dict[Align, float] = {"left": 0.0, "center": 0.5, "right": 1.0}
"""Share of a text that lies before where it is written."""


class Pen:
    """Draws on a picture, at whole pixels: the same things look the same wherever they are.

    Parameters
    ----------
    picture : ndarray of uint8, shape (height, width, 3)
        Drawn on in place.
    px : float
        Pixels in 1/72 inch.
    """

    def __init__(self, picture: Pixels, px: float) -> None:
        self._picture = picture
        self.px: float = px

    def fill(self, box: Box, color: RGB) -> None:
        """Fill a rectangle with one colour."""
        rows, columns = (slice(max(0, x.start), max(0, x.stop)) for x in box.to_slices())
        self._picture[rows, columns] = color

    def put(self, box: Box, pixels: Pixels) -> None:
        """Put pixels, or one for each row, into a rectangle."""
        part = self._picture[box.to_slices()]
        part[...] = pixels[: part.shape[0]]

    def frame(self, box: Box, thickness: int, color: RGB) -> None:
        """Draw a line around a rectangle, outside of it."""
        x, y, width, height = box.x - thickness, box.y - thickness, box.width, box.height
        across, upward = width + 2 * thickness, height + 2 * thickness
        self.fill(Box(x, y, across, thickness), color)
        self.fill(Box(x, box.y + height, across, thickness), color)
        self.fill(Box(x, y, thickness, upward), color)
        self.fill(Box(box.x + width, y, thickness, upward), color)

    def write(
        self, text: FittedText, at: tuple[float, float], color: RGB, align: Align = "center"
    ) -> None:
        """Write a text.

        Parameters
        ----------
        text : FittedText
        at : tuple of float
            Column where it begins, has its middle or ends, and row of its middle [px].
        color : tuple of int
        align : {"left", "center", "right"}
        """
        x, y = at
        y -= (len(text.lines) - 1) / 2 * text.line_height
        for number, line in enumerate(text.lines):
            ink = compute_ink(line, text.size)
            left = round(x - _BEFORE[align] * ink.shape[1])
            self._blend(ink, left, round(y + number * text.line_height), color)

    def write_upward(self, text: FittedText, at: tuple[float, float], color: RGB) -> None:
        """Write one line from bottom to top, about a place in its middle [px]."""
        ink = np.rot90(compute_ink(text.lines[0], text.size))
        self._blend(ink, round(at[0]) - ink.shape[1] // 2, round(at[1]), color)

    def _blend(self, ink: Pixels, left: int, middle: int, color: RGB) -> None:
        """Lay a colour over the picture, as opaque as ink is."""
        top = middle - ink.shape[0] // 2
        height, width = self._picture.shape[:2]
        rows = slice(max(0, top), max(0, min(height, top + ink.shape[0])))
        columns = slice(max(0, left), max(0, min(width, left + ink.shape[1])))
        part = self._picture[rows, columns]
        within = ink[
            rows.start - top : rows.start - top + part.shape[0],
            columns.start - left : columns.start - left + part.shape[1],
        ]
        opacity = within[..., None].astype(np.int32)
        mixed = part * (255 - opacity) + np.array(color, np.int32) * opacity
        part[...] = (mixed + 127) // 255
