"""What can be chosen about a page."""

from dataclasses import dataclass
from pathlib import Path

from neurospatial.errors import explain
from neurospatial.output import check_writable
from neurospatial.progress import Progress, validate_progress
from neurospatial.scene import Scene
from neurospatial.scene.figure_size import USUAL, choose_size
from neurospatial.validate import validate_count, validate_flag, validate_positive
from neurospatial.validate.figure_size import validate_figure
from neurospatial.validate.set_option import set_option

SUFFIX = ".html"
_SMALLEST, _LARGEST = 16, 8192
"""Pixels: below, nothing is told apart; above, browsers have no canvas."""

_SIZES = f"The edges of a picture in a page have {_SMALLEST} to {_LARGEST} px."


@dataclass(frozen=True, kw_only=True)
class HTMLOptions:
    """Options of the HTML backend; checked when made.

    Parameters
    ----------
    save_path : pathlib.Path or None
        The ``.html`` file to write; None gives a page to show in a notebook.
    dpi : int
        Pixels per inch of what is drawn; a page shows it in any size.
    figsize : tuple of float, or None
        Width and height of all panels together [inches]; None for (8, 6), and more where
        there are many panels.
    max_html_frames : int or None
        Refuse more frames than this; None for any number.
    max_mb : float or None
        Refuse a page of more megabytes (10**6 bytes) than this; None for any.
    embed_video : bool
        Whether camera videos go into the page.
    picture_quality : int or None
        Of camera videos, 1 (smallest) to 100; None keeps every pixel as it is.
    progress : bool or callable

    Raises
    ------
    ValueError
        For every value that cannot be used.
    OSError
        If the file could not be written where it belongs.

    Examples
    --------
    >>> HTMLOptions(figsize=(4.0, 3.0), dpi=150).figsize
    (4.0, 3.0)
    """

    save_path: Path | None = None
    dpi: int = 100
    figsize: tuple[float, float] | None = None
    max_html_frames: int | None = None
    max_mb: float | None = None
    embed_video: bool = True
    picture_quality: int | None = 85
    progress: Progress = True

    def __post_init__(self) -> None:
        if self.save_path is not None:
            check_page_path(self.save_path)
        least = _SMALLEST, _SMALLEST
        given = USUAL if self.figsize is None else self.figsize
        figsize, dpi = validate_figure(given, self.dpi, least, _LARGEST, _SIZES)
        set_option(self, figsize=None if self.figsize is None else figsize, dpi=dpi)
        if self.max_html_frames is not None:
            set_option(self, max_html_frames=_validate_frames(self.max_html_frames))
        if self.picture_quality is not None:
            set_option(self, picture_quality=_validate_quality(self.picture_quality))
        if self.max_mb is not None:
            why = "It is the size [MB] above which no page is written."
            how = ["Pass a positive number, such as 50.", "Leave it out for any size."]
            set_option(self, max_mb=validate_positive(self.max_mb, "max_mb", why=why, how=how))
        why = "Camera videos go into the page, or do not."
        set_option(self, embed_video=validate_flag(self.embed_video, "embed_video", why))
        validate_progress(self.progress)

    def choose_size(self, scene: Scene) -> tuple[int, int]:
        """Choose the width and height of all panels together [px].

        Raises
        ------
        ValueError
            If a figsize was given in which a panel would not be seen.
        """
        return choose_size(scene, self.figsize, self.dpi, _LARGEST)


def check_page_path(path: Path) -> None:
    """Raise unless a page could be written there."""
    if path.suffix.lower() != SUFFIX:
        raise ValueError(
            explain(
                f"{str(path)!r} does not end in {SUFFIX!r}.",
                "The suffix says what kind of file is wanted; this is a page for browsers.",
                [f"Use {path.with_suffix(SUFFIX).name!r}." if path.name else "Name a file."],
            )
        )
    check_writable(path)


def _validate_frames(limit: int) -> int:
    why = "It is the number of frames above which no page is written."
    how = ["Pass a whole number from 1 on.", "Leave it out: a page holds any number."]
    return validate_count(limit, "max_html_frames", least=1, why=why, how=how)


def _validate_quality(quality: int) -> int:
    why = "It runs from 1, small and coarse, to 100, large and fine."
    how = ["Pass a whole number in 1 … 100.", "Pass None for pictures without loss."]
    return validate_count(quality, "picture_quality", least=1, most=100, why=why, how=how)
