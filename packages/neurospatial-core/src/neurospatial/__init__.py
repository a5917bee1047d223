"""See spatial coding change over time."""

from importlib import import_module
from typing import TYPE_CHECKING

__path__ = __import__("pkgutil").extend_path(__path__, __name__)

if TYPE_CHECKING:
    from neurospatial.backends import animate_fields
    from neurospatial.environment import Environment
    from neurospatial.fields import compute_place_field, compute_place_fields
    from neurospatial.regions import Region, Regions

__all__ = [
    "Environment",
    "Region",
    "Regions",
    "animate_fields",
    "compute_place_field",
    "compute_place_fields",
]

_ROOMS = {
    "Environment": "environment",
    "Region": "regions",
    "Regions": "regions",
    "animate_fields": "backends",
    "compute_place_field": "fields",
    "compute_place_fields": "fields",
}


def __getattr__(name: str) -> object:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
