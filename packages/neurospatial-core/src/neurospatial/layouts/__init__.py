"""The ways of cutting a space into bins."""

from neurospatial.layouts.grid import RegularGrid
from neurospatial.layouts.protocol import Layout

__all__ = ["Layout", "RegularGrid"]
