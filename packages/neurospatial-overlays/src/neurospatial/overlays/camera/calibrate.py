"""From what is known about a camera to its calibration."""

import os
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.overlays.camera.calibration import VideoCalibration
from neurospatial.overlays.camera.check_calibration import (
    warn_of_coverage,
    warn_of_mirror,
    warn_of_residuals,
)
from neurospatial.overlays.camera.fit_transform import fit_transform
from neurospatial.overlays.camera.landmarks import (
    Method,
    check_method,
    undistort_points,
    validate_landmarks,
)
from neurospatial.overlays.camera.lens import Lens
from neurospatial.overlays.camera.rgb_frames import get_frame_size, open_frame_source
from neurospatial.overlays.camera.scale_bar import (
    ScaleBar,
    compute_bar_scale,
    make_upright_transform,
)
from neurospatial.overlays.video_reader.reader import VideoReader
from neurospatial.scene import FramesLike, Source

if TYPE_CHECKING:
    from neurospatial.environment import Environment


def calibrate_video(
    path: str | os.PathLike[str] | NDArray[np.generic] | Source,
    env: "Environment",
    *,
    scale_bar: ScaleBar | None = None,
    landmarks_px: ArrayLike | None = None,
    landmarks_env: ArrayLike | None = None,
    cm_per_px: float | None = None,
    method: Method = "affine",
    ransac: float | bool = False,
    lens: Lens | None = None,
) -> VideoCalibration:
    """Find where a camera's pixels lie in an environment.

    Give exactly one of a scale bar, landmarks, or the size of a pixel. A scale
    bar and `cm_per_px` assume that the camera looks straight down, unturned, with
    square pixels, and that the lower-left corner of the picture is the origin (0, 0) of the
    environment; landmarks assume none of it.

    Points in the picture are continuous ``(column, row)`` from its top-left
    corner; the centre of the first pixel is (0.5, 0.5). A viewer that calls that
    pixel (0, 0) reads half a pixel less. "cm" stands for the environment's unit.

    Parameters
    ----------
    path : path-like, array or Source
        The video, for its picture size; or its pictures (n, height, width[, 3]).
    env : Environment
        2-D, with any layout.
    scale_bar : tuple, optional
        ``((x1, y1), (x2, y2), length)``: two points [px] and their distance [cm].
    landmarks_px, landmarks_env : array-like, shape (n, 2), optional
        The same places in the picture and in the environment, in one order.
    cm_per_px : float, optional
        Size of a pixel.
    method : {"affine", "similarity", "projective"}
        What is fitted to landmarks: "affine" (three or more) for a camera
        looking straight down, "similarity" (two or more) for one whose pixels
        are square too, "projective" (four or more) for a camera at an angle.
    ransac : float or bool
        Leave out landmarks that disagree with the others by more than this
        distance [cm]; True for 2 % of their extent.
    lens : Lens, optional
        Undone before anything else.

    Returns
    -------
    VideoCalibration
        Its `residuals_cm` say how well each landmark fits.

    Raises
    ------
    ImportError
        If method="projective" or `ransac` needs OpenCV, and it is not installed.
    ValueError
        If the environment is not 2-D, not exactly one way is given, or it does
        not fix a calibration.

    Warns
    -----
    UserWarning
        If the environment extends beyond the picture, a landmark fits badly, or
        the landmarks mirror the picture.

    Examples
    --------
    >>> from neurospatial import Environment
    >>> env = Environment.from_mask(np.ones((4, 3), bool), (np.arange(5) * 40, np.arange(4) * 40))
    >>> pictures = np.zeros((1, 480, 640, 3), np.uint8)
    >>> calibration = calibrate_video(pictures, env, cm_per_px=0.25)
    >>> calibration.apply([0, 480])
    array([0., 0.])
    >>> corners = [[0, 0], [640, 0], [640, 480], [0, 480]]
    >>> places = [[0, 120], [160, 120], [160, 0], [0, 0]]
    >>> calibration = calibrate_video(pictures, env, landmarks_px=corners, landmarks_env=places)
    >>> bool(calibration.residuals_cm.max() < 1e-9)
    True
    """
    _check_plane(env)
    check_method(method)
    landmarks = _check_one_way(scale_bar, landmarks_px, landmarks_env, cm_per_px)
    _check_for_landmarks(landmarks is not None, method, ransac)
    size = _read_frame_size(path)
    if landmarks is not None:
        px, places = validate_landmarks(*landmarks, method, size)
        transform = fit_transform(undistort_points(px, lens), places, method, ransac, size)
        calibration = VideoCalibration(transform, size, lens, px, places)
        if ransac is False:
            warn_of_residuals(calibration, method, env.units or "")
        warn_of_mirror(calibration)
    else:
        scale = compute_bar_scale(scale_bar, size, lens) if scale_bar is not None else cm_per_px
        calibration = VideoCalibration(make_upright_transform(scale, size), size, lens)
    warn_of_coverage(calibration, env)
    return calibration


def _read_frame_size(video: str | os.PathLike[str] | FramesLike) -> tuple[int, int]:
    if not isinstance(video, (str, os.PathLike)):
        return get_frame_size(open_frame_source(video))
    with VideoReader(video) as reader:
        return reader.frame_size_px


def _check_plane(env: "Environment") -> None:
    if env.n_dims != 2:
        raise ValueError(
            explain(
                f"VideoOverlay requires 2D environment. This one has {env.n_dims} dimension"
                f"{'s' * (env.n_dims > 1)}.",
                "A camera shows a plane; distances along a track have no place in it.",
                [
                    "Calibrate with a 2-D environment of the same arena; that calibration also "
                    "fits a track drawn in the plane, animate_fields(..., track='ribbon').",
                    "Build the environment from two of the columns: positions[:, :2]",
                ],
            )
        )


def _check_one_way(
    scale_bar: ScaleBar | None,
    landmarks_px: ArrayLike | None,
    landmarks_env: ArrayLike | None,
    cm_per_px: float | None,
) -> tuple[ArrayLike, ArrayLike] | None:
    ways = {
        "scale_bar": scale_bar,
        "landmarks_px": landmarks_px,
        "landmarks_env": landmarks_env,
        "cm_per_px": cm_per_px,
    }
    given = [name for name, value in ways.items() if value is not None]
    if given not in (["scale_bar"], ["landmarks_px", "landmarks_env"], ["cm_per_px"]):
        raise ValueError(
            explain(
                f"calibrate_video was given {', '.join(given) or 'no way to calibrate'}.",
                "Exactly one way fixes where the picture lies.",
                [
                    "scale_bar=((x1, y1), (x2, y2), length)",
                    "landmarks_px=... and landmarks_env=... together",
                    "cm_per_px=...",
                ],
            )
        )
    if landmarks_px is None or landmarks_env is None:
        return None
    return landmarks_px, landmarks_env


def _check_for_landmarks(given: bool, method: Method, ransac: float | bool) -> None:
    if not given and (method != "affine" or ransac is not False):
        raise ValueError(
            explain(
                f"method={method!r} and ransac={ransac} are given without landmarks.",
                "They say how landmarks are fitted; one length fixes a scale and nothing else.",
                ["Pass landmarks_px and landmarks_env.", "Leave method and ransac out."],
            )
        )
