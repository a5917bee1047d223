"""Which points lie in a region."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.regions.region import Region


def contains_points(region: Region, points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which points (n_points, 2) lie in an area or on its border; NaN does not.

    Raises
    ------
    ValueError
        If the region is a point, or the points are not in the plane.

    Examples
    --------
    >>> start = Region("start", polygon=[(0, 0), (2, 0), (2, 2), (0, 2)])
    >>> contains_points(start, np.array([[1.0, 1.0], [2.0, 1.0], [3.0, 1.0], [np.nan, 1.0]]))
    array([ True,  True, False, False])
    """
    if region.polygon is None or points.shape[1] != 2:
        found = "a point" if region.polygon is None else f"an area, and points have {points.shape}"
        raise ValueError(
            explain(
                f"Region {region.name!r} is {found}.",
                "An area of the plane holds points of two coordinates.",
                [
                    "Give a point an extent: region.buffer(5.0).",
                    "Use a region and an environment of as many dimensions.",
                ],
            )
        )
    import shapely

    shapely.prepare(region.polygon)
    is_known = ~np.isnan(points).any(axis=1)
    inside = np.zeros(len(points), dtype=bool)
    inside[is_known] = shapely.intersects_xy(
        region.polygon, points[is_known, 0], points[is_known, 1]
    )
    return inside
