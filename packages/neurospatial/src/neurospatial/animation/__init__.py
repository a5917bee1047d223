"""The documented import paths; nothing lives here."""

from typing import TYPE_CHECKING

from neurospatial.animation.reexport import reexported

if TYPE_CHECKING:
    from neurospatial.backends import animate_fields, large_session_napari_config
    from neurospatial.overlays import (
        BodypartOverlay,
        EventOverlay,
        HeadDirectionOverlay,
        Lens,
        ObjectVectorOverlay,
        PositionOverlay,
        RegionOverlay,
        Skeleton,
        TimeSeriesOverlay,
        VideoCalibration,
        VideoOverlay,
        VideoReader,
        calibrate_video,
        from_dlc,
        from_movement,
        from_pynapple,
        from_sleap,
    )
    from neurospatial.scene import estimate_colormap_range_from_subset, subsample_frames

__all__ = [
    "BodypartOverlay",
    "EventOverlay",
    "HeadDirectionOverlay",
    "Lens",
    "ObjectVectorOverlay",
    "PositionOverlay",
    "RegionOverlay",
    "Skeleton",
    "TimeSeriesOverlay",
    "VideoCalibration",
    "VideoOverlay",
    "VideoReader",
    "animate_fields",
    "calibrate_video",
    "estimate_colormap_range_from_subset",
    "from_dlc",
    "from_movement",
    "from_pynapple",
    "from_sleap",
    "large_session_napari_config",
    "subsample_frames",
]

_ROOMS = {
    "animate_fields": "neurospatial.backends",
    "large_session_napari_config": "neurospatial.backends",
    "estimate_colormap_range_from_subset": "neurospatial.scene",
    "subsample_frames": "neurospatial.scene",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return reexported(name, _ROOMS.get(name, "neurospatial.overlays"))


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
