"""Whether videos can be written, under its documented path."""

from neurospatial._lazy import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
