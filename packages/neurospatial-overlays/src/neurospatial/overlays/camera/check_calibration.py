"""Warnings about a calibration: landmarks that do not fit, a mirrored or a too small picture."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial.overlays.camera.calibration import VideoCalibration
from neurospatial.overlays.camera.fit_transform import fit_transform
from neurospatial.overlays.camera.landmarks import LEAST, Method
from neurospatial.scene import Geometry
from neurospatial.validate import warn_user

if TYPE_CHECKING:
    from neurospatial.environment import Environment

_LARGE_RESIDUAL = 0.02
"""Fraction of the landmarks' extent: clicks are off by less."""

_AGREEING = 0.25
"""Residual of the others, as a fraction of the largest, from which on they agree without it."""

_TOLERANCE_PX = 1.0
"""A bin centre this far beyond the edge [px] still counts as shown: clicks are no more exact."""

_ALONE = 0.99
"""Leverage from which on a fit passes through a landmark wherever it lies."""


def warn_of_residuals(calibration: VideoCalibration, method: Method, units: str) -> None:
    """Warn if a landmark lies far from where the calibration puts it."""
    residuals, places = calibration.residuals_cm, calibration.landmarks_env
    if residuals is None or places is None:
        return
    extent = float(np.linalg.norm(np.ptp(places, axis=0)))
    worst = float(residuals.max())
    if worst <= _LARGE_RESIDUAL * extent:
        return
    outlier = _find_outlier(calibration, method)
    if outlier is None:
        found = (
            f"Landmark {residuals.argmax()} lies {worst:.3g} {units} from where the calibration "
            f"puts it, and {np.median(residuals):.3g} {units} is usual."
        )
        advice = "A camera at an angle needs method='projective'."
    else:
        number, distance, others = outlier
        found = (
            f"Landmark {number} lies {distance:.3g} {units} from where the others put it, "
            f"which agree to within {others:.3g} {units}."
        )
        advice = "Check it in both lists; ransac=True leaves wrong landmarks out."
    warn_user(f"{found}\n  The landmarks extend over {extent:.4g} {units}.\n\n  {advice}")


def _find_outlier(
    calibration: VideoCalibration, method: Method
) -> tuple[int, float, float] | None:
    """Find the landmark without which the others fit: its number, distance, and the others'.

    The largest residual does not tell: a wrong landmark pulls the fit to itself.
    """
    px, places = calibration.landmarks_px, calibration.landmarks_env
    residuals = calibration.residuals_cm
    if px is None or places is None or residuals is None or len(px) < LEAST[method] + 2:
        return None
    ideal = px if calibration.lens is None else calibration.lens.undistorted(px)
    found: tuple[int, float, float] | None = None
    for number in range(len(px)):
        kept = np.arange(len(px)) != number
        if not _is_redundant(ideal[kept]):
            continue
        try:
            transform = fit_transform(
                ideal[kept], places[kept], method, False, calibration.frame_size_px
            )
        except ValueError:
            continue
        missed = np.linalg.norm(transform(ideal) - places, axis=-1)
        others = float(missed[kept].max())
        if others < _AGREEING * float(residuals.max()) and (found is None or others < found[2]):
            found = number, float(missed[number]), others
    return found


def _is_redundant(px: NDArray[np.float64]) -> bool:
    """Tell whether each landmark's place follows from the others: none holds the fit up alone."""
    beside, _ = np.linalg.qr(np.column_stack([px - px.mean(axis=0), np.ones(len(px))]))
    leverage = (beside**2).sum(axis=1)
    return bool(leverage.max() < _ALONE)


def warn_of_mirror(calibration: VideoCalibration) -> None:
    """Warn if the picture is mirrored: a step down leads upward."""
    if calibration.landmarks_px is None:
        return
    middle = calibration.landmarks_px.mean(axis=0)
    steps = calibration.apply(middle + np.array([[0, 0], [1, 0], [0, 1]]))
    right, down = steps[1:] - steps[0]
    if right[0] * down[1] - right[1] * down[0] > 0:
        warn_user(
            "The landmarks mirror the picture.\n"
            f"  One pixel to the right is {right.round(4).tolist()} in the environment, "
            f"one down is {down.round(4).tolist()}.\n\n"
            "  y increases upward in the environment and downward in the picture. Check the "
            "order of the landmarks, unless the positions have y downward as well."
        )


def warn_of_coverage(calibration: VideoCalibration, env: "Environment") -> None:
    """Warn if the environment, the centre of a bin at least, extends beyond the picture."""
    x_min, y_min, x_max, y_max = Geometry(env.layout).bounds
    n_outside = int((~_is_in_picture(calibration, env.bin_centers)).sum())
    if not n_outside:
        return
    width, height = calibration.frame_size_px
    shown = calibration.apply([(0, 0), (width, 0), (width, height), (0, height)])
    low, high = np.nanmin(shown, axis=0), np.nanmax(shown, axis=0)
    units = env.units or ""
    warn_user(
        "Environment bounds extend beyond calibrated video coverage.\n"
        f"  Environment x range: [{x_min:.4g}, {x_max:.4g}] {units}\n"
        f"  Environment y range: [{y_min:.4g}, {y_max:.4g}] {units}\n"
        f"  Video x range: [{low[0]:.4g}, {high[0]:.4g}] {units}\n"
        f"  Video y range: [{low[1]:.4g}, {high[1]:.4g}] {units}\n"
        f"  Bins outside the picture: {n_outside} of {env.n_bins} "
        f"({n_outside / env.n_bins:.1%})\n\n"
        "  No picture is shown there. Verify the landmarks, or accept the gap."
    )


def _is_in_picture(
    calibration: VideoCalibration, places: NDArray[np.float64]
) -> NDArray[np.bool_]:
    px = calibration.apply_inverse(places)
    upper = np.add(calibration.frame_size_px, _TOLERANCE_PX)
    inside = (px >= -_TOLERANCE_PX) & (px <= upper)
    return np.asarray(inside.all(axis=-1), dtype=np.bool_)
