"""For the tests of backends and overlays, ours and a third party's."""

from neurospatial.testing.conformance import BackendTests
from neurospatial.testing.layouts import LAYOUTS
from neurospatial.testing.reference import Reference, ReferenceBackend
from neurospatial.testing.scenes import CountingSource, scene_of

__all__ = [
    "LAYOUTS",
    "BackendTests",
    "CountingSource",
    "Reference",
    "ReferenceBackend",
    "scene_of",
]
