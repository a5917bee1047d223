"""The JSON file of a calibration."""

import json
import os
from collections.abc import Callable
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain, get_first_line
from neurospatial.input import check_input_file, explain_damage
from neurospatial.install_hint import describe_update
from neurospatial.output import replace_when_whole
from neurospatial.overlays.camera.lens import Lens
from neurospatial.overlays.camera.projective import Projective2D
from neurospatial.scene import Affine2D

FORMAT = "neurospatial video calibration"
VERSION = 1
"""Rises when older versions of this package cannot read the file."""

_LARGEST = 1e30
"""Beyond what pixels and places are in any unit; the tenth power of less is still a number."""

_WHY = "A calibration places the pixels of a camera in the environment."
_HOW = (
    "Pass a file that VideoCalibration.save wrote.",
    "Calibrate again with calibrate_video(...).",
)

_KINDS: dict[str, type[Affine2D | Projective2D]]
_KINDS = {"affine": Affine2D, "projective": Projective2D}

CalibrationT = TypeVar("CalibrationT")


def save_calibration(
    path: str | os.PathLike[str],
    transform_px_to_cm: Affine2D | Projective2D,
    frame_size_px: tuple[int, int],
    lens: Lens | None,
    landmarks_px: NDArray[np.float64] | None,
    landmarks_env: NDArray[np.float64] | None,
) -> None:
    """Write what a VideoCalibration holds as JSON; the file appears when it is whole.

    Raises
    ------
    FileNotFoundError
        If the folder does not exist.
    """
    stored = {
        "format": FORMAT,
        "version": VERSION,
        "kind": "affine" if isinstance(transform_px_to_cm, Affine2D) else "projective",
        "transform_px_to_cm": transform_px_to_cm.matrix.tolist(),
        "frame_size_px": list(frame_size_px),
        "lens": lens
        and {
            "camera_matrix": lens.camera_matrix.tolist(),
            "distortion": lens.distortion.tolist(),
        },
        "landmarks_px": _to_list(landmarks_px),
        "landmarks_env": _to_list(landmarks_env),
    }
    text = json.dumps(stored, indent=2, allow_nan=False)
    with replace_when_whole(path) as draft:
        draft.write_text(text + "\n", encoding="utf-8")


def load_calibration(
    path: str | os.PathLike[str], make: Callable[..., CalibrationT]
) -> CalibrationT:
    """Read a calibration that `save_calibration` wrote.

    Parameters
    ----------
    path : path-like
    make : callable
        Takes what is stored, as VideoCalibration does.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file is not JSON, is damaged, holds something else, or was
        written by a newer version.
    """
    name = os.fspath(path)
    content = check_input_file(path, _WHY).read_bytes()
    with explain_damage(path, "JSON", (ValueError, RecursionError), _HOW):
        stored = json.loads(content.decode("utf-8"))
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        raise _make_format_error(name, f"does not say that its format is {FORMAT!r}")
    _check_version(stored.get("version"), name)
    try:
        lens = stored["lens"]
        return make(
            _KINDS[stored["kind"]](_to_array(stored["transform_px_to_cm"])),
            tuple(stored["frame_size_px"]),
            lens and Lens(_to_array(lens["camera_matrix"]), _to_array(lens["distortion"])),
            *(stored[key] and _to_array(stored[key]) for key in ("landmarks_px", "landmarks_env")),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise _make_format_error(name, f"is damaged: {get_first_line(error)}") from error


def _to_list(points: NDArray[np.float64] | None) -> object:
    return None if points is None else points.tolist()


def _to_array(numbers: ArrayLike) -> NDArray[np.float64]:
    array = np.array(numbers, np.float64)
    if not (np.abs(array) < _LARGEST).all():
        raise ValueError(f"it holds the number {array.flat[np.abs(array).argmax()]}")
    return array


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
    return ValueError(explain(f"{name!r} {problem}.", _WHY, _HOW))
