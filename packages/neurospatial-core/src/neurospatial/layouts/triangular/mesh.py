"""A polygon as a triangular mesh."""

from typing import TYPE_CHECKING

from neurospatial.layouts.triangular.triangular_mesh import TriangularMesh
from neurospatial.layouts.triangular.triangulation import triangulate_polygon

if TYPE_CHECKING:
    from shapely import MultiPolygon, Polygon


def mesh_polygon(polygon: "Polygon | MultiPolygon", side: float) -> TriangularMesh:
    """Cut a polygon, holes and all, into nearly equilateral triangles.

    Parameters and errors are those of `triangulate_polygon`.

    Examples
    --------
    >>> import shapely
    >>> mesh = mesh_polygon(shapely.box(0, 0, 10, 10), 2.0)
    >>> round(float(mesh.bin_measures.sum()), 9)
    100.0
    """
    return TriangularMesh(*triangulate_polygon(polygon, side))
