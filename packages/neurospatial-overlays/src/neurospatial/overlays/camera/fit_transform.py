"""Maps of the plane fitted to landmarks."""

import logging

import numpy as np
from numpy.typing import NDArray

from neurospatial.overlays.camera.landmarks import LEAST, Method, Points2D, make_landmark_error
from neurospatial.overlays.camera.opencv import import_opencv
from neurospatial.overlays.camera.projective import Projective2D
from neurospatial.scene import Affine2D, Raster
from neurospatial.validate import validate_positive

_RANSAC_FRACTION = 0.02
"""Of the landmarks' extent: farther off, a landmark is wrong rather than badly clicked."""


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
        raise make_landmark_error(
            f"The landmarks lie on both sides of the horizon: {int((depth > 0).sum())} on one, "
            f"{int((depth < 0).sum())} on the other.",
            "Check that landmarks_px and landmarks_env are in the same order.",
        )
    return Projective2D(matrix * np.sign(depth[0]))


def _resolve_threshold(ransac: float | bool, env: Points2D) -> float:
    if ransac is True:
        return _RANSAC_FRACTION * float(np.linalg.norm(np.ptp(env, axis=0)))
    return validate_positive(
        ransac,
        "ransac",
        why="It is the distance, in environment units, beyond which a landmark is left out.",
        how=["Pass a positive distance.", "Pass True for 2 % of the landmarks' extent."],
    )


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
    return make_landmark_error(
        f"No {method} map fits enough of the {n} landmarks{within}.",
        "Check that landmarks_px and landmarks_env are in the same order.",
        "Raise the threshold: ransac=...",
    )
