"""What is assigned here to the protocol `Overlay` is compared with it by mypy, strictly."""

from neurospatial import overlays
from neurospatial.decoding.overlays import CredibleOverlay, ErrorOverlay, EstimateOverlay
from neurospatial.overlays import (
    BodypartOverlay,
    EventOverlay,
    HeadDirectionOverlay,
    ObjectVectorOverlay,
    PositionOverlay,
    RegionOverlay,
    TimeSeriesOverlay,
    VideoOverlay,
)
from neurospatial.scene import Overlay
from neurospatial.testing.scenes import FixedOverlay

EXPORTED: tuple[type[Overlay], ...] = (
    BodypartOverlay,
    EventOverlay,
    HeadDirectionOverlay,
    ObjectVectorOverlay,
    PositionOverlay,
    RegionOverlay,
    TimeSeriesOverlay,
    VideoOverlay,
)

OTHERS: tuple[type[Overlay], ...] = (
    CredibleOverlay,
    ErrorOverlay,
    EstimateOverlay,
    FixedOverlay,
)


def test_the_assigned_ones_are_all_that_are_exported() -> None:
    exported = {name for name in dir(overlays) if name.endswith("Overlay")}
    assert exported == {kind.__name__ for kind in EXPORTED}


def test_they_have_every_member() -> None:
    assert all(issubclass(kind, Overlay) for kind in (*EXPORTED, *OTHERS))
