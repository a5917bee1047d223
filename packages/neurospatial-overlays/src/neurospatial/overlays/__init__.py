"""Behaviour over spatial fields: position, pose, head direction, camera, events, signals."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from neurospatial.overlays.bodypart import BodypartOverlay
    from neurospatial.overlays.camera.calibrate import calibrate_video
    from neurospatial.overlays.camera.calibration import VideoCalibration
    from neurospatial.overlays.camera.lens import Lens
    from neurospatial.overlays.camera.projective import Projective2D
    from neurospatial.overlays.events import EventOverlay
    from neurospatial.overlays.head_direction import HeadDirectionOverlay
    from neurospatial.overlays.loaders.dlc import from_dlc
    from neurospatial.overlays.loaders.movement import from_movement
    from neurospatial.overlays.loaders.pynapple import from_pynapple
    from neurospatial.overlays.loaders.sleap import from_sleap
    from neurospatial.overlays.object_vector import ObjectVectorOverlay
    from neurospatial.overlays.position import PositionOverlay
    from neurospatial.overlays.reading.damage import VideoFrameError
    from neurospatial.overlays.reading.reader import VideoReader
    from neurospatial.overlays.region import RegionOverlay
    from neurospatial.overlays.skeleton import Skeleton
    from neurospatial.overlays.time_series import TimeSeriesOverlay
    from neurospatial.overlays.video import VideoOverlay

_ROOMS = {
    "BodypartOverlay": "bodypart",
    "EventOverlay": "events",
    "HeadDirectionOverlay": "head_direction",
    "Lens": "camera.lens",
    "ObjectVectorOverlay": "object_vector",
    "PositionOverlay": "position",
    "Projective2D": "camera.projective",
    "RegionOverlay": "region",
    "Skeleton": "skeleton",
    "TimeSeriesOverlay": "time_series",
    "VideoCalibration": "camera.calibration",
    "VideoFrameError": "reading.damage",
    "VideoOverlay": "video",
    "VideoReader": "reading.reader",
    "calibrate_video": "camera.calibrate",
    "from_dlc": "loaders.dlc",
    "from_movement": "loaders.movement",
    "from_pynapple": "loaders.pynapple",
    "from_sleap": "loaders.sleap",
}

__all__ = [
    "BodypartOverlay",
    "EventOverlay",
    "HeadDirectionOverlay",
    "Lens",
    "ObjectVectorOverlay",
    "PositionOverlay",
    "Projective2D",
    "RegionOverlay",
    "Skeleton",
    "TimeSeriesOverlay",
    "VideoCalibration",
    "VideoFrameError",
    "VideoOverlay",
    "VideoReader",
    "calibrate_video",
    "from_dlc",
    "from_movement",
    "from_pynapple",
    "from_sleap",
]


def __getattr__(name: str) -> object:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
