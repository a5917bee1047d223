"""Where a camera's pixels lie in the environment."""

import os
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.overlays.camera.calibration_file import load_calibration, save_calibration
from neurospatial.overlays.camera.lens import Lens
from neurospatial.overlays.camera.projective import Projective2D, compute_local_scale
from neurospatial.scene import Affine2D
from neurospatial.validate import to_real_array

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
                kept = np.array(to_real_array(given, name))
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
        save_calibration(
            path,
            self.transform_px_to_cm,
            self.frame_size_px,
            self.lens,
            self.landmarks_px,
            self.landmarks_env,
        )

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
        return load_calibration(path, cls)


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
