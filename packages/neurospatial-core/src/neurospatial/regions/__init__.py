"""Named places in an environment."""

from neurospatial.regions.region import Region
from neurospatial.regions.regions import Regions, UnknownRegionError

__all__ = ["Region", "Regions", "UnknownRegionError"]
