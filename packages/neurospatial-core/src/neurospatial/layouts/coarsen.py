"""Layouts of larger bins, made of a layout of the same kind."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial.layouts.grid.regular_grid import RegularGrid
from neurospatial.layouts.hexagonal.hexagonal_grid import HexagonalGrid
from neurospatial.layouts.track.graph_track import GraphTrack
from neurospatial.layouts.triangular.triangular_mesh import TriangularMesh

if TYPE_CHECKING:
    from shapely import MultiPolygon
    from shapely.geometry.base import BaseGeometry

_STRAIGHT = 1e-9  # of a side: corners of an outline that stand out less are rounding


def coarsen_grid(grid: RegularGrid, factors: NDArray[np.intp]) -> RegularGrid:
    """Join cells to blocks; a block is a bin where any of its cells is.

    Parameters
    ----------
    grid : RegularGrid
    factors : ndarray of int, shape (n_dims,)
        Cells in a block along each dimension; they divide the shape of the grid.

    Examples
    --------
    >>> grid = RegularGrid((np.arange(5.0),), np.array([False, True, False, False]))
    >>> coarsen_grid(grid, np.array([2])).bin_centers
    array([[1.]])
    """
    edges = tuple(edge[::step] for edge, step in zip(grid.edges, factors, strict=True))
    parts = [
        side
        for size, step in zip(grid.grid_shape, factors, strict=True)
        for side in (size // step, step)
    ]
    within = tuple(range(1, len(parts), 2))
    active = np.asarray(grid.active.reshape(parts).any(axis=within))
    return RegularGrid(edges, active, grid.diagonal)


def coarsen_hexagons(grid: HexagonalGrid, factor: int) -> HexagonalGrid:
    """Lay larger hexagons from the same origin; those that hold the centre of a bin are bins.

    Examples
    --------
    >>> grid = HexagonalGrid((0.0, 0.0), 1.0, np.ones((4, 4), bool))
    >>> coarsen_hexagons(grid, 2).n_bins
    7
    """
    size = factor * grid.bin_size
    reach = grid.lattice.exchange_axes(grid.bin_centers.max(axis=0) - grid.origin)
    # A centre may be nearest to the next hexagon: one more along and across.
    counts = (reach / [size, size * np.sqrt(3) / 2]).astype(np.intp) + 2
    n_x, n_y = grid.lattice.exchange_axes(counts).tolist()
    whole = replace(grid, bin_size=size, active=np.ones((n_x, n_y), dtype=bool))
    active = np.zeros((n_x, n_y), dtype=bool)
    active.flat[whole.locate(grid.bin_centers)] = True
    return replace(whole, active=active)


def coarsen_track(track: GraphTrack, factor: int) -> GraphTrack:
    """Cut each edge into fewer bins; those that hold the middle of a bin are bins.

    Of n equal pieces there are n / factor, rounded up, again equal.

    Examples
    --------
    >>> from neurospatial.layouts.track.from_graph import build_track_from_graph
    >>> track = build_track_from_graph({0: (0, 0), 1: (9, 0)}, [(0, 1)], 0.0, 3.0)
    >>> coarsen_track(track, 2).bin_edges
    array([[0. , 4.5],
           [4.5, 9. ]])
    """
    whole = replace(track, bin_size=factor * track.bin_size, active=None)
    active = np.zeros(whole.n_bins, dtype=bool)
    active[whole.locate(track.bin_centers)] = True
    return replace(whole, active=active)


def coarsen_mesh(mesh: TriangularMesh, factor: int) -> TriangularMesh:
    """Cut the space within the outline of a mesh into larger triangles.

    Raises
    ------
    ValueError
        If the outline is too intricate for such triangles.

    Examples
    --------
    >>> import shapely
    >>> from neurospatial.layouts.triangular.mesh import mesh_polygon
    >>> mesh = mesh_polygon(shapely.box(0, 0, 40, 40), 1.0)
    >>> sizes = [float(np.median(each.bin_measures)) for each in (mesh, coarsen_mesh(mesh, 3))]
    >>> round(sizes[1] / sizes[0], 9)
    9.0
    """
    import shapely

    from neurospatial.layouts.triangular.mesh import mesh_polygon

    # Most triangles are whole ones: those cut short by the border do not sway the median.
    side = factor * float(np.sqrt(4 / np.sqrt(3) * np.median(mesh.bin_measures)))
    covered = shapely.coverage_union_all(shapely.polygons(mesh.vertices[mesh.triangles]))
    return mesh_polygon(_remove_straight_points(covered, _STRAIGHT * side), side)


def _remove_straight_points(area: "BaseGeometry", rounding: float) -> "MultiPolygon":
    """Leave out the points of straight sides, but not those in which rings touch."""
    import shapely

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
    """How far each corner (n_corners, 2) stands out from the line between those beside it."""
    before, after = np.roll(ring, 1, axis=0), np.roll(ring, -1, axis=0)
    (x1, y1), (x2, y2) = (ring - before).T, (after - before).T
    return np.asarray(np.abs(x1 * y2 - y1 * x2) / np.hypot(x2, y2))
