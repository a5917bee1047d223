"""Areas given as polygons or pictures, and the cells that lie in them."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.validate import to_indices, to_real_array

if TYPE_CHECKING:
    from shapely import MultiPolygon, Polygon


def validate_polygon(
    polygon: "ArrayLike | Polygon | MultiPolygon", called: str, why: str
) -> "Polygon | MultiPolygon":
    """Validate corners (n_corners, 2) or a shapely polygon, as a shapely geometry.

    Parameters
    ----------
    polygon : array-like, shape (n_corners, 2), or shapely polygon
        A shapely one may have holes or several parts.
    called : str
        What the text of an error calls it.
    why : str
        Why it has to be an area.

    Raises
    ------
    ValueError
        If corners are too few or not finite, the outline crosses itself or
        there is no area.

    Examples
    --------
    >>> validate_polygon([(0, 0), (4, 0), (4, 3)], "polygon", "The bins fill it.").area
    6.0
    """
    from shapely import MultiPolygon, Polygon
    from shapely.validation import explain_validity

    if not isinstance(polygon, (Polygon, MultiPolygon)):
        corners = to_real_array(polygon, called)
        if corners.ndim != 2 or corners.shape[1] != 2 or len(corners) < 3:
            problem = f"{called} has shape {corners.shape}."
            way = "Pass at least three corners, shape (n_corners, 2), or a shapely polygon."
            raise ValueError(explain(problem, why, [way]))
        n_bad = np.count_nonzero(~np.isfinite(corners))
        if n_bad:
            problem = f"{called} has {n_bad} coordinates not finite."
            way = "Leave those corners out: polygon[np.isfinite(polygon).all(axis=1)]."
            raise ValueError(explain(problem, why, [way]))
        polygon = Polygon(corners)
    if polygon.is_empty:
        way = "Pass a polygon with an area."
        raise ValueError(explain(f"{called} is empty.", why, [way]))
    # Coordinates near 1e308 overflow in GEOS, which warns of it.
    with np.errstate(over="ignore", invalid="ignore"):
        is_valid, area = polygon.is_valid, polygon.area
        fault = "" if is_valid else explain_validity(polygon)
    if is_valid and not np.isfinite(area):
        way = "Pass coordinates in the unit of the environment."
        raise ValueError(explain(f"{called} has an area of {area}.", why, [way]))
    if not is_valid:
        problem = f"{called} is not valid: {fault}."
        ways = [
            "List the corners in order around the area.",
            "shapely.make_valid(polygon) may mend it.",
        ]
        raise ValueError(explain(problem, why, ways))
    return polygon


def validate_arena(polygon: "ArrayLike | Polygon | MultiPolygon") -> "Polygon | MultiPolygon":
    """Validate the outline of an arena, as a shapely geometry.

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
    >>> validate_arena([(0, 0), (4, 0), (4, 3)]).area
    6.0
    """
    return validate_polygon(polygon, "polygon", "The bins fill the area within the polygon.")


def is_in_arena(
    polygon: "Polygon | MultiPolygon", points: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Tell which points (n_points, 2) lie in an arena or on its border.

    Examples
    --------
    >>> arena = validate_arena([(0, 0), (4, 0), (4, 3)])
    >>> is_in_arena(arena, np.array([[3.0, 1.0], [4.0, 1.0], [0.0, 1.0]]))
    array([ True,  True, False])
    """
    import shapely

    shapely.prepare(polygon)
    return np.asarray(shapely.intersects_xy(polygon, points[:, 0], points[:, 1]), dtype=bool)


def convert_image_to_cells(image: ArrayLike, y_down: bool = False) -> NDArray[np.bool_]:
    """Convert an image (n_rows, n_columns) to cells, indexed ``[ix, iy]``.

    This is the one place where the rows of an image are turned about: y grows
    upward, unless `y_down` says that it grows as the rows do.

    Raises
    ------
    TypeError
        If the image is not boolean.
    ValueError
        If it does not have two dimensions or no pixel is True.

    Examples
    --------
    >>> convert_image_to_cells([[True, False, False], [True, True, True]])
    array([[ True,  True],
           [ True, False],
           [ True, False]])
    """
    pixels = to_indices(image, "image")
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
    return np.ascontiguousarray((pixels if y_down else pixels[::-1]).T)
