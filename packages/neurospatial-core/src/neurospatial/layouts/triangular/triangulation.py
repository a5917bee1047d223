"""A polygon cut into triangles that keep to its border."""

from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import Delaunay

from neurospatial.errors import explain
from neurospatial.layouts.shapes import is_in_arena

if TYPE_CHECKING:
    from shapely import MultiPolygon, Polygon

Floats = NDArray[np.float64]
Pairs = NDArray[np.intp]

MAX_TRIANGLES = 2_000_000
"""A mesh of more triangles than this is taken for a mistake."""

_CLEARANCE = 0.5
"""Of the side: lattice points nearer the border would make slivers."""

_THINNEST = 1e-9
"""Of its longest side: a triangle that is lower is rounding of a straight border."""

_MOST_ROUNDS = 200
"""Rounds, each halving every border edge that is missing, before the border is too intricate."""


def triangulate_polygon(polygon: "Polygon | MultiPolygon", side: float) -> tuple[Floats, Pairs]:
    """Cut a polygon, holes and all, into nearly equilateral triangles.

    Points on a triangular lattice and along the border are joined by a Delaunay
    triangulation; pieces of the border that are not among its sides are halved
    until all are (a conforming Delaunay triangulation: Ruppert, J. Algorithms
    18:548, 1995), so the triangles cover exactly the polygon. Corners of the
    border closer together than `side` make smaller triangles there.

    Parameters
    ----------
    polygon : shapely Polygon or MultiPolygon
        Valid.
    side : float
        Side of the triangles.

    Returns
    -------
    vertices : ndarray, shape (n_vertices, 2)
    triangles : ndarray of int, shape (n_triangles, 3)
        In the order of their centroids, by x and then y.

    Raises
    ------
    ValueError
        If `side` makes too many triangles, or the border is too intricate.

    Examples
    --------
    >>> vertices, triangles = triangulate_polygon(shapely.box(0, 0, 10, 10), 2.0)
    >>> round(float(shapely.area(shapely.polygons(vertices[triangles])).sum()), 9)
    100.0
    """
    check_count(polygon.area, polygon.length, side)
    border, border_edges = _extract_border(polygon)
    border, border_edges, is_corner = _divide_edges(border, border_edges, side)
    inner = _lay_lattice(polygon, side)
    points, triangles = _triangulate(border, border_edges, is_corner, inner)
    return _keep_inside(polygon, points, triangles)


def check_count(area: float, length: float, side: float) -> None:
    """Raise where triangles with such a side would be too many for an area and its border.

    Raises
    ------
    ValueError
        Saying how many there would be and which side would fit.
    """
    count = area * 4 / np.sqrt(3) / side**2 + length / side
    if count <= MAX_TRIANGLES:
        return
    fits = side * 1.1 * (count / MAX_TRIANGLES) ** (1 if length / side > count / 2 else 0.5)
    raise ValueError(
        explain(
            f"bin_size {side:g} would make {count:,.0f} triangles.",
            f"More than {MAX_TRIANGLES:,} triangles take minutes to join and gigabytes to hold.",
            [f"Pass bin_size={fits:.2g} or more.", "Use layout='grid', which takes more bins."],
        )
    )


def _extract_border(polygon: "Polygon | MultiPolygon") -> tuple[Floats, Pairs]:
    """Extract the corners of the border and the straight edges between them.

    Rings may touch in a point: noded, that point is a corner of both.
    """
    lines = shapely.get_parts(shapely.node(shapely.remove_repeated_points(polygon.boundary)))
    coordinates, line = shapely.get_coordinates(lines, return_index=True)
    starts = np.flatnonzero(line[1:] == line[:-1])
    vertices, vertex_index = np.unique(coordinates, axis=0, return_inverse=True)
    vertex_index = vertex_index.ravel()
    return vertices, np.stack([vertex_index[starts], vertex_index[starts + 1]], axis=1)


def _divide_edges(
    points: Floats, border_edges: Pairs, side: float
) -> tuple[Floats, Pairs, NDArray[np.bool_]]:
    """Divide edges of the border into equal parts no longer than a side.

    Returns the points, the edges and which points were corners before.
    """
    start, stop = points[border_edges[:, 0]], points[border_edges[:, 1]]
    length = np.linalg.norm(stop - start, axis=1)
    parts = np.maximum(1, np.ceil(length / side - 1e-9)).astype(np.intp)
    edge = np.repeat(np.arange(len(border_edges)), parts - 1)
    nth = np.arange(edge.size) - np.repeat(np.cumsum(parts - 1) - (parts - 1), parts - 1) + 1
    fraction = (nth / parts[edge])[:, np.newaxis]
    # Written so, points on an upright or level border lie exactly on it.
    between = start[edge] + (stop - start)[edge] * fraction
    before = np.where(nth == 1, border_edges[edge, 0], len(points) + np.arange(edge.size) - 1)
    last = np.flatnonzero(nth == parts[edge] - 1)
    whole = border_edges[parts == 1]
    added = np.stack([before, len(points) + np.arange(edge.size)], axis=1)
    ends = np.stack([len(points) + last, border_edges[edge[last], 1]], axis=1)
    is_corner = np.arange(len(points) + edge.size) < len(points)
    return np.concatenate([points, between]), np.concatenate([whole, added, ends]), is_corner


