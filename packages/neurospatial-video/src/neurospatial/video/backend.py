"""The video backend."""

from importlib.util import find_spec
from typing import TYPE_CHECKING

from neurospatial.install_hint import make_install_line
from neurospatial.scene.layers import LAYERS, Layer
from neurospatial.scene.scene import Scene
from neurospatial.video.formats import HOLDS
from neurospatial.video.options import VideoOptions

if TYPE_CHECKING:
    from pathlib import Path

    from neurospatial.video.estimate import DryRun


_NEEDS = {"av": "av", "cv2": "opencv-python-headless", "PIL": "pillow"}


class VideoBackend:
    """Writes a scene as MP4, WebM, AVI or GIF."""

    name: str = "video"
    suffixes: tuple[str, ...] = tuple(HOLDS)
    draws: frozenset[type[Layer]] = LAYERS
    Options = VideoOptions

    def unavailable(self) -> str | None:
        """None when PyAV, OpenCV and Pillow are there."""
        missing = [package for module, package in _NEEDS.items() if find_spec(module) is None]
        if not missing:
            return None
        return (
            f"Video backend requires ffmpeg to be installed; it comes with PyAV. "
            f"Missing: {', '.join(missing)}. Install: {make_install_line('neurospatial[video]')}"
        )

    def present(self, scene: Scene, options: VideoOptions) -> "Path | DryRun":
        """Write the file and return its path, or return the estimate of a dry run.

        Raises
        ------
        OSError
            If the file cannot be written; what was there before is left as it was.
        """
        from neurospatial.video.write import write_video

        return write_video(scene, options)


backend: VideoBackend = VideoBackend()
