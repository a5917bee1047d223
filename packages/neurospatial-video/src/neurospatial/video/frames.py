"""Painting whole frames."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Protocol

import numpy as np

from neurospatial.scene import (
    Curve,
    Field,
    Image,
    Layer,
    Points,
    Polygons,
    Raster,
    Scene,
    Segments,
    Text,
    Trace,
)
from neurospatial.video.canvas import (
    Canvas,
    Pixels,
    Plane,
    RGBCanvas,
    StaticLayerCache,
    YUVCanvas,
    blend,
)
from neurospatial.video.chrome import BACKGROUND, LABEL_SIZE, Chrome, draw_chrome
from neurospatial.video.curve import CurvePainter
from neurospatial.video.field import FieldPainter
from neurospatial.video.figure_layout import Box, FigureLayout, compute_layout
from neurospatial.video.image import ImagePainter
from neurospatial.video.options import VideoOptions
from neurospatial.video.points import PointsPainter
from neurospatial.video.polygons import PolygonsPainter
from neurospatial.video.scale_bar import make_scale_bar_layers
from neurospatial.video.segments import SegmentsPainter
from neurospatial.video.text import TextPainter, clip_coverage, compute_label_coverage
from neurospatial.video.trace import TracePainter


class _Painter(Protocol):
    def paint(self, frame: int) -> None: ...


_PAINTERS: dict[type[Layer], Callable[..., _Painter]] = {
    Image: ImagePainter,
    Points: PointsPainter,
    Polygons: PolygonsPainter,
    Segments: SegmentsPainter,
    Text: TextPainter,
}


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
        boxes = enumerate(zip(scene.panels, chrome.layout.panels, strict=True))
        self._panels = [
            _PanelPainter(
                (*panel.layers, *make_scale_bar_layers(panel)),
                chrome.make_raster(scene, number),
                self._crop_planes(box),
                self._canvas,
                px_per_point,
                stop,
            )
            for number, (panel, box) in boxes
        ]
        clock = scene.timeline.clock
        self._strips = [
            TracePainter(trace, clock, self._crop_planes(box), self._canvas, px_per_point)
            for trace, box in zip(scene.strips, chrome.layout.strips, strict=True)
        ]
        self._label = _LabelPainter(
            scene, self._crop_planes(chrome.layout.label), self._canvas, chrome.ink, px_per_point
        )

    def paint(self, frame: int) -> Pixels:
        """Paint a frame; the array is the canvas's own and is painted over by the next."""
        for panel in self._panels:
            panel.paint(frame)
        for strip in self._strips:
            strip.paint(frame)
        self._label.paint(frame)
        return self._canvas.array

    def _crop_planes(self, box: Box) -> tuple[Plane, ...]:
        return tuple(p.crop(box.x, box.y, box.width, box.height) for p in self._canvas.planes)


class _PanelPainter:
    """Paints a panel; neighbouring layers that stay still are folded into one stamp."""

    def __init__(
        self,
        layers: tuple[Layer, ...],
        raster: Raster,
        planes: tuple[Plane, ...],
        canvas: Canvas,
        px_per_point: float,
        stop: int,
    ) -> None:
        background = np.array(BACKGROUND, dtype=np.uint8)
        visible = [x for x in layers if x.visible and not isinstance(x, Trace)]
        self._fill = list(zip(planes, canvas.to_components(background), strict=True))
        self._covered = bool(visible) and isinstance(visible[0], Field)

        def make_painter(layer: Layer, planes: tuple[Plane, ...]) -> _Painter:
            if isinstance(layer, Field):
                behind = background if layer is visible[0] else None
                return FieldPainter(layer, raster, planes, canvas, behind, stop)
            if isinstance(layer, Curve):
                return CurvePainter(layer, raster, planes, canvas, px_per_point, stop)
            return _PAINTERS[type(layer)](layer, raster, planes, canvas, px_per_point)

        self._paint: list[Callable[[int], None]] = []
        for still, group in groupby(visible, is_still):
            if still:
                self._paint.append(_make_static_painter(list(group), planes, make_painter))
            else:
                self._paint += [make_painter(layer, planes).paint for layer in group]

    def paint(self, frame: int) -> None:
        if not self._covered:
            for plane, value in self._fill:
                plane.pixels[...] = value
        for paint in self._paint:
            paint(frame)


def is_still(layer: Layer) -> bool:
    """Whether a layer looks the same in every frame."""
    match layer:
        case Polygons():
            return True
        case Image(frame_index=index):
            return len(index) == 1
        case Points(xy=xy, opacity=opacity):
            return len(xy) == 1 and (opacity is None or len(opacity) == 1)
        case Segments(start=start, stop=stop):
            return len(start) == len(stop) == 1
        case Text(anchor=anchor, strings=strings):
            return len(anchor) == len(strings) == 1
    return False


def _make_static_painter(
    layers: list[Layer],
    planes: tuple[Plane, ...],
    make_painter: Callable[[Layer, tuple[Plane, ...]], _Painter],
) -> Callable[[int], None]:
    def paint_into(planes: tuple[Plane, ...]) -> None:
        for layer in layers:
            make_painter(layer, planes).paint(0)

    cache = StaticLayerCache(planes, paint_into)
    return lambda frame: cache.apply()


class _LabelPainter:
    """Writes the frame label into its box, over what the chrome has there."""

    def __init__(
        self,
        scene: Scene,
        planes: tuple[Plane, ...],
        canvas: Canvas,
        ink: tuple[int, int, int],
        px_per_point: float,
    ) -> None:
        self._timeline = scene.timeline
        self._planes = planes
        self._empty = [plane.pixels.copy() for plane in planes]
        self._color = canvas.to_components(np.array(ink))
        self._size = LABEL_SIZE * px_per_point

    def paint(self, frame: int) -> None:
        for plane, empty in zip(self._planes, self._empty, strict=True):
            plane.pixels[...] = empty
        words = self._timeline.label(frame)
        if not words.strip():
            return
        letters = compute_label_coverage(words, self._size)
        height, width = self._planes[0].pixels.shape[:2]
        x, y = (width - letters.shape[1]) // 2, (height - letters.shape[0]) // 2
        corner, coverage = clip_coverage(letters, x, y, (height, width))
        blend(self._planes, coverage, corner, self._color)


def chrome_of(scene: Scene, options: VideoOptions) -> Chrome:
    """Draw what stands around the panels, in the size the options ask for."""
    return draw_chrome(scene, options.size, options.dpi)


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
    painter = FramePainter(scene, chrome_of(scene, options), options.dpi, RGBCanvas)
    for frame in range(scene.timeline.n_frames) if frames is None else frames:
        yield painter.paint(frame).copy()


def panel_pixels(scene: Scene, options: VideoOptions) -> tuple[tuple[slice, slice], ...]:
    """Rows and columns of the picture that show each panel's view."""
    return tuple(map(_to_slices, _compute_scene_layout(scene, options).panels))


def strip_pixels(scene: Scene, options: VideoOptions) -> tuple[tuple[slice, slice], ...]:
    """Rows and columns of the picture that show each signal's strip."""
    return tuple(map(_to_slices, _compute_scene_layout(scene, options).strips))


def _compute_scene_layout(scene: Scene, options: VideoOptions) -> FigureLayout:
    return compute_layout(scene, options.size, options.dpi / 72)


def _to_slices(box: Box) -> tuple[slice, slice]:
    return slice(box.y, box.y + box.height), slice(box.x, box.x + box.width)
