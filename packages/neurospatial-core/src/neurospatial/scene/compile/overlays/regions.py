"""Regions of an environment, lowered to layers."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial.scene.layers import Layer, Points, Polygons, Rings, Text
from neurospatial.validate import rgba, validate_known

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from neurospatial.regions import Region

_COLORS = ("#ffffff", "#ff7f0e", "#e377c2", "#17becf", "#bcbd22", "#d62728")
"""Of one region after the other: white, and colours of matplotlib's that viridis lacks."""


def make_region_layers(
    regions: "Mapping[str, Region]", show: bool | Sequence[str], alpha: float
) -> tuple[Layer, ...]:
    """Draw regions over the field: areas filled, points marked, each with its name.

    Parameters
    ----------
    regions : mapping of str to Region
    show : bool or sequence of str
        All of them, none, or those named.
    alpha : float
        Opacity of the filling, in [0, 1].

    Returns
    -------
    tuple of Layer

    Raises
    ------
    ValueError
        If a named region does not exist.
    """
    layers: list[Layer] = []
    for number, name in enumerate(_select_regions(regions, show)):
        region = regions[name]
        color = _COLORS[number % len(_COLORS)]
        layers += _make_region(name, region, color, alpha)
    return tuple(layers)


def _select_regions(regions: "Mapping[str, Region]", show: bool | Sequence[str]) -> list[str]:
    if isinstance(show, (bool, np.bool_)):
        return list(regions) if show else []
    names = [show] if isinstance(show, str) else list(show)
    for name in names:
        validate_known(
            name,
            regions,
            "region",
            f"Regions are looked up in env.regions, which has {sorted(regions)}.",
            how=["Pass names that exist.", "Add it: env.regions.add(name, polygon=...)"],
        )
    return names


def _make_region(name: str, region: "Region", color: str, alpha: float) -> list[Layer]:
    place = name if name.lower().startswith("region") else f"Region {name}"
    if region.polygon is None:
        point = np.asarray(region.point, dtype=np.float64).reshape(1, 1, 2)
        mark = Points(name=place, xy=point, color=rgba(color), size=8.0, z=1.0)
        return [mark, _make_label(name, place, point[0, 0], below=12.0)]
    inside = region.polygon.representative_point()
    area = Polygons(
        name=place,
        polygons=to_rings(region.polygon),
        fill=rgba(color, alpha),
        edge=rgba(color),
        z=1.0,
    )
    return [area, _make_label(name, place, np.array([inside.x, inside.y]))]


def _make_label(name: str, place: str, anchor: NDArray[np.float64], below: float = 0.0) -> Text:
    return Text(
        name=f"{place} name",
        anchor=anchor.reshape(1, 2),
        strings=(name,),
        color=rgba("white"),
        size=9.0,
        shift=(0.0, -below),
        z=4.0,
    )


def to_rings(shape: "BaseGeometry") -> tuple[Rings, ...]:
    """Convert the areas of a shape to rings, as a `Polygons` layer has them.

    Examples
    --------
    >>> from shapely import box
    >>> [[len(ring) for ring in rings] for rings in to_rings(box(0, 0, 2, 1))]
    [[4]]
    """
    from shapely import Polygon, get_parts

    return tuple(
        tuple(
            np.asarray(ring.coords, dtype=np.float64)[:-1, :2]
            for ring in (part.exterior, *part.interiors)
        )
        for part in get_parts(shape)
        if isinstance(part, Polygon)
    )
