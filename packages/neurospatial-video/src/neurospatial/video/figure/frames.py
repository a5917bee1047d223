"""Painting whole frames."""

from collections.abc import Callable, Iterable, Iterator

import numpy as np

from neurospatial.scene import Scene
from neurospatial.scene.figure_layout import Box, compute_layout
from neurospatial.video.canvas.canvas import Canvas, Pixels, Plane, RGBCanvas, YUVCanvas
from neurospatial.video.figure.chrome import Chrome, draw_chrome
from neurospatial.video.figure.frame_label import FrameLabelPainter
from neurospatial.video.figure.panel import PanelPainter
from neurospatial.video.layers.trace import TracePainter
from neurospatial.video.options import VideoOptions


class FramePainter:
    """Paints the frames of a scene, one after another, into one canvas.

    Parameters
    ----------
    scene : Scene
    chrome : Chrome
    dpi : int
    canvas_type : type
        `RGBCanvas` or `YUVCanvas`.
    stop : int or None
        The frame before which reading ahead ends; None for the last.
    """

    def __init__(
        self,
        scene: Scene,
        chrome: Chrome,
        dpi: int,
        canvas_type: Callable[[Pixels], RGBCanvas | YUVCanvas],
        stop: int | None = None,
    ) -> None:
        self._canvas: Canvas = canvas_type(chrome.picture)
        stop = scene.timeline.n_frames if stop is None else stop
        px_per_point = dpi / 72
        self._panels = [
            PanelPainter(panel, self._crop_planes(box), self._canvas, px_per_point, stop)
            for panel, box in zip(scene.panels, chrome.layout.panels, strict=True)
        ]
        clock = scene.timeline.clock
        self._strips = [
            TracePainter(trace, clock, self._crop_planes(box), self._canvas, px_per_point)
            for trace, box in zip(scene.visible_strips, chrome.layout.strips, strict=True)
        ]
        planes = self._crop_planes(chrome.layout.label)
        ink = self._canvas.to_components(np.array(chrome.ink))
        if self._canvas.alpha is not None:  # Nothing else that changes is beside the panels.
            planes = *planes, _crop(self._canvas.alpha, chrome.layout.label)
            ink = *ink, np.array(255, dtype=np.uint8)
        self._label = FrameLabelPainter(scene.timeline, planes, ink, px_per_point)

    def paint(self, frame: int) -> Pixels:
        """Paint a frame; the array is the canvas's own and is painted over by the next."""
        for panel in self._panels:
            panel.paint(frame)
        for strip in self._strips:
            strip.paint(frame)
        self._label.paint(frame)
        return self._canvas.array

    def _crop_planes(self, box: Box) -> tuple[Plane, ...]:
        return tuple(_crop(plane, box) for plane in self._canvas.planes)


def _crop(plane: Plane, box: Box) -> Plane:
    return plane.crop(box.x, box.y, box.width, box.height)


def render_frames(
    scene: Scene, options: VideoOptions, frames: Iterable[int] | None = None
) -> Iterator[Pixels]:
    """Paint frames in RGB, as they are before they are encoded.

    Parameters
    ----------
    scene : Scene
    options : VideoOptions
    frames : iterable of int or None
        Which ones; None for all.

    Yields
    ------
    ndarray of uint8, shape (height, width, 3)
        sRGB; even in width and height.
    """
    chrome = draw_chrome(scene, options.choose_size(scene), options.dpi)
    painter = FramePainter(scene, chrome, options.dpi, RGBCanvas)
    for frame in range(scene.timeline.n_frames) if frames is None else frames:
        yield painter.paint(frame).copy()


def panel_pixels(scene: Scene, options: VideoOptions) -> tuple[tuple[slice, slice], ...]:
    """Compute the rows and columns of the picture that show each panel's view."""
    layout = compute_layout(scene, options.choose_size(scene), options.dpi / 72)
    return tuple(box.to_slices() for box in layout.panels)


def strip_pixels(scene: Scene, options: VideoOptions) -> tuple[tuple[slice, slice], ...]:
    """Compute the rows and columns of the picture that show each signal's strip."""
    layout = compute_layout(scene, options.choose_size(scene), options.dpi / 72)
    return tuple(box.to_slices() for box in layout.strips)
