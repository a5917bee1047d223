"""The widget backend."""

from importlib.util import find_spec
from typing import TYPE_CHECKING

from neurospatial.install_hint import make_install_line
from neurospatial.scene.layers import LAYERS, Layer
from neurospatial.scene.scene import Scene
from neurospatial.widget.options import WidgetOptions

if TYPE_CHECKING:
    from neurospatial.widget.fields_widget import FieldsWidget

_NEEDS = ("ipywidgets", "anywidget")


class WidgetBackend:
    """Shows a scene in a notebook, its data sent as it is looked at."""

    name: str = "widget"
    suffixes: tuple[str, ...] = ()
    draws: frozenset[type[Layer]] = LAYERS
    Options = WidgetOptions

    def unavailable(self) -> str | None:
        """None when ipywidgets and anywidget are there."""
        missing = [module for module in _NEEDS if find_spec(module) is None]
        if not missing:
            return None
        return (
            f"Widget backend requires ipywidgets. Missing: {', '.join(missing)}. "
            f"Install: {make_install_line('neurospatial[widget]')}"
        )

    def present(self, scene: Scene, options: WidgetOptions) -> "FieldsWidget":
        """Make the widget; no value of the fields is read yet."""
        from neurospatial.widget.fields_widget import FieldsWidget

        return FieldsWidget(scene, options)


backend: WidgetBackend = WidgetBackend()
