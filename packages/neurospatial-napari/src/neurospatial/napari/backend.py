"""The napari backend."""

from importlib.util import find_spec
from typing import TYPE_CHECKING

from neurospatial.install_hint import make_install_line
from neurospatial.napari.display import explain_missing_display, explain_qt_failure
from neurospatial.napari.options import NapariOptions
from neurospatial.scene.layers import LAYERS, Layer
from neurospatial.scene.scene import Scene

if TYPE_CHECKING:
    import napari

_BINDINGS = ("PyQt6", "PySide6", "PyQt5")


class NapariBackend:
    """Shows a scene in a napari viewer."""

    name: str = "napari"
    suffixes: tuple[str, ...] = ()
    draws: frozenset[type[Layer]] = LAYERS
    Options = NapariOptions

    def unavailable(self) -> str | None:
        """Explain what is missing: napari, a Qt or a screen; None where nothing is."""
        if find_spec("napari") is None:
            found = "Napari backend requires napari to be installed."
        elif not any(find_spec(binding) for binding in _BINDINGS):
            found = "napari is installed without a Qt to open windows with."
        else:
            return explain_missing_display()
        return f"{found} Install: {make_install_line('neurospatial[napari]')}"

    def present(self, scene: Scene, options: NapariOptions) -> "napari.Viewer":
        """Open a viewer, or add to the one given, and return it.

        Raises
        ------
        RuntimeError
            If Qt cannot open a window; the text names the known cause.
        """
        with explain_qt_failure():
            from neurospatial.napari.present import present_scene

        return present_scene(scene, options)


backend: NapariBackend = NapariBackend()
