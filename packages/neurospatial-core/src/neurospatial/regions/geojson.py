"""Regions as GeoJSON (RFC 7946), which other programs read and write."""

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, cast

from neurospatial.errors import explain
from neurospatial.regions.json_io import validate_metadata
from neurospatial.regions.region import Region

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
    try:
        read = json.loads(collection) if isinstance(collection, str) else collection
    except ValueError as error:
        raise _make_error(f"The text is not JSON: {error}.") from error
    features = read.get("features") if isinstance(read, Mapping) else None
    if not isinstance(features, list):
        raise _make_error("There is no list of features.")
    return [_to_region(number, feature) for number, feature in enumerate(features)]


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
    if not isinstance(name, (str, int)) or name == "":
        raise _make_error(f"Feature {number} has neither an id nor a name.")
    geometry = feature["geometry"]
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    try:
        if kind == "Point":
            return Region(str(name), point=coordinates, metadata=properties)
        if kind in ("Polygon", "MultiPolygon"):
            import shapely

            area = cast("Polygon | MultiPolygon", shapely.geometry.shape(geometry))
            return Region(str(name), polygon=area, metadata=properties)
    except (TypeError, ValueError, IndexError) as error:
        found = str(error).split("\n")[0]
        raise _make_error(f"Feature {name!r} does not describe a place: {found}") from error
    raise _make_error(f"Feature {name!r} is a {kind}.")


def _make_error(problem: str) -> ValueError:
    return ValueError(
        explain(
            problem,
            "Regions are the features of a GeoJSON FeatureCollection, each a named Point, "
            "Polygon or MultiPolygon of two coordinates or more.",
            ["Pass what Regions.to_geojson gives, or its JSON text: path.read_text()."],
        )
    )
