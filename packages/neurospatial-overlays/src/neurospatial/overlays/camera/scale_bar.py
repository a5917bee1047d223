"""A scale bar, and the transform that a scale fixes."""

import numpy as np

from neurospatial.errors import explain
from neurospatial.overlays.camera.landmarks import (
    check_in_picture,
    undistort_points,
)
from neurospatial.overlays.camera.lens import Lens
from neurospatial.scene import Affine2D, Raster
from neurospatial.validate import to_number, to_real_array, validate_positive

ScaleBar = tuple[tuple[float, float], tuple[float, float], float]
"""Both ends in the picture [px], and the length in environment units."""


def compute_bar_scale(scale_bar: ScaleBar, size: tuple[int, int], lens: Lens | None) -> float:
    """Compute the size of a pixel, in environment units, from a scale bar.

    Raises
    ------
    ValueError
        If it is not two points of the picture and a positive length.
    """
    try:
        first, second, given = scale_bar
        ends, length = to_real_array([first, second], "scale_bar"), to_number(given)
        if ends.shape != (2, 2) or not np.isfinite(ends).all():
            raise ValueError
        if not isinstance(length, (int, float)):
            raise ValueError
    except (TypeError, ValueError):
        raise ValueError(
            explain(
                f"scale_bar is {scale_bar!r}.",
                "It is two points in the picture [px] and their distance in environment units.",
                ["Pass it so: ((100, 200), (300, 200), 50.0)."],
            )
        ) from None
    check_in_picture("scale_bar", ends, size)
    length_px = float(np.linalg.norm(np.subtract(*undistort_points(ends, lens))))
    if not (np.isfinite(length) and length > 0 and length_px > 0):
        raise ValueError(
            explain(
                f"The scale bar is {length_px:g} px and {length:g} environment units long.",
                "Both lengths are positive: their ratio is the size of a pixel.",
                ["Pass two different points, and the distance between them."],
            )
        )
    return float(length) / length_px


def make_upright_transform(cm_per_px: float | None, size: tuple[int, int]) -> Affine2D:
    """Make the transform of a picture whose lower-left corner is the origin.

    Raises
    ------
    ValueError
        If the size of a pixel is not a positive number.
    """
    scale = validate_positive(
        cm_per_px,
        "cm_per_px",
        why="It is the size of a pixel in environment units.",
        how=["Pass a positive number, such as 0.25 where 4 px are 1 cm."],
    )
    width, height = size
    world = (0.0, 0.0, width * scale, height * scale)
    return Raster(width, height, world).world_to_px.inverse
