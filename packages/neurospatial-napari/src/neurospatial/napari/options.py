"""What can be chosen about the viewer."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from neurospatial.errors import explain

if TYPE_CHECKING:
    import napari


@dataclass(frozen=True, kw_only=True)
class NapariOptions:
    """Options of the napari backend; checked when made.

    Parameters
    ----------
    viewer : napari.Viewer or None
        The viewer to add to; None opens one.
    chunk_size : int or None
        Frames read at a time; None suits the length of the recording (see
        `neurospatial.backends.large_session_napari_config`).
    max_chunks : int or None
        Chunks kept in memory; None keeps as many as suit the length, of 64 MB in
        all at most.
    loop : bool
        Whether playing starts again at the end.
    dpi : int
        Pixels per inch of the screen: sizes and widths in points follow from it.

    Raises
    ------
    TypeError
        If `viewer` is no napari viewer.
    ValueError
        If a number is not positive.
    """

    viewer: "napari.Viewer | None" = None
    chunk_size: int | None = None
    max_chunks: int | None = None
    loop: bool = True
    dpi: int = 100

    def __post_init__(self) -> None:
        _check_viewer(self.viewer)
        _check_count("chunk_size", self.chunk_size, "Frames are read that many at a time.")
        _check_count("max_chunks", self.max_chunks, "That many chunks are kept in memory.")
        _check_count("dpi", self.dpi, "Sizes in points are drawn with that many pixels per inch.")

    @property
    def px_per_point(self) -> float:
        """Pixels in 1/72 inch."""
        return self.dpi / 72


def _check_viewer(viewer: object) -> None:
    if viewer is None or (hasattr(viewer, "layers") and hasattr(viewer, "window")):
        return
    raise TypeError(
        explain(
            f"viewer is a {type(viewer).__name__}.",
            "The fields are added to a napari viewer with a window.",
            ["Pass a napari.Viewer.", "Leave it out: a new one is opened."],
        )
    )


def _check_count(name: str, value: int | None, why: str) -> None:
    if value is not None and (value != int(value) or value < 1):
        raise ValueError(explain(f"{name} is {value}.", why, ["Pass a whole number, 1 or more."]))
