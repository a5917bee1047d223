"""What can be chosen about a figure."""

from dataclasses import dataclass
from math import isfinite
from pathlib import Path

from neurospatial.errors import explain, suggest_name
from neurospatial.output import check_writable
from neurospatial.scene import Scene
from neurospatial.scene.figure_size import USUAL, choose_size
from neurospatial.validate import to_number
from neurospatial.validate.figure_size import validate_figure
from neurospatial.validate.set_option import set_option

SUFFIXES = (".png", ".pdf", ".svg")

_SMALLEST, _LARGEST = (160, 120), 32768
"""Pixels: below, axes leave no room for a view; above, matplotlib draws no picture."""

_SIZES = "A picture with axes needs 160 x 120 px; matplotlib ends at 32768."


@dataclass(frozen=True, kw_only=True)
class FigureOptions:
    """Options of the figure backend; checked when made.

    Parameters
    ----------
    save_path : pathlib.Path or None
        ``.png``, ``.pdf`` or ``.svg``; without one, the Figure itself is given.
    at : float or None
        When the frame was recorded, on the clock of the frames: the nearest one is drawn.
        Where the fields have no clock, the frame's number, counted from 0. None for the first.
    dpi : int
        Pixels per inch.
    figsize : tuple of float, or None
        Width and height [inches]; None for (8, 6), and more where there are many panels.

    Raises
    ------
    ValueError
        For every value that cannot be used.
    OSError
        If the file could not be written where it belongs.
    """

    save_path: Path | None = None
    at: float | None = None
    dpi: float = 100
    figsize: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        if self.save_path is not None:
            set_option(self, save_path=_read_path(self.save_path))
        if self.at is not None:
            set_option(self, at=_read_time(self.at))
        given = USUAL if self.figsize is None else self.figsize
        figsize, dpi = validate_figure(given, self.dpi, _SMALLEST, _LARGEST, _SIZES)
        set_option(self, figsize=None if self.figsize is None else figsize, dpi=dpi)

    def choose_size(self, scene: Scene) -> tuple[int, int]:
        """Choose the width and height of the figure [px].

        Raises
        ------
        ValueError
            If a figsize was given in which a panel would not be seen.
        """
        return choose_size(scene, self.figsize, self.dpi, _LARGEST)


def _read_path(given: Path) -> Path:
    path = Path(given)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ValueError(
            explain(
                f"{str(path)!r} does not end in the suffix of a figure."
                f"{suggest_name(suffix, SUFFIXES)}",
                "The suffix of save_path says what kind of file is wanted.",
                [f"Use one of {list(SUFFIXES)}."],
            )
        )
    check_writable(path)
    return path


def _read_time(given: object) -> float:
    time = to_number(given)
    if isinstance(time, (int, float)) and not isinstance(time, bool) and isfinite(time):
        return float(time)
    raise ValueError(
        explain(
            f"at is {given!r}.",
            "It is a number: when the frame was recorded, on the clock of the frames.",
            [
                "Pass a time such as at=130.2, or where there is no clock a frame such as at=12.",
                "Leave it out for the first frame.",
            ],
        )
    )
