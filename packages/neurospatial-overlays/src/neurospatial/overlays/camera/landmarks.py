"""Landmarks: points known both in the picture and in the environment."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.overlays.camera.lens import Lens
from neurospatial.validate import to_real_array, validate_choice

Method = Literal["affine", "similarity", "projective"]
"""Which maps are fitted: three, two or four landmarks fix one."""

LEAST: dict[Method, int] = {"similarity": 2, "affine": 3, "projective": 4}
"""How many landmarks fix a map."""

Points2D = NDArray[np.float64]

_COLLINEAR = 1e-3
"""Extent to the side over that along a line: a pixel in a thousand is how well people click."""


def check_method(method: str) -> None:
    """Raise if a method is unknown.

    Raises
    ------
    ValueError
        With the nearest known name.
    """
    validate_choice(
        method,
        get_args(Method),
        "method",
        "It says what the camera may do to the floor.",
        how=[
            "method='affine' for a camera looking straight down.",
            "method='similarity' when its pixels are square and clicks are few.",
            "method='projective' for a camera at an angle.",
        ],
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
    picture, world = to_real_array(px, "landmarks_px"), to_real_array(env, "landmarks_env")
    if picture.shape != world.shape or picture.ndim != 2 or picture.shape[1:] != (2,):
        raise make_landmark_error(
            f"landmarks_px has shape {picture.shape}, landmarks_env has shape {world.shape}.",
            "Pass both with shape (n, 2), in the same order.",
        )
    n, least = len(picture), LEAST[method]
    if n < least:
        raise make_landmark_error(
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
        raise make_landmark_error(
            f"{int(outside.sum())} of {len(points)} points of {name} lie outside the picture "
            f"of {width} x {height} px; the first, at index {first}, is "
            f"{points[first].tolist()}.",
            "Points are (x, y) = (column, row), counted from the top-left corner.",
            "Click them in pictures of the same size as the video's.",
        )


def _check_spread(name: str, points: Points2D, method: Method) -> None:
    if not np.isfinite(points).all():
        wrong = np.flatnonzero(~np.isfinite(points).all(axis=1))
        raise make_landmark_error(
            f"{name} has {len(wrong)} NaN or infinite points, at {wrong.tolist()}.",
            "Leave those landmarks out of both.",
        )
    spread = np.linalg.svd(points - points.mean(axis=0), compute_uv=False)
    gaps = np.linalg.norm(points[:, None] - points[None], axis=-1) + np.eye(len(points)) * 1e300
    first, second = np.unravel_index(gaps.argmin(), gaps.shape)
    if gaps.min() <= 1e-9 * max(1.0, spread[0]):
        raise make_landmark_error(
            f"Landmarks {first} and {second} are the same point of {name}: "
            f"{points[first].tolist()}.",
            "Leave one of them out of both.",
        )
    if method == "similarity":
        return
    if spread[1] < _COLLINEAR * spread[0]:
        raise make_landmark_error(
            f"The {len(points)} landmarks of {name} are collinear: they reach "
            f"{spread[1] / spread[0]:.2g} times as far to the side as along their line.",
            "Add a landmark beside that line.",
            "Pass method='similarity', which two points fix.",
        )
    if method == "projective" and not _is_projective_fixed(points):
        raise make_landmark_error(
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


def undistort_points(points_px: NDArray[np.float64], lens: Lens | None) -> NDArray[np.float64]:
    """Undo the lens at points in the picture (n, 2), or raise.

    Raises
    ------
    ValueError
        If the lens shows nothing at one of them.
    """
    if lens is None:
        return points_px
    ideal = lens.undistorted(points_px)
    lost = np.flatnonzero(np.isnan(ideal).any(axis=-1))
    if len(lost):
        raise ValueError(
            explain(
                f"The lens shows nothing at {len(lost)} points in the picture; "
                f"the first is {points_px[lost[0]].tolist()}.",
                "They lie beyond where its model can be undone.",
                ["Check the lens's coefficients.", "Choose points nearer to the middle."],
            )
        )
    return ideal


def make_landmark_error(what: str, *how: str) -> ValueError:
    """Make the error about landmarks that fix no map."""
    return ValueError(
        explain(what, "The landmarks fix how the picture lies in the environment.", how)
    )
