"""What can be chosen about a video file."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from neurospatial.errors import explain, suggest_name
from neurospatial.output import check_writable
from neurospatial.progress import Progress, validate_progress
from neurospatial.scene import Scene
from neurospatial.scene.figure_size import USUAL, choose_size
from neurospatial.validate import validate_count, validate_flag, validate_known
from neurospatial.validate.figure_size import validate_figure
from neurospatial.validate.set_option import set_option
from neurospatial.video.formats import (
    ENCODINGS,
    HOLDS,
    PRESETS,
    Codec,
    Preset,
    check_alpha,
    resolve_codec,
)

_SMALLEST, _LARGEST = (160, 120), 8192
"""Pixels: below, axes leave no room for a view; above, encoders refuse."""

_SIZES = "A picture with axes needs 160 x 120 px; encoders end at 8192."


@dataclass(frozen=True, kw_only=True)
class VideoOptions:
    """Options of the video backend; checked when made.

    Parameters
    ----------
    save_path : pathlib.Path
        ``.mp4``, ``.webm``, ``.avi`` or ``.gif``.
    codec : str or None
        "h264", "h265", "vp9", "mpeg4" or "av1"; None takes the usual one of the
        suffix (h264, vp9, mpeg4).
    bitrate : int or None
        Kilobits per second, in place of a constant quality.
    crf : int or None
        Constant-rate factor: lower is better and larger; None takes the preset's.
    preset : {"draft", "balanced", "small"}
        "draft" is fastest, "balanced" nearly so and without visible loss,
        "small" slow with files as small as they get.
    dpi : int
        Pixels per inch of the figure.
    figsize : tuple of float, or None
        Width and height [inches]; None for (8, 6), and more where there are many panels.
    n_workers : int or None
        Parts encoded at the same time and joined without encoding again.
        None is one part, whose encoder itself uses all cores.
    dry_run : bool
        Encode some frames, print the estimated time and size and return them
        as a `DryRun`; nothing is written.
    loop : int or bool
        Times a GIF is played; 0, and True, are for ever.
    transparent : bool
        Leave the background of the figure out, of a ``.webm`` in vp9: panels, strips and
        words then stand on whatever the film is laid over.
    progress : bool or callable

    Raises
    ------
    ValueError, TypeError
        For every value that cannot be used.
    OSError
        If the file could not be written where it belongs.
    """

    save_path: Path | None = None
    codec: Codec | None = None
    bitrate: int | None = None
    crf: int | None = None
    preset: Preset = "balanced"
    dpi: int = 100
    figsize: tuple[float, float] | None = None
    n_workers: int | None = None
    dry_run: bool = False
    loop: int | bool = 0
    transparent: bool = False
    progress: Progress = True

    def __post_init__(self) -> None:
        check_writable(self.path)
        codec = resolve_codec(self.path.suffix.lower(), self.codec)
        if self.bitrate is not None:
            how = ["Pass a positive number [kbps], such as 5000.", "Leave bitrate out."]
            why = "It is kilobits per second of film."
            set_option(
                self, bitrate=validate_count(self.bitrate, "bitrate", least=1, why=why, how=how)
            )
        _check_quality(codec, self.crf, self.bitrate)
        _check_preset(self.preset)
        given = USUAL if self.figsize is None else self.figsize
        figsize, dpi = validate_figure(given, self.dpi, _SMALLEST, _LARGEST, _SIZES)
        set_option(self, figsize=None if self.figsize is None else figsize, dpi=dpi)
        if self.n_workers is not None:
            why = "Parts are encoded that many at a time."
            how = ["Pass a whole number, 1 or more.", "Pass None for one part."]
            n_workers = validate_count(self.n_workers, "n_workers", least=1, why=why, how=how)
            set_option(self, n_workers=n_workers)
        set_option(self, loop=_count_plays(self.loop))
        why = "The background of the figure is left out, or drawn."
        set_option(self, transparent=validate_flag(self.transparent, "transparent", why))
        if self.transparent:
            check_alpha(self.path.suffix.lower(), codec)
        why = "Some frames are encoded and thrown away, or all are written."
        set_option(self, dry_run=validate_flag(self.dry_run, "dry_run", why))
        validate_progress(self.progress)

    @property
    def path(self) -> Path:
        """The file to write."""
        if self.save_path is None:
            raise ValueError(
                explain(
                    "The video backend has no save_path.",
                    "A video is written to a file.",
                    ["Pass save_path='animation.mp4'."],
                )
            )
        path = Path(self.save_path)
        if path.suffix.lower() not in HOLDS:
            raise ValueError(
                explain(
                    f"{str(path)!r} does not end in a video suffix."
                    f"{suggest_name(path.suffix.lower(), HOLDS)}",
                    "The suffix of save_path says what kind of file is wanted.",
                    [f"Use one of {list(HOLDS)}."],
                )
            )
        return path

    @property
    def chosen_codec(self) -> str:
        """The codec given, or the usual one of the suffix."""
        return resolve_codec(self.path.suffix.lower(), self.codec)

    def choose_size(self, scene: Scene) -> tuple[int, int]:
        """Choose the width and height of the figure [px].

        Raises
        ------
        ValueError
            If a figsize was given in which a panel would not be seen.
        """
        return choose_size(scene, self.figsize, self.dpi, _LARGEST)


def _check_quality(codec: str, crf: int | None, bitrate: int | None) -> None:
    highest = ENCODINGS[codec].highest_crf
    if crf is not None and bitrate is not None:
        raise ValueError(
            explain(
                f"Both crf={crf} and bitrate={bitrate} are given.",
                "One asks for a quality, the other for a size; they exclude each other.",
                ["Pass crf for a quality.", "Pass bitrate [kbps] for a size."],
            )
        )
    if crf is not None and highest is None:
        raise ValueError(
            explain(
                f"crf={crf} is given, and {codec} has no constant-rate factor.",
                "crf given is crf used.",
                ["Pass bitrate [kbps].", "Use codec='h264'.", "Choose a preset."],
            )
        )
    if crf is not None:
        why = f"The constant-rate factor of {codec} runs from 0 (best) to {highest}."
        how = [f"Pass a whole number in 0 … {highest}.", "Leave it out: the preset has one."]
        validate_count(crf, "crf", least=0, most=highest, why=why, how=how)
    if bitrate is not None and codec == "gif":
        raise ValueError(
            explain(
                f"bitrate={bitrate} is given, and a GIF has none.",
                "GIF compresses without loss within its 256 colours.",
                ["Leave bitrate out; lower dpi or fps for a smaller file.", "Write an .mp4."],
            )
        )


def _check_preset(preset: str) -> None:
    how = [f"Use one of {list(PRESETS)}."]
    validate_known(preset, PRESETS, "preset", "A preset trades time for size.", how=how)


def _count_plays(loop: int | bool) -> int:
    """Read how often a GIF is played: True means for ever in a viewer as well."""
    if isinstance(loop, (bool, np.bool_)):
        return 0 if loop else 1
    how = ["Pass 0, or True, for ever.", "Pass how often it is played."]
    return validate_count(loop, "loop", least=0, why="A GIF is played that often.", how=how)
