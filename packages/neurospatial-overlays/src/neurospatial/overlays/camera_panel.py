"""A panel of what a camera recorded."""

import os
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.layouts import RegularGrid
from neurospatial.overlays.camera.crop import Crop, validate_crop
from neurospatial.overlays.camera.rgb_frames import (
    RGBFrames,
    find_picture_times,
    get_frame_size,
    open_frame_source,
)
from neurospatial.overlays.time_series import TimeSeriesOverlay
from neurospatial.scene import (
    Bounds,
    Image,
    Layer,
    Overlay,
    OverlayContext,
    Panel,
    PanelClock,
    PanelContext,
    Source,
    View,
)
from neurospatial.scene.compile.overlays.check_overlays import to_overlays
from neurospatial.scene.compile.overlays.number_names import number_names
from neurospatial.validate import (
    read_seconds,
    to_text,
    validate_flag,
    validate_positive,
    validate_times,
)

_CLASS = "CameraPanel"

_ONE_BIN = np.ones((1, 1), dtype=bool)
"""The picture as a space: overlays ask for its bounds, and nothing has a value in it."""


class CameraPanel:
    """What a camera recorded, in a panel of its own; each frame shows the nearest picture.

    The world of the panel is the picture: overlays are in its pixels, counted from the
    top-left corner, rows downward. Of the overlays that all panels share it has the signals
    alone, as the others are in the unit of an environment; to those, `VideoOverlay` and
    `calibrate_video` lead.

    Parameters
    ----------
    source : path-like, array or Source
        A video file, whose pictures are read when they are shown; or pictures of
        shape (n, height, width, 3), or (n, height, width) for grey ones, in uint8
        or in floats from 0 to 1.
    times : array-like, shape (n,), optional
        When each picture was taken, on the clock of the session [s], increasing. Left
        out, a file's own timestamps count from its first picture, which is at 0 s; an
        array has one picture for each frame of the other panels.
    fps : float, optional
        Pictures taken per second, the first at 0 s, in place of `times`.
    crop : tuple of int, optional
        The part shown, ``(x, y, width, height)`` [px]; overlays stay where they are.
    title : str
        What stands over the panel, and what it is called in ``overlays=`` and ``align=``.
    overlays : Overlay, iterable of Overlay, or None
        What is drawn over this panel alone, in pixels of the whole picture.
    axes : bool
        Whether ticks and labels stand along the axes.

    Raises
    ------
    ImportError
        If a file is to be read and PyAV is not installed.
    FileNotFoundError
        If there is no such file.
    TypeError, ValueError
        If there are no pictures, or times, crop or an option are not as described.

    Examples
    --------
    >>> film = np.zeros((4, 20, 40, 3), np.uint8)
    >>> CameraPanel(film, fps=10, title="overhead")
    CameraPanel('overhead', 4 pictures of 40 x 20 px)
    """

    def __init__(
        self,
        source: str | os.PathLike[str] | NDArray[np.generic] | Source,
        *,
        times: ArrayLike | None = None,
        fps: float | None = None,
        crop: Crop | None = None,
        title: str = "",
        overlays: Overlay | Iterable[Overlay] | None = None,
        axes: bool = False,
    ) -> None:
        self.title: str = to_text(title, "title")
        self._overlays = to_overlays(overlays)
        self._axes = validate_flag(axes, "axes", "They are drawn, or they are not.")
        opened = open_frame_source(source)
        self._pictures = RGBFrames(opened, validate_crop(crop, get_frame_size(opened), 1))
        self.clock: PanelClock = _read_clock(opened, times, fps)

    def __repr__(self) -> str:
        n_pictures, height, width, _ = self._pictures.shape
        return f"CameraPanel({self.title!r}, {n_pictures} pictures of {width} x {height} px)"

    @cached_property
    def _bounds(self) -> Bounds:
        """What is shown of the picture, in its own pixels."""
        x, y, width, height = self._pictures.crop
        return float(x), float(y), float(x + width), float(y + height)

    def build(self, context: PanelContext) -> Panel:
        """Make the panel, aligned with ``context.times``."""
        marks = self._lower_overlays(context)
        index = context.frame_index
        image = Image(
            name="Video",
            frames=self._pictures,
            frame_index=np.arange(context.n_frames) if index is None else index,
            px_to_world=self._pictures.to_video_px,
        )
        view = View(self._bounds, "px", y_down=True)
        layers = sorted([image, *marks], key=lambda layer: layer.z)
        return Panel(view, tuple(layers), self.title, axes=(self._axes, self._axes))

    def _lower_overlays(self, context: PanelContext) -> tuple[Layer, ...]:
        shared = context.overlays[: context.n_shared]
        signals = tuple(each for each in shared if isinstance(each, TimeSeriesOverlay))
        own = (*context.overlays[context.n_shared :], *self._overlays)
        x_min, y_min, x_max, y_max = self._bounds
        over = OverlayContext(
            context.times,
            context.own_times,
            self._bounds,
            RegularGrid((np.array([x_min, x_max]), np.array([y_min, y_max])), _ONE_BIN),
            "px",
            own,
            is_recorded=context.is_recorded,
            y_down=True,
        )
        taken = replace(context, overlays=signals)
        return number_names(taken.lower_overlays(over, own, self.title))


def _read_clock(source: Source, times: ArrayLike | None, fps: float | None) -> PanelClock:
    """Read when each picture was taken."""
    n_pictures = source.shape[0]
    if fps is None:
        told = find_picture_times(source, times)
        if told is None:
            return PanelClock(n_pictures)
        seconds, are_dates = read_seconds(told, "times")
        clock = validate_times(seconds, n_pictures, of="pictures")
        return PanelClock(n_pictures, clock, are_dates)
    if times is not None:
        raise ValueError(
            explain(
                f"{_CLASS} has times and fps={fps!r}.",
                "Either says when each picture was taken.",
                ["Leave fps out.", "Leave times out: the first picture is then at 0 s."],
            )
        )
    rate = validate_positive(fps, "fps", unit="pictures a second", owner=_CLASS)
    return PanelClock(n_pictures, np.arange(n_pictures) / rate)
