"""The outline of the space that triangles cover."""

from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

if TYPE_CHECKING:
    from shapely import MultiPolygon
    from shapely.geometry.base import BaseGeometry


def compute_outline(
    vertices: NDArray[np.float64], triangles: NDArray[np.intp], rounding: float
) -> "MultiPolygon":
    """Join triangles that share sides, without the points along straight sides.

    Parameters
    ----------
    vertices : ndarray, shape (n_vertices, 2)
    triangles : ndarray of int, shape (n_triangles, 3)
    rounding : float
        Corners that stand out less than this from the line between those beside them are left out.

    Examples
    --------
    >>> square = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
    >>> outline = compute_outline(square, np.array([[0, 1, 2], [0, 2, 3]]), 1e-9)
    >>> outline.area, len(shapely.get_coordinates(outline))
    (1.0, 5)
    """
    covered = shapely.coverage_union_all(shapely.polygons(vertices[triangles]))
    return _remove_straight_points(covered, rounding)


def _remove_straight_points(area: "BaseGeometry", rounding: float) -> "MultiPolygon":
    """Leave out the points of straight sides, but not those in which rings touch."""
    rings = [
        shapely.get_coordinates(ring)[:-1] for ring in shapely.get_rings(shapely.get_parts(area))
    ]
    _, which, times = np.unique(
        np.concatenate(rings), axis=0, return_inverse=True, return_counts=True
    )
    touching = np.split(times[which.ravel()] > 1, np.cumsum([len(ring) for ring in rings[:-1]]))
    bent = iter(
        ring[touch | (_compute_heights(ring) > rounding)]
        for ring, touch in zip(rings, touching, strict=True)
    )
    return shapely.MultiPolygon(
        [
            (next(bent), [next(bent) for _ in range(shapely.get_num_interior_rings(part))])
            for part in shapely.get_parts(area)
        ]
    )


def _compute_heights(ring: NDArray[np.float64]) -> NDArray[np.float64]:
    """Compute how far each corner (n_corners, 2) stands out from the line beside it."""
    before, after = np.roll(ring, 1, axis=0), np.roll(ring, -1, axis=0)
    (x1, y1), (x2, y2) = (ring - before).T, (after - before).T
    return np.asarray(np.abs(x1 * y2 - y1 * x2) / np.hypot(x2, y2))
