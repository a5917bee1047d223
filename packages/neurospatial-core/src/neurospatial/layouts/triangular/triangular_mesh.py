"""The triangular mesh: any triangles that meet at whole sides."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.layouts.adjacency import build_symmetric_matrix
from neurospatial.layouts.arrays import make_read_only
from neurospatial.layouts.caching import cached_property
from neurospatial.layouts.coarsen import Factor, validate_factor
from neurospatial.layouts.predicates import compute_orientation
from neurospatial.layouts.spatial_index import TriangleIndex
from neurospatial.layouts.triangular.locate_crossings import locate_crossings
from neurospatial.validate import to_indices, to_real_array
from neurospatial.validate.extreme_coordinates import refuse_extreme

if TYPE_CHECKING:
    from scipy import sparse

_STRAIGHT = 1e-9
"""Of a side: corners of an outline that stand out less are rounding."""


@dataclass(frozen=True, eq=False)
class TriangularMesh:
    """Triangles in the plane that share sides and corners and nothing else.

    A bin is a triangle, its centre the centroid. Neighbours are triangles that
    share a side: two that meet only in a corner may have a wall between them.
    The conductance of a side is its length over the distance of the centroids,
    exact for equilateral triangles and an approximation elsewhere.

    Parameters
    ----------
    vertices : ndarray, shape (n_vertices, 2)
        Finite.
    triangles : ndarray of int, shape (n_bins, 3)
        Vertices of each triangle, in either sense; they are kept counter-clockwise.

    Raises
    ------
    ValueError
        If there is no triangle, one names a vertex that does not exist or has
        no area, or more than two share a side.

    Examples
    --------
    >>> square = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
    >>> mesh = TriangularMesh(square, np.array([[0, 1, 2], [0, 2, 3]]))
    >>> mesh.locate(np.array([[0.9, 0.1], [0.1, 0.9], [2.0, 0.5]]))
    array([ 0,  1, -1])
    """

    vertices: NDArray[np.float64]
    triangles: NDArray[np.intp]

    def __post_init__(self) -> None:
        vertices = np.array(to_real_array(self.vertices, "vertices"), order="C")
        refuse_extreme(vertices, "vertices")
        triangles = np.array(to_indices(self.triangles, "triangles"), order="C")
        _check_arrays(vertices, triangles)
        triangles = triangles.astype(np.intp)
        signs = compute_orientation(*(vertices[triangles[:, corner]] for corner in range(3)))
        _check_area(signs)
        triangles[signs < 0] = triangles[signs < 0][:, ::-1]
        object.__setattr__(self, "vertices", make_read_only(vertices))
        object.__setattr__(self, "triangles", make_read_only(triangles))
        _check_sides(self._sides[1])

    def __reduce__(self) -> tuple[type["TriangularMesh"], tuple[object, ...]]:
        # Only the fields travel: derived arrays are made again where they are needed.
        return type(self), (self.vertices, self.triangles)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, TriangularMesh):
            return NotImplemented
        return self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @cached_property
    def _key(self) -> tuple[bytes, bytes]:
        return self.vertices.tobytes(), self.triangles.tobytes()

    @property
    def n_bins(self) -> int:
        """Number of bins."""
        return len(self.triangles)

    @property
    def n_dims(self) -> int:
        """Number of spatial dimensions: two."""
        return 2

    @cached_property
    def _corners(self) -> NDArray[np.float64]:
        return make_read_only(self.vertices[self.triangles])

    @cached_property
    def bounds(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Lowest and highest coordinate of any bin along each dimension."""
        x_low, y_low = self._corners.min(axis=(0, 1)).tolist()
        x_high, y_high = self._corners.max(axis=(0, 1)).tolist()
        return (x_low, x_high), (y_low, y_high)

    @cached_property
    def bin_centers(self) -> NDArray[np.float64]:
        """Centroid of each bin, shape (n_bins, 2)."""
        return make_read_only(self._corners.mean(axis=1))

    @cached_property
    def bin_measures(self) -> NDArray[np.float64]:
        """Area of each bin, shape (n_bins,)."""
        first, second, third = np.moveaxis(self._corners, 1, 0)
        (x1, y1), (x2, y2) = (second - first).T, (third - first).T
        return make_read_only((x1 * y2 - y1 * x2) / 2)

    @cached_property
    def bin_polygons(self) -> tuple[NDArray[np.float64], ...]:
        """Corners of each bin, counter-clockwise, (3, 2) a bin."""
        return tuple(self._corners)

    @cached_property
    def _index(self) -> TriangleIndex:
        return TriangleIndex(self._corners)

    def locate(self, points: NDArray[np.float64]) -> NDArray[np.intp]:
        """Find the bin of each point (n_points, 2); -1 outside and for NaN.

        A bin holds its sides and corners, except those it shares with a bin of
        a lower number. This is decided exactly.
        """
        points = np.asarray(points, dtype=np.float64)
        if points.ndim != 2 or points.shape[1] != 2:
            raise ValueError(
                explain(
                    f"Points have shape {points.shape}.",
                    "Each point of a triangular mesh has 2 coordinates.",
                    ["Pass an array of shape (n_points, 2)."],
                )
            )
        return self._index.locate(points)

    def locate_crossings(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.intp]:
        """Find the bin at each crossing of columns and rows, shape (n_rows, n_columns).

        What `locate` finds there, many times as fast.

        Parameters
        ----------
        x : ndarray, shape (n_columns,)
            Increasing, finite.
        y : ndarray, shape (n_rows,)
            Increasing, finite.

        Examples
        --------
        >>> square = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
        >>> mesh = TriangularMesh(square, np.array([[0, 1, 2], [0, 2, 3]]))
        >>> mesh.locate_crossings(np.array([0.1, 0.9]), np.array([0.3, 0.7]))
        array([[1, 0],
               [1, 0]])
        """
        return locate_crossings(self._corners, x, y, self.locate)

    def subset(self, bins: NDArray[np.intp]) -> "TriangularMesh":
        """Keep some bins (n,), ascending, and the vertices that they use."""
        used, vertices = np.unique(self.triangles[bins], return_inverse=True)
        return TriangularMesh(self.vertices[used], vertices.reshape(-1, 3))

    def coarsen(self, factor: Factor) -> "TriangularMesh":
        """Cut the space within the outline of the mesh into larger triangles.

        Parameters
        ----------
        factor : int
            How many times as long their sides; with 1 nothing changes.

        Raises
        ------
        ValueError
            If it is no whole number above 0, or the outline is too intricate
            for such triangles.

        Examples
        --------
        >>> import shapely
        >>> from neurospatial.layouts.triangular.mesh import mesh_polygon
        >>> mesh = mesh_polygon(shapely.box(0, 0, 40, 40), 1.0)
        >>> sizes = [float(np.median(each.bin_measures)) for each in (mesh, mesh.coarsen(3))]
        >>> round(sizes[1] / sizes[0], 9)
        9.0
        """
        times = validate_factor(factor, type(self).__name__)
        if times == 1:
            return self
        from neurospatial.layouts.triangular.outline import compute_outline
        from neurospatial.layouts.triangular.triangulation import triangulate_polygon

        # Most triangles are whole ones: those cut short by the border do not sway the median.
        side = times * float(np.sqrt(4 / np.sqrt(3) * np.median(self.bin_measures)))
        outline = compute_outline(self.vertices, self.triangles, _STRAIGHT * side)
        return TriangularMesh(*triangulate_polygon(outline, side))

    @cached_property
    def _sides(self) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
        """Every side of every triangle, those between the same vertices together.

        Their triangles, and the lower and higher vertex as one number and as two.
        """
        ends = np.concatenate([np.roll(self.triangles, turned, axis=1) for turned in range(3)])
        ends = np.sort(ends[:, :2], axis=1)
        side_index = ends[:, 0] * len(self.vertices) + ends[:, 1]
        order = np.argsort(side_index, kind="stable")
        return order % self.n_bins, side_index[order], ends[order]

    @cached_property
    def _touching_bins(
        self,
    ) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64], NDArray[np.float64]]:
        """Pairs that share a side, each once, centre distance and length of the side."""
        triangle, side_index, ends = self._sides
        shared = np.flatnonzero(side_index[1:] == side_index[:-1])
        first, second = triangle[shared], triangle[shared + 1]
        distance = np.linalg.norm(self.bin_centers[first] - self.bin_centers[second], axis=1)
        side = self.vertices[ends[shared, 0]] - self.vertices[ends[shared, 1]]
        return first, second, distance, np.linalg.norm(side, axis=1)

    @cached_property
    def adjacency(self) -> "sparse.csr_array":
        """Distance between the centroids of neighbouring bins, (n_bins, n_bins), symmetric."""
        first, second, distance, _ = self._touching_bins
        return build_symmetric_matrix(first, second, distance, self.n_bins)

    @cached_property
    def conductances(self) -> "sparse.csr_array":
        """Length of the shared side over centroid distance, symmetric."""
        first, second, distance, side = self._touching_bins
        return build_symmetric_matrix(first, second, side / distance, self.n_bins)


