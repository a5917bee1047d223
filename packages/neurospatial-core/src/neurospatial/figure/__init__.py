"""One frame of a scene as a figure of matplotlib: PNG, PDF or SVG."""

from neurospatial._lazy import attach_stub

# Not late: the first use of the module of that name would hide it.
from neurospatial.figure.backend import backend as backend

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
