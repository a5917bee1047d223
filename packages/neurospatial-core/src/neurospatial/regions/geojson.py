"""Regions as GeoJSON (RFC 7946), which other programs read and write."""

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain, get_first_line
from neurospatial.input import is_lfs_pointer
from neurospatial.regions.json_io import validate_metadata
from neurospatial.regions.region import Region
from neurospatial.validate import to_real_array

if TYPE_CHECKING:
    from shapely import LinearRing, MultiPolygon, Polygon


def to_features(regions: Iterable[Region]) -> dict[str, object]:
    """Convert regions to a feature collection: the name is the id, metadata are the properties.

    Raises
    ------
    TypeError
        If JSON would not give the metadata back as they are.
    ValueError
        If a point has one coordinate.

    Examples
    --------
    >>> to_features([Region("goal", point=(8.0, 7.0))])["features"][0]["geometry"]
    {'type': 'Point', 'coordinates': [8.0, 7.0]}
    """
    features = [
        {
            "type": "Feature",
            "id": region.name,
            "geometry": _to_geometry(region),
            "properties": validate_metadata(region),
        }
        for region in regions
    ]
    return {"type": "FeatureCollection", "features": features}


def from_features(collection: str | Mapping[str, object]) -> list[Region]:
    """Read the regions of a feature collection, as text or as what JSON reads.

    A region's name is the id of its feature, or the property "name".

    Raises
    ------
    ValueError
        If it is not such a collection, a feature has no name, or it is
        neither a point nor a polygon.

    Examples
    --------
    >>> from_features(to_features([Region("goal", point=(8.0, 7.0))]))
    [Region('goal', point=(8, 7))]
    """
    read = _parse_text(collection) if isinstance(collection, str) else collection
    features = read.get("features") if isinstance(read, Mapping) else None
    if not isinstance(features, list):
        raise _make_error("There is no list of features.")
    return [_to_region(number, feature) for number, feature in enumerate(features)]


def _parse_text(text: str) -> object:
    if is_lfs_pointer(text.encode(errors="replace")):
        raise _make_error("The text is a Git LFS pointer: fetch the file with git lfs pull.")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _make_error(f"The text is not JSON: {get_first_line(error)}.") from error


def _to_geometry(region: Region) -> dict[str, object]:
    if region.point is not None:
        if region.point.size < 2:
            raise _make_error(f"The point of region {region.name!r} has one coordinate.")
        return {"type": "Point", "coordinates": region.point.tolist()}
    import shapely

    # The standard wants outlines counter-clockwise and holes clockwise.
    parts = [shapely.geometry.polygon.orient(part) for part in shapely.get_parts(region.polygon)]
    rings = [[_to_ring(ring) for ring in (part.exterior, *part.interiors)] for part in parts]
    if isinstance(region.polygon, shapely.Polygon):
        return {"type": "Polygon", "coordinates": rings[0]}
    return {"type": "MultiPolygon", "coordinates": rings}


def _to_ring(ring: "LinearRing") -> list[list[float]]:
    import shapely

    corners: list[list[float]] = shapely.get_coordinates(ring).tolist()
    return corners


def _to_region(number: int, feature: object) -> Region:
    if not isinstance(feature, Mapping) or not isinstance(feature.get("geometry"), Mapping):
        raise _make_error(f"Feature {number} has no geometry.")
    given = feature.get("properties")
    properties = dict(given) if isinstance(given, Mapping) else {}
    name = feature.get("id")
    if name is None:
        name = properties.pop("name", None)
    if isinstance(name, bool) or not isinstance(name, (str, int)) or name == "":
        raise _make_error(f"Feature {number} has neither an id nor a name.")
    geometry = feature["geometry"]
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Point", "Polygon", "MultiPolygon"):
        raise _make_error(f"Feature {name!r} is a {kind}.")
    try:
        if kind == "Point":
            return Region(str(name), point=coordinates, metadata=properties)
        return Region(str(name), polygon=_to_area(kind, coordinates), metadata=properties)
    except (TypeError, ValueError, OverflowError) as error:
        found = get_first_line(error)
        raise _make_error(f"Feature {name!r} does not describe a place: {found}.") from error


def _to_area(kind: str, coordinates: object) -> "Polygon | MultiPolygon":
    """Make an area of rings within a polygon, or of polygons.

    Rings become arrays first: what shapely says of lists that are no rings depends on them.
    """
    from shapely import MultiPolygon, Polygon
    from shapely.errors import ShapelyError

    parts = [coordinates] if kind == "Polygon" else _validate_list(coordinates, "polygons")
    rings = [[_to_corners(ring) for ring in _validate_list(part, "rings")] for part in parts]
    if not all(rings):
        raise ValueError("a polygon has no rings")
    try:
        areas = [Polygon(outline, holes) for outline, *holes in rings]
        return areas[0] if kind == "Polygon" else MultiPolygon(areas)
    except ShapelyError as error:
        raise ValueError(get_first_line(error)) from error


def _to_corners(ring: object) -> NDArray[np.float64]:
    corners = to_real_array(cast(ArrayLike, _validate_list(ring, "positions")), "a ring")
    # Heights are allowed by the standard.
    if corners.ndim != 2 or len(corners) < 3 or corners.shape[1] not in (2, 3):
        raise ValueError(f"a ring has shape {corners.shape}")
    if not np.isfinite(corners).all():
        raise ValueError("a ring has coordinates that are not finite")
    return corners


def _validate_list(stored: object, of: str) -> list[object]:
    if not isinstance(stored, (list, tuple)):
        raise TypeError(f"a list of {of} has the type {type(stored).__name__}")
    return list(stored)


def _make_error(problem: str) -> ValueError:
    return ValueError(
        explain(
            problem,
            "Regions are the features of a GeoJSON FeatureCollection, each a named Point, "
            "Polygon or MultiPolygon of two coordinates or more.",
            ["Pass what Regions.to_geojson gives, or its JSON text: path.read_text()."],
        )
    )