def _check_arrays(vertices: NDArray[np.float64], triangles: NDArray[np.generic]) -> None:
    if vertices.ndim != 2 or vertices.shape[1] != 2 or not np.isfinite(vertices).all():
        problem = f"vertices have shape {vertices.shape}; not all are two finite numbers."
    elif triangles.ndim != 2 or triangles.shape[1] != 3 or triangles.dtype.kind not in "iu":
        problem = f"triangles have shape {triangles.shape} and dtype {triangles.dtype}."
    elif not len(triangles):
        problem = "There is no triangle."
    elif triangles.min() < 0 or triangles.max() >= len(vertices):
        low, high = triangles.min(), triangles.max()
        problem = f"triangles name vertices {low} … {high}; there are {len(vertices)}."
    else:
        return
    raise _make_error(problem, "Pass whole numbers (n_bins, 3) below the number of vertices.")


def _check_area(signs: NDArray[np.int8]) -> None:
    flat = np.flatnonzero(signs == 0)
    if flat.size:
        raise _make_error(
            f"{flat.size} triangles have no area, the first is number {flat[0]}.",
            "Leave them out: their corners lie on one line.",
        )


def _check_sides(side_index: NDArray[np.intp]) -> None:
    crowded = np.count_nonzero(side_index[2:] == side_index[:-2])
    if crowded:
        raise _make_error(
            f"{crowded} sides belong to more than two triangles.",
            "Leave out triangles that are listed twice or lie on one another.",
        )


def _make_error(problem: str, way: str) -> ValueError:
    why = "A bin is the triangle between three vertices, beside at most one other at each side."
    return ValueError(explain(problem, why, [way]))
