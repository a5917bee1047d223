"""Writing the label of each frame."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.scene import Timeline
from neurospatial.video.canvas.blend import blend
from neurospatial.video.canvas.canvas import Plane
from neurospatial.video.canvas.text_coverage import clip_coverage, compute_label_coverage
from neurospatial.video.figure.fit_text import compute_ink, fit_text

_POINTS = 10.0
"""Size of the label: that of matplotlib's axis labels."""

_MARGIN = 4.0
"""Points beside a label that fills the picture's width."""


class FrameLabelPainter:
    """Writes the frame label into its box, over what the chrome has there.

    Parameters
    ----------
    timeline : Timeline
    planes : tuple of Plane
        The label's part of the canvas.
    ink : tuple of ndarray
        Colour of the text in each plane.
    px_per_point : float
        Pixels in 1/72 inch.
    """

    def __init__(
        self,
        timeline: Timeline,
        planes: tuple[Plane, ...],
        ink: tuple[NDArray[np.uint8], ...],
        px_per_point: float,
    ) -> None:
        self._timeline = timeline
        self._planes = planes
        self._empty = [plane.pixels.copy() for plane in planes]
        self._color = ink
        self._size, self._px = _POINTS * px_per_point, px_per_point

    def paint(self, frame: int) -> None:
        """Write the label of one frame."""
        for plane, empty in zip(self._planes, self._empty, strict=True):
            plane.pixels[...] = empty
        words = self._timeline.label(frame)
        if not words.strip():
            return
        height, width = self._planes[0].pixels.shape[:2]
        letters = compute_label_coverage(words, self._size)
        if letters.shape[1] > width:  # With room around it that may hold no ink.
            fitted = fit_text(words, _POINTS, width - _MARGIN * self._px, self._px)
            letters = compute_ink(fitted.lines[0], fitted.size)
        x, y = (width - letters.shape[1]) // 2, (height - letters.shape[0]) // 2
        corner, coverage = clip_coverage(letters, x, y, (height, width))
        blend(self._planes, coverage, corner, self._color)
