"""One named place: a point or an area."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.layouts.shapes import validate_polygon
from neurospatial.validate import to_real_array

if TYPE_CHECKING:
    from shapely import MultiPolygon, Polygon
    from shapely.geometry.base import BaseGeometry

_WHY = "A region is one named point or one named area."

_SIDES_PER_QUARTER = 32
"""Of a rounded corner: the area of a circle is then right to a thousandth."""


class Region:
    """A named place, which does not change once made.

    Parameters
    ----------
    name : str
        What it is called.
    point : array-like, shape (n_dims,), optional
        A place without extent.
    polygon : array-like, shape (n_corners, 2), or shapely polygon, optional
        An area; a shapely one may have holes or several parts.
    metadata : mapping, optional
        Whatever else is known of it.

    Raises
    ------
    ValueError
        If not exactly one of `point` and `polygon` is given, the name is
        empty, or coordinates are not finite or too few.

    Examples
    --------
    >>> Region("goal", point=(80.0, 80.0))
    Region('goal', point=(80, 80))
    >>> Region("start", polygon=[(0, 0), (10, 0), (10, 10), (0, 10)]).polygon.area
    100.0
    """

    __slots__ = ("_metadata", "_name", "_point", "_polygon")

    def __init__(
        self,
        name: str,
        *,
        point: ArrayLike | None = None,
        polygon: "ArrayLike | Polygon | MultiPolygon | None" = None,
        metadata: Mapping[str, object] | None = None,
    ) -> None:
        if not name:
            raise _make_error(f"The region's name is {name!r}.", "Pass a name: Region('goal', …).")
        if (point is None) == (polygon is None):
            given = "neither point nor polygon" if point is None else "both point and polygon"
            raise _make_error(f"Region {name!r} has {given}.", "Pass point=… or polygon=….")
        self._name = name
        self._point = None if point is None else _validate_point(name, point)
        called = f"The polygon of region {name!r}"
        self._polygon = None if polygon is None else validate_polygon(polygon, called, _WHY)
        self._metadata = dict(metadata or {})

    @property
    def name(self) -> str:
        """What it is called."""
        return self._name

    @property
    def point(self) -> NDArray[np.float64] | None:
        """The place, shape (n_dims,); None for an area."""
        return self._point

    @property
    def polygon(self) -> "Polygon | MultiPolygon | None":
        """The area as a shapely geometry; None for a point."""
        return self._polygon

    @property
    def metadata(self) -> dict[str, object]:
        """Whatever else is known of it (a copy)."""
        return dict(self._metadata)

    @property
    def area(self) -> float:
        """Area in squared environment units, without holes; 0 for a point."""
        return 0.0 if self._polygon is None else float(self._polygon.area)

    def buffer(self, distance: float, name: str | None = None) -> "Region":
        """Make a region of all within a distance of this one, rounded at corners.

        Parameters
        ----------
        distance : float
            In environment units; below zero an area shrinks.
        name : str, optional
            What to call it; left out, it keeps the name.

        Raises
        ------
        ValueError
            If the distance is not finite, nothing is left of the region, or
            it is a point that is not in the plane.

        Examples
        --------
        >>> round(Region("goal", point=(80.0, 80.0)).buffer(5.0).area)
        79
        """
        import shapely

        place: BaseGeometry | None = self._polygon
        if place is None:
            size = self._get_point().size
            if size != 2:
                raise _make_error(
                    f"The point of region {self._name!r} has {size} coordinate(s).",
                    "Buffer a point of the plane: point=(x, y).",
                )
            place = shapely.Point(self._get_point())
        if not np.isfinite(distance):
            way = "Pass a distance in environment units."
            raise _make_error(f"Region {self._name!r} is buffered by {distance}.", way)
        grown = shapely.buffer(place, distance, quad_segs=_SIDES_PER_QUARTER)
        return Region(name or self._name, polygon=grown, metadata=self._metadata)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Region):
            return NotImplemented
        same_point = np.array_equal(self._get_point(), other._get_point())
        return (
            same_point
            and self._name == other._name
            and self._polygon == other._polygon
            and self._metadata == other._metadata
        )

    def __hash__(self) -> int:
        return hash((self._name, self._get_point().tobytes(), self._polygon))

    def _get_point(self) -> NDArray[np.float64]:
        return np.empty(0) if self._point is None else self._point

    def __repr__(self) -> str:
        if self._point is not None:
            place = f"point=({', '.join(f'{value:g}' for value in self._point)})"
        else:
            assert self._polygon is not None
            low_x, low_y, high_x, high_y = self._polygon.bounds
            place = f"polygon within x {low_x:g}…{high_x:g}, y {low_y:g}…{high_y:g}"
        return f"Region({self._name!r}, {place})"


def _validate_point(name: str, point: ArrayLike) -> NDArray[np.float64]:
    array = np.array(to_real_array(point, f"Region {name!r} point"))
    if array.ndim != 1 or array.size == 0 or not np.isfinite(array).all():
        raise _make_error(
            f"The point of region {name!r} has shape {array.shape}"
            f" and {np.count_nonzero(~np.isfinite(array))} values not finite.",
            "Pass one coordinate per dimension: point=(80.0, 80.0).",
        )
    array.setflags(write=False)
    return array


def _make_error(problem: str, way: str) -> ValueError:
    return ValueError(explain(problem, _WHY, [way]))
