"""Points known both in the picture and in the environment, and the maps fitted to them."""

import logging
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain, nearest
from neurospatial.overlays.camera.opencv import import_opencv
from neurospatial.overlays.camera.projective import Projective2D
from neurospatial.scene import Affine2D, Raster

Method = Literal["affine", "similarity", "projective"]
"""Which maps are fitted: three, two or four landmarks fix one."""

LEAST: dict[Method, int] = {"similarity": 2, "affine": 3, "projective": 4}
"""How many landmarks fix a map."""

Points2D = NDArray[np.float64]

_RANSAC_FRACTION = 0.02
"""Of the landmarks' extent: farther off, a landmark is wrong rather than badly clicked."""

_COLLINEAR = 1e-3
"""Extent to the side over that along a line: a pixel in a thousand is how well people click."""


def check_method(method: str) -> None:
    """Raise if a method is unknown.

    Raises
    ------
    ValueError
        With the nearest known name.
    """
    if method not in get_args(Method):
        methods = [*get_args(Method)]
        raise ValueError(
            explain(
                f"method is {method!r}.{nearest(str(method), methods)}",
                "It says what the camera may do to the floor.",
                [
                    "method='affine' for a camera looking straight down.",
                    "method='similarity' when its pixels are square and clicks are few.",
                    "method='projective' for a camera at an angle.",
                ],
            )
        )


def validate_landmarks(
    px: ArrayLike, env: ArrayLike, method: Method, frame_size_px: tuple[int, int]
) -> tuple[Points2D, Points2D]:
    """Return landmarks as two arrays (n, 2) that fix a map, or raise.

    Raises
    ------
    ValueError
        If there are too few, they differ in number, repeat, lie on a line or
        outside the picture, or are not finite.
    """
    picture, world = (np.asarray(points, dtype=np.float64) for points in (px, env))
    if picture.shape != world.shape or picture.ndim != 2 or picture.shape[1:] != (2,):
        raise _make_landmark_error(
            f"landmarks_px has shape {picture.shape}, landmarks_env has shape {world.shape}.",
            "Pass both with shape (n, 2), in the same order.",
        )
    n, least = len(picture), LEAST[method]
    if n < least:
        raise _make_landmark_error(
            f"There are {n} landmarks, and method={method!r} needs at least {least}.",
            f"Add {least - n} more; one or two beyond that show how well they fit.",
        )
    for name, points in (("landmarks_px", picture), ("landmarks_env", world)):
        _check_spread(name, points, method)
    check_in_picture("landmarks_px", picture, frame_size_px)
    return picture, world


def check_in_picture(name: str, points: Points2D, frame_size_px: tuple[int, int]) -> None:
    """Raise if points of the picture lie outside it by more than a pixel.

    Raises
    ------
    ValueError
        Naming the first of them.
    """
    outside = np.any((points < -1) | (points > np.add(frame_size_px, 1)), axis=-1)
    if outside.any():
        first = int(np.flatnonzero(outside)[0])
        width, height = frame_size_px
        raise _make_landmark_error(
            f"{int(outside.sum())} of {len(points)} points of {name} lie outside the picture "
            f"of {width} x {height} px; the first, at index {first}, is "
            f"{points[first].tolist()}.",
            "Points are (x, y) = (column, row), counted from the top-left corner.",
            "Click them in pictures of the same size as the video's.",
        )


def _check_spread(name: str, points: Points2D, method: Method) -> None:
    if not np.isfinite(points).all():
        wrong = np.flatnonzero(~np.isfinite(points).all(axis=1))
        raise _make_landmark_error(
            f"{name} has {len(wrong)} NaN or infinite points, at {wrong.tolist()}.",
            "Leave those landmarks out of both.",
        )
    spread = np.linalg.svd(points - points.mean(axis=0), compute_uv=False)
    gaps = np.linalg.norm(points[:, None] - points[None], axis=-1) + np.eye(len(points)) * 1e300
    first, second = np.unravel_index(gaps.argmin(), gaps.shape)
    if gaps.min() <= 1e-9 * max(1.0, spread[0]):
        raise _make_landmark_error(
            f"Landmarks {first} and {second} are the same point of {name}: "
            f"{points[first].tolist()}.",
            "Leave one of them out of both.",
        )
    if method == "similarity":
        return
    if spread[1] < _COLLINEAR * spread[0]:
        raise _make_landmark_error(
            f"The {len(points)} landmarks of {name} are collinear: they reach "
            f"{spread[1] / spread[0]:.2g} times as far to the side as along their line.",
            "Add a landmark beside that line.",
            "Pass method='similarity', which two points fix.",
        )
    if method == "projective" and not _is_projective_fixed(points):
        raise _make_landmark_error(
            f"All but one of the {len(points)} landmarks of {name} are collinear.",
            "method='projective' needs four of which no three lie on a line: add another.",
        )


def _is_projective_fixed(points: Points2D) -> bool:
    """Tell whether four of them have no three in a line: no line holds all but one."""
    for left_out in range(len(points)):
        rest = np.delete(points, left_out, axis=0)
        spread = np.linalg.svd(rest - rest.mean(axis=0), compute_uv=False)
        if spread[1] < _COLLINEAR * spread[0]:
            return False
    return True


