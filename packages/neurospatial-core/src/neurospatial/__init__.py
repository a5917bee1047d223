"""See spatial coding change over time."""

from neurospatial._lazy import attach_stub

__path__ = __import__("pkgutil").extend_path(__path__, __name__)

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
