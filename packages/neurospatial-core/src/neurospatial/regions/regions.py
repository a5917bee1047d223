"""The named places of an environment, in the order they were added."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from numpy.typing import ArrayLike

from neurospatial.errors import explain
from neurospatial.regions.region import Region
from neurospatial.validate import validate_known

if TYPE_CHECKING:
    from shapely import MultiPolygon, Polygon


class UnknownRegionError(KeyError):
    """No region has this name."""

    def __str__(self) -> str:
        return str(self.args[0])  # KeyError would show the text quoted, on one line


class Regions(Mapping[str, Region]):
    """Named places; a mapping from name to region.

    Parameters
    ----------
    regions : iterable of Region
        The first ones.

    Raises
    ------
    ValueError
        If two have the same name.

    Examples
    --------
    >>> regions = Regions()
    >>> _ = regions.add("goal", point=(80.0, 80.0))
    >>> list(regions)
    ['goal']
    """

    def __init__(self, regions: Iterable[Region] = ()) -> None:
        self._regions: dict[str, Region] = {}
        for region in regions:
            self._insert(region)

    def add(
        self,
        name: str,
        *,
        point: ArrayLike | None = None,
        polygon: "ArrayLike | Polygon | MultiPolygon | None" = None,
        metadata: Mapping[str, object] | None = None,
    ) -> Region:
        """Add a region made of these (see `Region`) and return it.

        Raises
        ------
        ValueError
            If the name is taken, or the place is not one.
        """
        region = Region(name, point=point, polygon=polygon, metadata=metadata)
        self._insert(region)
        return region

    def remove(self, name: str) -> None:
        """Take a region out.

        Raises
        ------
        UnknownRegionError
            If there is none of this name (a `KeyError`).
        """
        self[name]
        del self._regions[name]

    def rename(self, name: str, new_name: str) -> Region:
        """Rename a region, in the same place of the order.

        Raises
        ------
        UnknownRegionError
            If there is none of this name (a `KeyError`).
        ValueError
            If the new name is taken or empty.
        """
        old = self[name]
        renamed = Region(new_name, point=old.point, polygon=old.polygon, metadata=old.metadata)
        if new_name != name and new_name in self:
            raise _make_taken_error(new_name)
        self._replace(name, renamed)
        return renamed

    def update(
        self,
        name: str,
        *,
        point: ArrayLike | None = None,
        polygon: "ArrayLike | Polygon | MultiPolygon | None" = None,
        metadata: Mapping[str, object] | None = None,
    ) -> Region:
        """Change what is given of a region, and return it; the rest and the order stay.

        Raises
        ------
        UnknownRegionError
            If there is none of this name (a `KeyError`).
        ValueError
            If both point and polygon are given, or the place is not one.

        Examples
        --------
        >>> regions = Regions([Region("goal", point=(80.0, 80.0))])
        >>> regions.update("goal", point=(20.0, 80.0))
        Region('goal', point=(20, 80))
        """
        old = self[name]
        if point is None and polygon is None:
            point, polygon = old.point, old.polygon
        kept = old.metadata if metadata is None else metadata
        changed = Region(name, point=point, polygon=polygon, metadata=kept)
        self._replace(name, changed)
        return changed

    def to_geojson(self) -> dict[str, object]:
        """Convert to a GeoJSON feature collection (RFC 7946), for `json.dump`.

        Coordinates are those of the environment, not degrees. A region's name
        is its feature's id, its metadata are the properties.

        Raises
        ------
        TypeError
            If metadata are not JSON.
        ValueError
            If a point has one coordinate.

        Examples
        --------
        >>> regions = Regions([Region("goal", point=(80.0, 80.0))])
        >>> Regions.from_geojson(regions.to_geojson()) == regions
        True
        """
        from neurospatial.regions.geojson import to_features

        return to_features(self.values())

    @classmethod
    def from_geojson(cls, collection: str | Mapping[str, object]) -> "Regions":
        """Make regions of a GeoJSON feature collection, as text or as `json.load` gives it.

        A region's name is the id of its feature, or the property "name".

        Raises
        ------
        ValueError
            If it is not such a collection, names are missing or repeated, or a
            feature is neither point nor polygon.
        """
        from neurospatial.regions.geojson import from_features

        return cls(from_features(collection))

    def _replace(self, name: str, region: Region) -> None:
        self._regions = {
            (region.name if key == name else key): (region if key == name else kept)
            for key, kept in self._regions.items()
        }

    def _insert(self, region: Region) -> None:
        if region.name in self._regions:
            raise _make_taken_error(region.name)
        self._regions[region.name] = region

    def __getitem__(self, name: str) -> Region:
        validate_known(
            name,
            self._regions,
            "region",
            f"The regions are {', '.join(map(repr, self._regions)) or 'none'}.",
            how=[f"Add it: regions.add({name!r}, point=(x, y))."],
            error=UnknownRegionError,
        )
        return self._regions[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._regions)

    def __len__(self) -> int:
        return len(self._regions)

    def __contains__(self, name: object) -> bool:
        return name in self._regions

    def __repr__(self) -> str:
        return f"Regions({list(self._regions.values())!r})"


def _make_taken_error(name: str) -> ValueError:
    return ValueError(
        explain(
            f"There is a region {name!r} already.",
            "Regions are found by name.",
            [f"Take it out first: regions.remove({name!r}).", "Pick another name."],
        )
    )
