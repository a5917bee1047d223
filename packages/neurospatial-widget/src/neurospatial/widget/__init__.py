"""Spatial fields as a notebook widget: the web page's player, fed by the kernel."""

from importlib import import_module
from typing import TYPE_CHECKING

from neurospatial.widget.backend import WidgetBackend, backend
from neurospatial.widget.options import WidgetOptions

if TYPE_CHECKING:
    from neurospatial.widget.fields_widget import FieldsWidget

__all__ = ["FieldsWidget", "WidgetBackend", "WidgetOptions", "backend"]

_LATE = {"FieldsWidget": "fields_widget"}


def __getattr__(name: str) -> object:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATE[name]}"), name)
