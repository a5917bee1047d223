"""The films of a session: ImageSeries whose pictures lie in files beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.nwb.file.damage import explain_reading
from neurospatial.nwb.file.datasets import read_numbers, to_text
from neurospatial.nwb.file.tree import Item, choose_optional_item

if TYPE_CHECKING:
    from neurospatial.overlays import VideoReader


class ImageSeries(Protocol):
    """What is asked of an ImageSeries of pynwb."""

    external_file: Sequence[str] | None
    starting_frame: Sequence[int] | None
    timestamps: Sequence[float] | None
    starting_time: float | None
    rate: float | None


@dataclass(frozen=True, eq=False)
class SessionVideo:
    """The films of one camera, one after another.

    Parameters
    ----------
    path : str
        Where in the NWB file the series lies.
    files : tuple of pathlib.Path
        The films; relative paths count from the folder of the NWB file.
    starting_frame : tuple of int
        The number, within the series, of each film's first picture.
    timestamps : ndarray, shape (n_pictures,), or None
        When each picture was taken [s]; None where a rate says.
    starting_time : float
        Of the first picture [s].
    rate : float or None
        Pictures per second; None where timestamps say.
    """

    path: str
    files: tuple[Path, ...]
    starting_frame: tuple[int, ...]
    timestamps: NDArray[np.float64] | None
    starting_time: float
    rate: float | None

    def times(self, n_pictures: int) -> NDArray[np.float64]:
        """Compute the times [s] of the first so many pictures.

        Raises
        ------
        ValueError
            If there are timestamps, and not as many.

        Examples
        --------
        >>> SessionVideo("top", (), (0,), None, 10.0, 25.0).times(3)
        array([10.  , 10.04, 10.08])
        """
        if self.timestamps is None:
            return self.starting_time + np.arange(n_pictures) / float(self.rate or np.nan)
        if len(self.timestamps) != n_pictures:
            raise ValueError(
                explain(
                    f"{self.path} has {len(self.timestamps)} timestamps, and its films hold "
                    f"{n_pictures} pictures.",
                    "Each picture was taken at one time.",
                    ["Check that the films are whole, and those of this session."],
                )
            )
        return self.timestamps

    def pictures(self) -> "JoinedFilms":
        """Open the films; pictures are read when they are shown.

        Raises
        ------
        FileNotFoundError
            If a film is not there.
        ImportError
            If what reads films is not installed.
        ValueError
            If films have unequal sizes, or do not hold as many pictures as `starting_frame` says.
        """
        missing = [file for file in self.files if not file.is_file()]
        if missing:
            raise FileNotFoundError(
                explain(
                    f"{self.path}: {len(missing)} of {len(self.files)} films are not there, "
                    f"the first is {missing[0]}.",
                    "An NWB file names its films; relative paths count from its own folder.",
                    ["Put the films beside the NWB file, as they are named.", "Leave video out."],
                )
            )
        from neurospatial.overlays import VideoReader

        return JoinedFilms(tuple(VideoReader(file) for file in self.files), self.starting_frame)


@dataclass(frozen=True, eq=False)
class JoinedFilms:
    """Films one after another, read as one.

    Parameters
    ----------
    films : tuple of VideoReader
    starting_frame : tuple of int
        The number of each film's first picture.
    """

    films: "tuple[VideoReader, ...]"
    starting_frame: tuple[int, ...]

    def __post_init__(self) -> None:
        sizes = {film.frame_size_px for film in self.films}
        begins = np.cumsum([0, *(film.n_frames for film in self.films)])
        if len(sizes) == 1 and tuple(begins[:-1]) == self.starting_frame:
            return
        raise ValueError(
            explain(
                f"The films have {', '.join(str(film.n_frames) for film in self.films)} pictures "
                f"of {', '.join(f'{w} x {h}' for w, h in sorted(sizes))} px, and begin at the "
                f"pictures {', '.join(map(str, self.starting_frame))} of the series.",
                "Films of one camera follow each other without a gap.",
                ["Check that they are whole, and those of this session.", "Leave video out."],
            )
        )

    @property
    def shape(self) -> tuple[int, ...]:
        """``(n_pictures, height, width, 3)``."""
        return (sum(film.n_frames for film in self.films), *self.films[0].shape[1:])

    @property
    def dtype(self) -> np.dtype[np.generic]:
        """Type of the values."""
        return np.dtype(np.uint8)

    def read(self, start: int, stop: int) -> NDArray[np.generic]:
        """Read the pictures in ``[start, stop)``."""
        parts = []
        for film, begin in zip(self.films, self.starting_frame, strict=True):
            first, last = max(start - begin, 0), min(stop - begin, film.n_frames)
            if first < last:
                parts.append(film.read(first, last))
        return np.concatenate(parts) if parts else np.empty((0, *self.shape[1:]), self.dtype)


def find_video_candidates(items: Sequence[Item]) -> list[Item]:
    """Find the series whose pictures lie in files."""
    return [
        item
        for item in items
        if item.is_a("ImageSeries") and getattr(item.thing, "external_file", None) is not None
    ]


def choose_video(items: Sequence[Item], wanted: str | bool | None) -> Item | None:
    """Choose the camera that is wanted, or the only one; None where there is none, or for False.

    Raises
    ------
    ValueError
        If there are several cameras, or none of the name wanted.
    """
    return choose_optional_item(find_video_candidates(items), wanted, "video")


def read_video(item: Item, folder: Path | None) -> SessionVideo:
    """Read where the films of a camera lie, and when their pictures were taken.

    Parameters
    ----------
    item : Item
        From `choose_video`.
    folder : pathlib.Path or None
        That of the NWB file, which relative paths count from.
    """
    series = cast("ImageSeries", item.thing)
    with explain_reading(series):
        named = [to_text(file) for file in (series.external_file or ())[:]]
        first = None if series.starting_frame is None else series.starting_frame[:]
        begins = (0,) if first is None else tuple(map(int, first))
    files = tuple(_resolve_path(file, folder) for file in named)
    stamps = series.timestamps
    return SessionVideo(
        item.path,
        files,
        begins,
        None if stamps is None else read_numbers(stamps),
        float(series.starting_time or 0.0),
        None if series.rate is None else float(series.rate),
    )


def _resolve_path(file: str, folder: Path | None) -> Path:
    r"""Resolve where a film lies; paths written on Windows are read as well.

    Examples
    --------
    >>> str(_resolve_path(r"..\films\top.mp4", Path("data"))).replace("\\", "/")
    'data/../films/top.mp4'
    """
    path = Path(PureWindowsPath(file).as_posix())
    return path if path.is_absolute() or folder is None else folder / path
