"""What can be chosen about the viewer."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from neurospatial.errors import explain
from neurospatial.validate import validate_count, validate_flag, validate_positive
from neurospatial.validate.figure_size import validate_dpi
from neurospatial.validate.set_option import set_option

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
        why = "Frames are read that many at a time."
        if self.chunk_size is not None:
            chunk_size = validate_count(self.chunk_size, "chunk_size", least=1, why=why)
            set_option(self, chunk_size=chunk_size)
        why = "That many chunks are kept in memory."
        if self.max_chunks is not None:
            max_chunks = validate_count(self.max_chunks, "max_chunks", least=1, why=why)
            set_option(self, max_chunks=max_chunks)
        why = "Sizes in points are drawn with that many pixels per inch."
        how = ["Pass a number such as dpi=100."]
        dpi = validate_positive(validate_dpi(self.dpi), "dpi", why=why, how=how)
        set_option(self, dpi=int(dpi) if dpi == int(dpi) else dpi)
        why = "Playing starts again at the end, or stops there."
        set_option(self, loop=validate_flag(self.loop, "loop", why))

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
