"""Spatial fields as video files: MP4, WebM, AVI or GIF."""

from neurospatial._lazy import attach_stub

# Not late: the first use of the module of that name would hide it.
from neurospatial.video.backend import backend as backend

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
