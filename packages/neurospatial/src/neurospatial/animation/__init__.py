"""The documented import paths; nothing lives here."""

from typing import TYPE_CHECKING

from neurospatial.animation.reexport import reexported

if TYPE_CHECKING:
    from neurospatial.backends import animate_fields, large_session_napari_config
    from neurospatial.scene import estimate_colormap_range_from_subset, subsample_frames

__all__ = [
    "animate_fields",
    "estimate_colormap_range_from_subset",
    "large_session_napari_config",
    "subsample_frames",
]

_ROOMS = {
    "animate_fields": "neurospatial.backends",
    "large_session_napari_config": "neurospatial.backends",
    "estimate_colormap_range_from_subset": "neurospatial.scene",
    "subsample_frames": "neurospatial.scene",
    "BodypartOverlay": "neurospatial.overlays",
    "HeadDirectionOverlay": "neurospatial.overlays",
    "PositionOverlay": "neurospatial.overlays",
    "VideoCalibration": "neurospatial.overlays",
    "VideoOverlay": "neurospatial.overlays",
    "calibrate_video": "neurospatial.overlays",
}


def __getattr__(name: str) -> object:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return reexported(name, _ROOMS[name])


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
