"""The named places of an environment, in the order they were added."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from numpy.typing import ArrayLike

from neurospatial.errors import explain, nearest
from neurospatial.regions.region import Region

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
            self._put(region)

    def add(
        self,
        name: str,
        *,
        point: ArrayLike | None = None,
        polygon: "ArrayLike | Polygon | MultiPolygon | None" = None,
        metadata: Mapping[str, object] | None = None,
    ) -> Region:
        """Add a region made of these (see `Region`) and give it.

        Raises
        ------
        ValueError
            If the name is taken, or the place is not one.
        """
        region = Region(name, point=point, polygon=polygon, metadata=metadata)
        self._put(region)
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

    def _put(self, region: Region) -> None:
        if region.name in self._regions:
            raise ValueError(
                explain(
                    f"There is a region {region.name!r} already.",
                    "Regions are found by name.",
                    [f"Take it out first: regions.remove({region.name!r}).", "Pick another name."],
                )
            )
        self._regions[region.name] = region

    def __getitem__(self, name: str) -> Region:
        if name not in self._regions:
            raise UnknownRegionError(
                explain(
                    f"There is no region {name!r}.{nearest(str(name), self._regions)}",
                    f"The regions are {', '.join(map(repr, self._regions)) or 'none'}.",
                    [f"Add it: regions.add({name!r}, point=(x, y))."],
                )
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
