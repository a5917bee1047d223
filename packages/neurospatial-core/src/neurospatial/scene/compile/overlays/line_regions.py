"""Regions of an environment, on the axis of distance."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from neurospatial.errors import explain
from neurospatial.layouts import Layout, Linear, is_linear
from neurospatial.layouts.linear import linearize_positions
from neurospatial.scene.compile.overlays.regions import make_region_layers
from neurospatial.scene.layers import Layer
from neurospatial.scene.raster import Bounds

if TYPE_CHECKING:
    from shapely import MultiPolygon, Polygon

    from neurospatial.regions import Region

_POINT_HEIGHT = 0.08
"""Share of the value axis: where a point's mark stands, with room for its name below."""


def make_line_region_layers(
    layout: Layout,
    bounds: Bounds,
    regions: "Mapping[str, Region]",
    show: bool | Sequence[str],
    alpha: float,
) -> tuple[Layer, ...]:
    """Draw areas as the stretches of distance that they hold, points on the axis.

    Parameters
    ----------
    layout : Layout
        A 1-D layout.
    bounds : tuple of float
        Distance by value.
    regions : mapping of str to Region
        In the plane of the track; a point may be a distance.
    show : bool or sequence of str
        All of them, none, or those named.
    alpha : float
        Opacity of the filling, in [0, 1].

    Returns
    -------
    tuple of Layer
        Nothing for an area that holds no part of the track.

    Raises
    ------
    ValueError
        If a named region does not exist, or one lies in the plane and the layout does not.
    """
    if isinstance(show, (bool, np.bool_)):
        chosen = list(regions) if show else []
    else:
        chosen = [show] if isinstance(show, str) else list(show)
    placed = {
        name: _place_region(layout, bounds, regions[name]) for name in chosen if name in regions
    }
    on_line = {name: region for name, region in placed.items() if region is not None}
    shown = [name for name in chosen if name in on_line or name not in regions]
    return make_region_layers({**regions, **on_line}, shown, alpha)


def _place_region(layout: Layout, bounds: Bounds, region: "Region") -> "Region | None":
    from neurospatial.regions import Region

    point, polygon = region.point, region.polygon
    # High enough for the name, which stands below its mark.
    height = bounds[1] + _POINT_HEIGHT * (bounds[3] - bounds[1])
    if point is not None and point.shape == (1,):
        return Region(region.name, point=(point[0], height))
    if not is_linear(layout):
        raise ValueError(
            explain(
                f"Region {region.name!r} lies in the plane, and the environment on one axis.",
                "Nothing says where in the plane the bins of a 1-D grid lie.",
                ["Pass a region of one coordinate: Region('goal', point=(80,)).",
                 "Build the environment with Environment.from_graph."],
            )
        )  # fmt: skip
    if point is not None:
        return Region(region.name, point=(linearize_positions(layout, point[None])[0], height))
    if polygon is None:
        return None
    area = _find_stretches(layout, polygon, bounds)
    return None if area is None else Region(region.name, polygon=area)


def _find_stretches(
    layout: Linear, polygon: "Polygon | MultiPolygon", bounds: Bounds
) -> "Polygon | MultiPolygon | None":
    """Find what the area holds of each edge, as boxes of distance by value."""
    import shapely

    _, low, _, high = bounds
    boxes = []
    for ends, span in zip(layout.segments, layout.segment_spans, strict=True):
        # Of a curve the segments are chords, shorter than the distance along it.
        stretched = (span[1] - span[0]) / np.hypot(*(ends[1] - ends[0]))
        for part in shapely.get_parts(shapely.LineString(ends).intersection(polygon)):
            if part.length > 0:
                away = shapely.get_coordinates(part) - ends[0]
                distance = span[0] + stretched * np.hypot(*away.T)
                boxes.append(shapely.box(distance.min(), low, distance.max(), high))
    area = shapely.union_all(boxes)
    return area if isinstance(area, (shapely.Polygon, shapely.MultiPolygon)) and boxes else None
