"""NWB files in and out: sessions to animate, maps and fields stored beside the spikes."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from neurospatial.nwb.file.edit import edit_nwb
    from neurospatial.nwb.results.environment import read_environment, write_environment
    from neurospatial.nwb.results.fields import FieldSeries, read_fields, write_fields
    from neurospatial.nwb.results.fields_extend import extend_fields
    from neurospatial.nwb.results.rate_maps_write import RateMaps, read_rate_maps, write_rate_maps
    from neurospatial.nwb.session.open import read_session
    from neurospatial.nwb.session.session import Session
    from neurospatial.nwb.write.overlays import read_calibration, write_overlays

__all__ = [
    "FieldSeries",
    "RateMaps",
    "Session",
    "edit_nwb",
    "extend_fields",
    "read_calibration",
    "read_environment",
    "read_fields",
    "read_rate_maps",
    "read_session",
    "write_environment",
    "write_fields",
    "write_overlays",
    "write_rate_maps",
]

_LATE = {
    "FieldSeries": "results.fields",
    "RateMaps": "results.rate_maps_write",
    "Session": "session.session",
    "edit_nwb": "file.edit",
    "extend_fields": "results.fields_extend",
    "read_calibration": "write.overlays",
    "read_environment": "results.environment",
    "read_fields": "results.fields",
    "read_rate_maps": "results.rate_maps_write",
    "read_session": "session.open",
    "write_environment": "results.environment",
    "write_fields": "results.fields",
    "write_overlays": "write.overlays",
    "write_rate_maps": "results.rate_maps_write",
}


def __getattr__(name: str) -> object:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATE[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
