"""Spatial fields as video files: MP4, WebM, AVI or GIF."""

from importlib import import_module
from typing import TYPE_CHECKING

from neurospatial.video.backend import VideoBackend, backend, check_ffmpeg_available
from neurospatial.video.options import VideoOptions

if TYPE_CHECKING:
    from neurospatial.video.estimate import DryRun
    from neurospatial.video.frames import panel_pixels, render_frames, strip_pixels

__all__ = [
    "DryRun",
    "VideoBackend",
    "VideoOptions",
    "backend",
    "check_ffmpeg_available",
    "panel_pixels",
    "render_frames",
    "strip_pixels",
]

_LATE = {
    "DryRun": "estimate",
    "panel_pixels": "frames",
    "render_frames": "frames",
    "strip_pixels": "frames",
}


def __getattr__(name: str) -> object:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATE[name]}"), name)
