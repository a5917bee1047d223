"""A region as JSON keeps it, down to the last bit."""

import json

from neurospatial.errors import explain, get_first_line
from neurospatial.regions.region import Region


def to_json(region: Region) -> dict[str, object]:
    """Convert a region to text and numbers; areas to hexadecimal WKB, which is exact.

    Raises
    ------
    TypeError
        If JSON would not give the metadata back as they are.

    Examples
    --------
    >>> to_json(Region("goal", point=(80.0, 70.0)))
    {'name': 'goal', 'metadata': {}, 'point': [80.0, 70.0]}
    """
    stored: dict[str, object] = {"name": region.name, "metadata": validate_metadata(region)}
    if region.point is not None:
        return {**stored, "point": region.point.tolist()}
    import shapely

    return {**stored, "wkb": shapely.to_wkb(region.polygon, hex=True)}


def from_json(stored: object) -> Region:
    """Make the region again that `to_json` described.

    Raises
    ------
    KeyError, TypeError, ValueError
        If it is not such a description.

    Examples
    --------
    >>> from_json({"name": "goal", "metadata": {}, "point": [80.0, 70.0]})
    Region('goal', point=(80, 70))
    """
    if not isinstance(stored, dict) or not isinstance(stored["name"], str):
        raise TypeError("a region is not described")
    name, metadata = stored["name"], stored["metadata"]
    if "point" in stored:
        return Region(name, point=stored["point"], metadata=metadata)
    import shapely

    try:
        area = shapely.from_wkb(stored["wkb"])
    except shapely.errors.ShapelyError as error:
        raise ValueError(f"region {name!r} is not an area: {get_first_line(error)}") from error
    if not isinstance(area, (shapely.Polygon, shapely.MultiPolygon)):
        raise TypeError(f"region {name!r} is not an area")
    return Region(name, polygon=area, metadata=metadata)


def validate_metadata(region: Region) -> dict[str, object]:
    """Validate that JSON gives a region's metadata back as they are.

    Raises
    ------
    TypeError
        If it does not: arrays, sets, tuples, NaN or keys that are not text.
    """
    metadata = region.metadata
    try:
        same = json.loads(json.dumps(metadata, allow_nan=False)) == metadata
    except (TypeError, ValueError):
        same = False
    if same:
        return metadata
    raise TypeError(
        explain(
            f"The metadata of region {region.name!r} are not JSON: {metadata!r}.",
            "A file keeps them as JSON: text, finite numbers, True, False, None, lists and "
            "dicts with text as keys.",
            ["Convert arrays and tuples: list(value) or array.tolist().", "Leave them out."],
        )
    )
