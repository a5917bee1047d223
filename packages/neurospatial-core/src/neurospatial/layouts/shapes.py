"""Arenas given as polygons or pictures, and the cells that lie in them."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain

if TYPE_CHECKING:
    from shapely import MultiPolygon, Polygon


def as_arena(polygon: "ArrayLike | Polygon | MultiPolygon") -> "Polygon | MultiPolygon":
    """Give the outline of an arena as a valid shapely geometry.

    Parameters
    ----------
    polygon : array-like, shape (n_corners, 2), or shapely polygon
        A shapely one may have holes or several parts.

    Raises
    ------
    ValueError
        If corners are too few or not finite, the outline crosses itself or
        there is no area.

    Examples
    --------
    >>> as_arena([(0, 0), (4, 0), (4, 3)]).area
    6.0
    """
    from shapely import MultiPolygon, Polygon
    from shapely.validation import explain_validity

    if not isinstance(polygon, (Polygon, MultiPolygon)):
        corners = np.asarray(polygon, dtype=np.float64)
        if corners.ndim != 2 or corners.shape[1] != 2 or len(corners) < 3:
            raise _not_an_arena(
                f"polygon has shape {corners.shape}.",
                "Pass at least three corners, shape (n_corners, 2), or a shapely polygon.",
            )
        if not np.isfinite(corners).all():
            raise _not_an_arena(
                f"polygon has {np.count_nonzero(~np.isfinite(corners))} coordinates not finite.",
                "Leave those corners out: polygon[np.isfinite(polygon).all(axis=1)].",
            )
        polygon = Polygon(corners)
    if polygon.is_empty:
        raise _not_an_arena("polygon is empty.", "Pass a polygon with an area.")
    if not polygon.is_valid:
        raise _not_an_arena(
            f"polygon is not valid: {explain_validity(polygon)}.",
            "List the corners in order around the arena; shapely.make_valid(polygon) may mend it.",
        )
    return polygon


def within_arena(
    polygon: "Polygon | MultiPolygon", points: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Say which points (n_points, 2) lie in an arena or on its border.

    Examples
    --------
    >>> arena = as_arena([(0, 0), (4, 0), (4, 3)])
    >>> within_arena(arena, np.array([[3.0, 1.0], [4.0, 1.0], [0.0, 1.0]]))
    array([ True,  True, False])
    """
    import shapely

    shapely.prepare(polygon)
    return np.asarray(shapely.intersects_xy(polygon, points[:, 0], points[:, 1]), dtype=bool)


def cells_of_image(image: ArrayLike) -> NDArray[np.bool_]:
    """Give the cells of an image (n_rows, n_columns), indexed ``[ix, iy]`` with y up.

    This is the one place where the rows of an image are turned about.

    Raises
    ------
    TypeError
        If the image is not boolean.
    ValueError
        If it does not have two dimensions or no pixel is True.

    Examples
    --------
    >>> cells_of_image([[True, False, False], [True, True, True]])
    array([[ True,  True],
           [ True, False],
           [ True, False]])
    """
    pixels = np.asarray(image)
    if pixels.dtype != bool:
        raise TypeError(
            explain(
                f"image has dtype {pixels.dtype}.",
                "Each pixel says whether the animal can be there: True or False.",
                [
                    "Compare with a brightness: image > 128.",
                    "Convert 0 and 1: image.astype(bool).",
                ],
            )
        )
    if pixels.ndim != 2 or not pixels.any():
        found = f"image has shape {pixels.shape}" if pixels.ndim != 2 else "No pixel is True"
        raise ValueError(
            explain(
                f"{found}.",
                "The True pixels of a picture (n_rows, n_columns) become bins.",
                ["Pass one boolean plane: (image > 128).any(axis=2) of a coloured picture."],
            )
        )
    return np.ascontiguousarray(pixels[::-1].T)


def _not_an_arena(problem: str, way: str) -> ValueError:
    return ValueError(explain(problem, "The bins fill the area within the polygon.", [way]))
