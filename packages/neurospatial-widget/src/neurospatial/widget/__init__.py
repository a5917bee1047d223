"""Spatial fields as a notebook widget: the web page's player, fed by the kernel."""

from neurospatial._lazy import attach_stub

# Not late: the first use of the module of that name would hide it.
from neurospatial.widget.backend import backend as backend

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
