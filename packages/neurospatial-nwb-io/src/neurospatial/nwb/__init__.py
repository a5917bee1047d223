"""NWB files in and out: sessions to animate, maps and fields stored beside the spikes."""

from neurospatial._lazy import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
