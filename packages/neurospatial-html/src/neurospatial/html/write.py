"""Pages as they are written: counted, limited, and told to the user."""

import logging
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from neurospatial.errors import explain
from neurospatial.html.options import HTMLOptions
from neurospatial.html.page import Page, Part
from neurospatial.output import written_whole
from neurospatial.progress import progress_bar
from neurospatial.scene import Scene

_log = logging.getLogger("neurospatial")

LARGE_MB = 50.0
"""Above so many megabytes a warning is given."""


def write_page(scene: Scene, options: HTMLOptions, path: Path) -> Path:
    """Write a page to a file.

    Parameters
    ----------
    scene : Scene
    options : HTMLOptions
    path : pathlib.Path

    Returns
    -------
    pathlib.Path

    Raises
    ------
    ValueError
        If there are more frames than `max_html_frames`, or the page grows
        above `max_mb`; nothing is left behind.
    OSError
        If the file cannot be written; what was there before is left as it was.
    """
    check_frames(scene, options)
    page = Page(scene, options)
    with written_whole(path) as draft, draft.open("wb") as file:
        count = _stream(page, scene, options, file, path.name)
    count.warn_when_large(path.name)
    return path


def stream_page(scene: Scene, options: HTMLOptions, file: BinaryIO) -> None:
    """Write a page to an open file; else as `write_page`."""
    check_frames(scene, options)
    _stream(Page(scene, options), scene, options, file, "page").warn_when_large("The page")


def check_frames(scene: Scene, options: HTMLOptions) -> None:
    """Raise if there are more frames than the options allow."""
    n_frames, limit = scene.timeline.n_frames, options.max_html_frames
    if limit is not None and n_frames > limit:
        raise ValueError(
            explain(
                f"There are {n_frames} frames, and max_html_frames is {limit}.",
                "A page is not written with more frames than that limit.",
                [
                    f"Raise the limit, max_html_frames={n_frames}, or leave it out: "
                    "a page holds any number.",
                    "Take fewer frames: subsample_frames(fields, source_fps, target_fps)",
                    "Write a video: save_path='animation.mp4'",
                ],
            )
        )


class _Count:
    """What has been written so far.

    Parameters
    ----------
    n_frames : int
        Frames of the whole page.
    max_mb : float or None
    """

    def __init__(self, n_frames: int, max_mb: float | None) -> None:
        self._n_frames, self._max_mb = n_frames, max_mb
        self._n_bytes = self._picture_bytes = self._head_bytes = 0

    def add(self, part: Part) -> None:
        """Count a part that is about to be written, unless it is too much."""
        reached = (self._n_bytes + len(part.data)) / 1e6
        if self._max_mb is not None and reached > self._max_mb:
            raise ValueError(self._too_large(part))
        self._head_bytes = self._head_bytes or len(part.data)
        self._n_bytes += len(part.data)
        self._picture_bytes += len(part.data) * part.is_picture

    def warn_when_large(self, name: str) -> None:
        """Warn of a page that is hard to mail and slow to open."""
        if self._n_bytes <= LARGE_MB * 1e6:
            return
        text = "\n  ".join(
            [
                f"{name} is {self._n_bytes / 1e6:.1f} MB ({self._n_bytes} bytes), above "
                f"{LARGE_MB:g} MB: slow to open, hard to mail. To make it smaller:",
                *self._ways(),
            ]
        )
        warnings.warn(text, ResourceWarning, stacklevel=5)
        # Python shows no ResourceWarning unless asked to, and nobody would know.
        _log.warning(text)

    def _too_large(self, part: Part) -> str:
        n_frames, reached = part.n_frames, self._n_bytes + len(part.data)
        whole = ""
        if 0 < n_frames < self._n_frames:
            each = (self._n_bytes - self._head_bytes) / n_frames
            expected = self._head_bytes + each * self._n_frames
            whole = f"; all of them would take about {expected / 1e6:.1f} MB"
        return explain(
            f"The page has {reached / 1e6:.2f} MB after {n_frames} of {self._n_frames} frames, "
            f"above max_mb={self._max_mb:g}{whole}.",
            "No page larger than the limit is written, and none was left behind.",
            [f"Raise max_mb={self._max_mb:g}, or leave it out.", *self._ways()],
        )

    def _ways(self) -> list[str]:
        pictures = []
        if self._picture_bytes:
            share = f"{self._picture_bytes / 1e6:.1f} MB of it are camera pictures"
            pictures = [
                f"Leave the camera out, embed_video=False, or lower picture_quality: {share}.",
                "Crop or downsample the camera in its VideoOverlay.",
            ]
        return [
            *pictures,
            "Take fewer frames: subsample_frames(fields, source_fps, target_fps)",
            "Use larger bins: each has a value in every frame.",
            "Write a video: save_path='animation.mp4'",
        ]


def _stream(page: Page, scene: Scene, options: HTMLOptions, file: BinaryIO, name: str) -> _Count:
    n_frames = scene.timeline.n_frames
    count = _Count(n_frames, options.max_mb)
    with progress_bar(options.progress, n_frames, f"Writing {name}") as advance:
        done = 0
        for part in page.parts():
            count.add(part)
            file.write(part.data)
            done = _advanced(advance, done, part.n_frames)
    return count


def _advanced(advance: Callable[[int], object], done: int, now: int) -> int:
    if now > done:
        advance(now - done)
    return max(done, now)
