"""The documented import paths; nothing lives here."""

from neurospatial._lazy import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
