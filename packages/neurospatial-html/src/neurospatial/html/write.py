"""Pages as they are written: counted, limited, and told to the user."""

import logging
import warnings
from collections.abc import Callable
from math import ceil
from pathlib import Path
from typing import BinaryIO

from neurospatial.errors import explain
from neurospatial.html.options import HTMLOptions
from neurospatial.html.page_builder import PageBuilder, PagePart
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
        If there are more frames than `max_html_frames`, or the page would have
        more than `max_mb`; nothing is left behind.
    OSError
        If the file cannot be written; what was there before is left as it was.
    """
    check_frames(scene, options)
    with written_whole(path) as draft, draft.open("wb") as file:
        _stream(scene, options, file, path.name)
    return path


def stream_page(scene: Scene, options: HTMLOptions, file: BinaryIO) -> None:
    """Write a page to an open file; else as `write_page`."""
    check_frames(scene, options)
    _stream(scene, options, file, "a page")


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


class SizeGuard:
    """How large a page is, and whether that is too much.

    Parameters
    ----------
    max_mb : float or None
    """

    def __init__(self, max_mb: float | None) -> None:
        self._max_mb = max_mb
        self._n_bytes = self._picture_bytes = 0

    def add(self, part: PagePart) -> None:
        """Count a part."""
        self._n_bytes += len(part.data)
        self._picture_bytes += len(part.data) * part.is_picture

    @property
    def is_too_large(self) -> bool:
        """Whether the limit has been passed."""
        return self._max_mb is not None and self._n_bytes / 1e6 > self._max_mb

    def check(self) -> None:
        """Raise if the whole page is larger than the limit."""
        if self.is_too_large:
            raise ValueError(
                explain(
                    f"The page would have {self._size}, above max_mb={self._max_mb:g}.",
                    "No page larger than the limit is written, and none was left behind.",
                    [
                        f"Raise the limit, max_mb={self._least:g}, or leave it out.",
                        *self._list_remedies(),
                    ],
                )
            )

    def warn_when_large(self) -> None:
        """Warn of a page that is hard to mail and slow to open."""
        if self._n_bytes <= LARGE_MB * 1e6:
            return
        text = "\n  ".join(
            [
                f"The page has {self._size}, above {LARGE_MB:g} MB: slow to open, hard to "
                "mail. To make it smaller:",
                *self._list_remedies(),
            ]
        )
        warnings.warn(text, ResourceWarning, stacklevel=6)
        # Python shows no ResourceWarning unless asked to, and nobody would know.
        _log.warning(text)

    @property
    def _size(self) -> str:
        return f"{self._n_bytes / 1e6:.1f} MB ({self._n_bytes} bytes)"

    @property
    def _least(self) -> float:
        """The smallest limit that would do [MB], in as few digits as say so."""
        return ceil(self._n_bytes / 1e4) / 100

    def _list_remedies(self) -> list[str]:
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


def _stream(scene: Scene, options: HTMLOptions, file: BinaryIO, name: str) -> None:
    n_frames, guard = scene.timeline.n_frames, SizeGuard(options.max_mb)
    with progress_bar(options.progress, n_frames, f"Writing {name}") as advance:
        done = 0
        for part in PageBuilder(scene, options).iter_parts():
            guard.add(part)
            # What is too large is counted to its end: the user is told the size, not a guess.
            if not guard.is_too_large:
                file.write(part.data)
            done = _advance(advance, done, part.n_frames)
    guard.check()
    guard.warn_when_large()


def _advance(advance: Callable[[int], object], done: int, now: int) -> int:
    if now > done:
        advance(now - done)
    return max(done, now)
