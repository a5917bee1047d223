"""What `animate` and `animate_fields` take and give, for type checkers."""

from os import PathLike
from pathlib import Path
from typing import Any, Literal, Protocol, TypedDict

from neurospatial.scene.compile.scene_options import (
    OverlaysLike,
    SceneKeywords,
    TimelineKeywords,
)


class BackendKeywords(TypedDict, total=False):
    """Options that only some of our backends take.

    A type checker knows no others. Options of a backend of a third party are
    passed as ``**options`` of type ``dict[str, Any]``.
    """

    at: float | None
    bitrate: int | None
    chunk_size: int | None
    codec: Literal["h264", "h265", "vp9", "mpeg4", "av1", "gif"] | None
    crf: int | None
    embed_video: bool
    figsize: tuple[float, float] | None
    loop: bool | int
    max_chunks: int | None
    max_html_frames: int | None
    max_mb: float | None
    n_workers: int | None
    picture_quality: int | None
    preset: Literal["draft", "balanced", "small"]
    static_mb: float
    transparent: bool
    viewer: Any | None
    """A napari.Viewer: napari publishes no types, and is not known here."""


class AnimationKeywords(SceneKeywords, BackendKeywords, total=False):
    """Keywords of a scene of one environment, and of our backends."""


class PanelAnimationKeywords(TimelineKeywords, BackendKeywords, total=False):
    """Keywords of what all panels share, and of our backends."""

    overlays: OverlaysLike


class SavablePage(Protocol):
    """A page that a notebook shows, and that is not yet in a file."""

    def save(self, path: str | PathLike[str]) -> Path:
        """Write the page to a file and return its path."""

    def _repr_html_(self) -> str: ...