def _lay_lattice(polygon: "Polygon | MultiPolygon", side: float) -> Floats:
    """Lay out points of a triangular lattice that lie well inside."""
    inner = polygon.buffer(-_CLEARANCE * side)
    if inner.is_empty:
        return np.empty((0, 2))
    x_low, y_low, x_high, y_high = polygon.bounds
    row = side * np.sqrt(3) / 2
    n_x, n_y = int((x_high - x_low) / side) + 2, int((y_high - y_low) / row) + 2
    ix, iy = np.meshgrid(np.arange(n_x), np.arange(n_y), indexing="ij")
    x = (x_low + x_high) / 2 + side * (ix - n_x // 2 + (iy % 2) / 2)
    y = (y_low + y_high) / 2 + row * (iy - n_y // 2)
    points = np.stack([x.ravel(), y.ravel()], axis=1)
    return points[is_in_arena(inner, points)]


def _triangulate(
    border: Floats, border_edges: Pairs, is_corner: NDArray[np.bool_], inner: Floats
) -> tuple[Floats, Pairs]:
    """Join all points, halving edges of the border until each is a side."""
    middle = border.mean(axis=0)
    for _ in range(_MOST_ROUNDS):
        points = np.concatenate([border, inner])
        # About the middle of the arena fewer digits go to where it lies.
        triangles = Delaunay(points - middle).simplices.astype(np.intp)
        missing = ~np.isin(
            _number_sides(border_edges, len(points)), _find_sides(triangles, len(points))
        )
        if not missing.any():
            return points, triangles
        border, border_edges, is_corner = _halve_edges(border, border_edges, is_corner, missing)
    raise ValueError(
        explain(
            "The border of the polygon is too intricate to be followed by triangles.",
            "Each piece of the border becomes a side of a triangle.",
            ["Simplify it: polygon.simplify(bin_size / 4).", "Use layout='grid'."],
        )
    )


def _halve_edges(
    points: Floats, border_edges: Pairs, is_corner: NDArray[np.bool_], chosen: NDArray[np.bool_]
) -> tuple[Floats, Pairs, NDArray[np.bool_]]:
    start, stop = border_edges[chosen].T
    # From a corner, pieces are cut at a power of two: those that meet there at a sharp angle
    # then end at equal distances, or each cut would call for one on the other, for ever.
    turned = is_corner[stop] & ~is_corner[start]
    start, stop = np.where(turned, stop, start), np.where(turned, start, stop)
    length = np.linalg.norm(points[stop] - points[start], axis=1)
    power = np.exp2(np.floor(np.log2(2 * length / 3)))
    one_corner = is_corner[start] & ~is_corner[stop]
    fraction = np.where(one_corner, power / length, 0.5)[:, np.newaxis]
    cut = points[start] + (points[stop] - points[start]) * fraction
    vertex_index = len(points) + np.arange(start.size)
    halves = [np.stack([start, vertex_index], axis=1), np.stack([vertex_index, stop], axis=1)]
    is_corner = np.concatenate([is_corner, np.zeros(start.size, dtype=bool)])
    return (
        np.concatenate([points, cut]),
        np.concatenate([border_edges[~chosen], *halves]),
        is_corner,
    )


def _number_sides(pairs: Pairs, n_points: int) -> NDArray[np.intp]:
    """Encode each pair of points as one number, whichever comes first."""
    return np.asarray(pairs.min(axis=1) * n_points + pairs.max(axis=1), dtype=np.intp)


def _find_sides(triangles: Pairs, n_points: int) -> NDArray[np.intp]:
    sides = [triangles[:, [one, two]] for one, two in ((0, 1), (1, 2), (2, 0))]
    return np.unique(_number_sides(np.concatenate(sides), n_points))


def _keep_inside(
    polygon: "Polygon | MultiPolygon", points: Floats, triangles: Pairs
) -> tuple[Floats, Pairs]:
    """Keep the triangles that lie in the polygon, in order of their centroids."""
    vertices = points[triangles]
    (x1, y1), (x2, y2) = (vertices[:, 1] - vertices[:, 0]).T, (vertices[:, 2] - vertices[:, 0]).T
    longest = np.linalg.norm(vertices - np.roll(vertices, 1, axis=1), axis=2).max(axis=1)
    thick = np.abs(x1 * y2 - y1 * x2) > _THINNEST * longest**2
    centroids = vertices.mean(axis=1)
    triangles = triangles[thick & is_in_arena(polygon, centroids)]
    used, triangles = np.unique(triangles, return_inverse=True)
    triangles = triangles.reshape(-1, 3)
    centroids = points[used][triangles].mean(axis=1)
    order = np.lexsort((centroids[:, 1], centroids[:, 0]))
    return points[used], triangles[order]
