"""How a scene gets to be seen: the backends, found by entry points."""

from neurospatial.backends.choose import choose_backend
from neurospatial.backends.ffmpeg import check_ffmpeg_available
from neurospatial.backends.field_animation import animate_fields
from neurospatial.backends.keywords import AnimationKeywords, SavablePage
from neurospatial.backends.large_session import large_session_napari_config
from neurospatial.backends.open_scene import demo_scene, open_scene
from neurospatial.backends.panel_animation import animate
from neurospatial.backends.protocol import Backend
from neurospatial.backends.registry import (
    BackendStatus,
    backend_names,
    backend_statuses,
    get_backend,
)
from neurospatial.backends.unavailable import BackendUnavailable

__all__ = [
    "AnimationKeywords",
    "Backend",
    "BackendStatus",
    "BackendUnavailable",
    "SavablePage",
    "animate",
    "animate_fields",
    "backend_names",
    "backend_statuses",
    "check_ffmpeg_available",
    "choose_backend",
    "demo_scene",
    "get_backend",
    "large_session_napari_config",
    "open_scene",
]
