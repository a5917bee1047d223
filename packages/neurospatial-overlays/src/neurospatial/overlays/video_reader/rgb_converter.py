"""From a decoded picture to upright RGB."""

from threading import Lock, local
from typing import TYPE_CHECKING

from neurospatial.overlays.video_reader.orientation import Orientation, Pixels

if TYPE_CHECKING:
    from av.video.frame import VideoFrame


class RGBConverter:
    """Makes RGB of decoded pictures, in any number of threads."""

    def __init__(self, orientation: Orientation) -> None:
        self._orientation = orientation
        self._local = local()

    def to_rgb(self, picture: "VideoFrame", busy: Lock) -> Pixels:
        """Make upright RGB, shape (height, width, 3); `busy` belongs to the picture."""
        from av.video.reformatter import VideoReformatter

        if not hasattr(self._local, "reformatter"):
            self._local.reformatter = VideoReformatter()
        # PyAV changes the picture's colour tags while it converts.
        with busy:
            stored = self._local.reformatter.reformat(picture, format="rgb24").to_ndarray()
        return self._orientation.turn_upright(stored)
