"""Where a camera's pixels lie in the environment."""

import json
import os
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.install_hint import describe_update
from neurospatial.output import written_whole
from neurospatial.overlays.camera.lens import Lens
from neurospatial.overlays.camera.projective import Projective2D, compute_local_scale
from neurospatial.scene import Affine2D

FORMAT = "neurospatial video calibration"
VERSION = 1

_WHY = "A calibration places the pixels of a camera in the environment."


@dataclass(frozen=True, eq=False)
class VideoCalibration:
    """Where a camera's pixels lie in the environment; make one with `calibrate_video`.

    Pixel coordinates are continuous ``(column, row)``, rows downward: the
    top-left corner of the picture is (0, 0) and the centre of its first pixel
    (0.5, 0.5). The flip to y upward is part of the transform. "cm" stands for
    the unit of the environment, whatever it is.

    Parameters
    ----------
    transform_px_to_cm : Affine2D or Projective2D
        Pixels, the lens undone, to environment coordinates.
    frame_size_px : tuple of int
        ``(width, height)`` of the pictures it was made for.
    lens : Lens, optional
        Undone before the transform.
    landmarks_px, landmarks_env : array-like, shape (n, 2), optional
        What the transform was fitted to.

    Raises
    ------
    TypeError
        If the transform or the lens is something else.
    ValueError
        If the frame size is not two positive whole numbers, or the landmarks differ in shape.

    Examples
    --------
    >>> upright = Affine2D.scaling(0.25, -0.25) @ Affine2D.translation(0, -480)
    >>> calibration = VideoCalibration(upright, (640, 480))
    >>> calibration.apply([[0, 0], [640, 480]])
    array([[  0., 120.],
           [160.,   0.]])
    >>> calibration.cm_per_px
    0.25
    """

    transform_px_to_cm: Affine2D | Projective2D
    frame_size_px: tuple[int, int]
    lens: Lens | None = None
    landmarks_px: NDArray[np.float64] | None = None
    landmarks_env: NDArray[np.float64] | None = None

    def __post_init__(self) -> None:
        kinds = {"transform_px_to_cm": (Affine2D, Projective2D), "lens": (Lens, type(None))}
        for name, kind in kinds.items():
            if not isinstance(given := getattr(self, name), kind):
                raise TypeError(
                    explain(
                        f"{name} is a {type(given).__name__}.",
                        _WHY,
                        ["Make the calibration with calibrate_video(...)."],
                    )
                )
        object.__setattr__(self, "frame_size_px", _validate_frame_size(self.frame_size_px))
        shapes = set()
        for name in ("landmarks_px", "landmarks_env"):
            if (given := getattr(self, name)) is not None:
                kept = np.array(given, dtype=np.float64)
                kept.setflags(write=False)
                object.__setattr__(self, name, kept)
            shapes.add(np.shape(getattr(self, name)))
        if len(shapes) > 1:
            raise ValueError(
                explain(
                    f"landmarks_px and landmarks_env have the shapes {sorted(shapes)}.",
                    "Each landmark is known in the picture and in the environment.",
                    ["Pass both with shape (n, 2), or neither."],
                )
            )

    @property
    def transform_cm_to_px(self) -> Affine2D | Projective2D:
        """Environment coordinates to pixels, the lens undone."""
        return self.transform_px_to_cm.inverse

    @property
    def cm_per_px(self) -> float:
        """Size of a pixel in the middle of the picture: the geometric mean over directions."""
        width, height = self.frame_size_px
        return float(compute_local_scale(self.transform_px_to_cm, (width / 2, height / 2)))

    @property
    def residuals_cm(self) -> NDArray[np.float64] | None:
        """Distance between each landmark and where the calibration puts it, shape (n,)."""
        if self.landmarks_px is None or self.landmarks_env is None:
            return None
        missed = self.apply(self.landmarks_px) - self.landmarks_env
        return np.asarray(np.hypot(missed[:, 0], missed[:, 1]), dtype=np.float64)

    def apply(self, points_px: ArrayLike) -> NDArray[np.float64]:
        """Map points in the picture to the environment, shape (..., 2).

        NaN on and beyond the horizon of a camera at an angle.
        """
        ideal = points_px if self.lens is None else self.lens.undistorted(points_px)
        return self.transform_px_to_cm(ideal)

    def apply_inverse(self, points_env: ArrayLike) -> NDArray[np.float64]:
        """Map places in the environment to the picture, shape (..., 2).

        NaN for what lies behind the camera.
        """
        ideal = self.transform_cm_to_px(points_env)
        return ideal if self.lens is None else self.lens.distorted(ideal)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the calibration as JSON, to be read by `load`; the file appears when it is whole.

        Raises
        ------
        FileNotFoundError
            If the folder does not exist.

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> calibration = VideoCalibration(Affine2D.scaling(0.5, -0.5), (640, 480))
        >>> with TemporaryDirectory() as folder:
        ...     calibration.save(f"{folder}/camera.json")
        ...     VideoCalibration.load(f"{folder}/camera.json").cm_per_px
        0.5
        """
        kind = "affine" if isinstance(self.transform_px_to_cm, Affine2D) else "projective"
        stored = {
            "format": FORMAT,
            "version": VERSION,
            "kind": kind,
            "transform_px_to_cm": self.transform_px_to_cm.matrix.tolist(),
            "frame_size_px": list(self.frame_size_px),
            "lens": self.lens
            and {
                "camera_matrix": self.lens.camera_matrix.tolist(),
                "distortion": self.lens.distortion.tolist(),
            },
            "landmarks_px": _to_list(self.landmarks_px),
            "landmarks_env": _to_list(self.landmarks_env),
        }
        text = json.dumps(stored, indent=2, allow_nan=False)
        with written_whole(path) as draft:
            draft.write_text(text + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """Read a calibration that `save` wrote.

        Raises
        ------
        FileNotFoundError
            If there is no such file.
        ValueError
            If the file is not JSON, is damaged, holds something else, or was
            written by a newer version.
        """
        name = os.fspath(path)
        with open(path, "rb") as file:
            content = file.read()
        try:
            stored = json.loads(content.decode("utf-8"))
        except ValueError as error:
            raise _make_format_error(name, f"is not JSON: {error}") from error
        if not isinstance(stored, dict) or stored.get("format") != FORMAT:
            raise _make_format_error(name, f"does not say that its format is {FORMAT!r}")
        _check_version(stored.get("version"), name)
        try:
            kinds: dict[str, type[Affine2D | Projective2D]]
            kinds = {"affine": Affine2D, "projective": Projective2D}
            lens = stored["lens"]
            return cls(
                kinds[stored["kind"]](stored["transform_px_to_cm"]),
                tuple(stored["frame_size_px"]),
                None if lens is None else Lens(lens["camera_matrix"], lens["distortion"]),
                stored["landmarks_px"],
                stored["landmarks_env"],
            )
        except (KeyError, TypeError, ValueError) as error:
            first = str(error).split("\n")[0]
            raise _make_format_error(
                name, f"is damaged: {type(error).__name__}: {first}"
            ) from error


def _to_list(points: NDArray[np.float64] | None) -> object:
    return None if points is None else points.tolist()


def _validate_frame_size(size: tuple[int, int]) -> tuple[int, int]:
    try:
        width, height = size
        whole = int(width), int(height)
        if whole == (width, height) and min(whole) > 0:
            return whole
    except (TypeError, ValueError):
        pass
    raise ValueError(
        explain(
            f"frame_size_px is {size!r}.",
            "It is the (width, height) of the picture, in whole pixels.",
            ["Pass it so: (640, 480).", "Let calibrate_video read it from the file."],
        )
    )


def _check_version(version: object, name: str) -> None:
    if type(version) is not int or version < 1:
        raise _make_format_error(name, f"has version {version!r}")
    if version > VERSION:
        raise ValueError(
            explain(
                f"{name!r} is written in version {version} of the format {FORMAT!r}.",
                f"This neurospatial reads up to version {VERSION}.",
                [
                    describe_update(),
                    "Calibrate again with calibrate_video(...).",
                ],
            )
        )


def _make_format_error(name: str, problem: str) -> ValueError:
    return ValueError(
        explain(
            f"{name!r} {problem}.",
            _WHY,
            [
                "Pass a file that VideoCalibration.save wrote.",
                "Calibrate again with calibrate_video(...).",
            ],
        )
    )
