"""How large a page is, and what is said of it."""

import logging
import warnings
from math import ceil

from neurospatial.errors import explain
from neurospatial.html.page_builder import PagePart

_log = logging.getLogger("neurospatial")

LARGE_MB = 50.0
"""Megabytes above which a warning is given: no mail takes such a page, and it opens slowly."""


class SizeGuard:
    """Counts how large a page is, and whether that is too much.

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