def fit_transform(
    px: Points2D,
    env: Points2D,
    method: Method,
    ransac: float | bool,
    frame_size_px: tuple[int, int],
) -> Affine2D | Projective2D:
    """Fit the map from the picture to the environment, with least squares.

    Parameters
    ----------
    px, env : ndarray, shape (n, 2)
        As `validate_landmarks` gives them.
    method : {"affine", "similarity", "projective"}
    ransac : float or bool
        The distance in the environment beyond which a landmark is left out;
        True for 2 % of the landmarks' extent.
    frame_size_px : tuple of int
        ``(width, height)`` of the picture.

    Returns
    -------
    Affine2D or Projective2D

    Raises
    ------
    ImportError
        If OpenCV is needed and not installed.
    ValueError
        If no map fits enough of the landmarks.
    """
    width, height = frame_size_px
    # The only flip: what is fitted has y upward in both.
    upright = Raster(width, height, (0.0, 0.0, width, height)).world_to_px.inverse
    raised = upright(px)
    if ransac is not False:
        kept = _find_inliers(raised, env, method, _resolve_threshold(ransac, env))
        raised, env = raised[kept], env[kept]
    if method == "projective":
        return _fit_projective(raised, env) @ upright
    return (_fit_affine if method == "affine" else _fit_similarity)(raised, env) @ upright


def _fit_affine(px: Points2D, env: Points2D) -> Affine2D:
    center_px, center_env = px.mean(axis=0), env.mean(axis=0)
    linear = np.linalg.lstsq(px - center_px, env - center_env, rcond=None)[0].T
    return _make_affine_about(linear, center_px, center_env)


def _fit_similarity(px: Points2D, env: Points2D) -> Affine2D:
    """Fit a similarity, never mirrored: Umeyama (1991), IEEE Trans. PAMI 13(4), 376-380."""
    center_px, center_env = px.mean(axis=0), env.mean(axis=0)
    from_px, from_env = px - center_px, env - center_env
    u, stretch, vt = np.linalg.svd(from_env.T @ from_px)
    unmirrored = np.array([1.0, np.sign(np.linalg.det(u) * np.linalg.det(vt))])
    scale = float(stretch @ unmirrored) / float((from_px**2).sum())
    return _make_affine_about(scale * (u * unmirrored) @ vt, center_px, center_env)


def _make_affine_about(linear: Points2D, center_px: Points2D, center_env: Points2D) -> Affine2D:
    matrix = np.eye(3)
    matrix[:2, :2] = linear
    matrix[:2, 2] = center_env - linear @ center_px
    return Affine2D(matrix)


def _fit_projective(px: Points2D, env: Points2D) -> Projective2D:
    matrix, _ = import_opencv("A camera at an angle (method='projective')").findHomography(
        px, env, 0
    )
    if matrix is None or not np.isfinite(matrix).all() or np.linalg.det(matrix) == 0:
        raise _make_no_fit_error(len(px), "projective")
    depth = px @ matrix[2, :2] + matrix[2, 2]
    if depth.min() < 0 < depth.max():
        raise _make_landmark_error(
            f"The landmarks lie on both sides of the horizon: {int((depth > 0).sum())} on one, "
            f"{int((depth < 0).sum())} on the other.",
            "Check that landmarks_px and landmarks_env are in the same order.",
        )
    return Projective2D(matrix * np.sign(depth[0]))


def _resolve_threshold(ransac: float | bool, env: Points2D) -> float:
    if ransac is True:
        return _RANSAC_FRACTION * float(np.linalg.norm(np.ptp(env, axis=0)))
    if not (np.isfinite(ransac) and ransac > 0):
        raise ValueError(
            explain(
                f"ransac is {ransac}.",
                "It is the distance, in environment units, beyond which a landmark is left out.",
                ["Pass a positive distance.", "Pass True for 2 % of the landmarks' extent."],
            )
        )
    return float(ransac)


def _find_inliers(
    px: Points2D, env: Points2D, method: Method, threshold: float
) -> NDArray[np.bool_]:
    """Find the landmarks that agree with each other (Fischler & Bolles 1981, in OpenCV)."""
    cv2 = import_opencv("Leaving out wrong landmarks (ransac)")
    if method == "affine":
        found, mask = cv2.estimateAffine2D(px, env, ransacReprojThreshold=threshold)
    elif method == "similarity":
        found, mask = cv2.estimateAffinePartial2D(px, env, ransacReprojThreshold=threshold)
    else:
        found, mask = cv2.findHomography(px, env, cv2.RANSAC, threshold)
    if found is None or int(mask.sum()) < LEAST[method]:
        raise _make_no_fit_error(len(px), method, threshold)
    kept = np.asarray(mask, dtype=bool).ravel()
    if not kept.all():
        left_out = np.flatnonzero(~kept).tolist()
        logging.getLogger("neurospatial").info(
            "Calibration left out landmarks %s, farther than %g off.", left_out, threshold
        )
    return kept


def _make_no_fit_error(n: int, method: str, threshold: float | None = None) -> ValueError:
    within = "" if threshold is None else f" within {threshold:g} environment units"
    return _make_landmark_error(
        f"No {method} map fits enough of the {n} landmarks{within}.",
        "Check that landmarks_px and landmarks_env are in the same order.",
        "Raise the threshold: ransac=...",
    )


def _make_landmark_error(what: str, *how: str) -> ValueError:
    return ValueError(
        explain(what, "The landmarks fix how the picture lies in the environment.", how)
    )
