"""Areas of the plane, as the user gives them."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from neurospatial.errors import explain

if TYPE_CHECKING:
    from shapely import MultiPolygon, Polygon


def validate_polygon(
    polygon: "ArrayLike | Polygon | MultiPolygon", called: str, why: str
) -> "Polygon | MultiPolygon":
    """Give corners (n_corners, 2) or a shapely polygon as a valid shapely geometry.

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
        corners = np.asarray(polygon, dtype=np.float64)
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
    if not polygon.is_valid:
        problem = f"{called} is not valid: {explain_validity(polygon)}."
        ways = [
            "List the corners in order around the area.",
            "shapely.make_valid(polygon) may mend it.",
        ]
        raise ValueError(explain(problem, why, ways))
    return polygon
