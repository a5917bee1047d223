"""NWB files in and out: sessions to animate, maps and fields stored beside the spikes."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from neurospatial.nwb.append import appended
    from neurospatial.nwb.environments import read_environment, write_environment
    from neurospatial.nwb.field_series import FieldSeries, extend_fields, read_fields, write_fields
    from neurospatial.nwb.rate_maps import RateMaps, read_rate_maps, write_rate_maps
    from neurospatial.nwb.reading import read_session
    from neurospatial.nwb.recorded import read_calibration, write_overlays
    from neurospatial.nwb.session import Session

__all__ = [
    "FieldSeries",
    "RateMaps",
    "Session",
    "appended",
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
    "FieldSeries": "field_series",
    "RateMaps": "rate_maps",
    "Session": "session",
    "appended": "append",
    "extend_fields": "field_series",
    "read_calibration": "recorded",
    "read_environment": "environments",
    "read_fields": "field_series",
    "read_rate_maps": "rate_maps",
    "read_session": "reading",
    "write_environment": "environments",
    "write_fields": "field_series",
    "write_overlays": "recorded",
    "write_rate_maps": "rate_maps",
}


def __getattr__(name: str) -> object:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATE[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
