"""The dock that a scene adds to the viewer's window."""

from typing import TYPE_CHECKING

from qtpy.QtWidgets import QVBoxLayout, QWidget

from neurospatial.napari.layers.trace import Strip
from neurospatial.napari.options import NapariOptions
from neurospatial.napari.player.controls import Controls

if TYPE_CHECKING:
    from neurospatial.napari.player.animation import ViewerAnimation


def add_dock(animation: "ViewerAnimation", options: NapariOptions) -> None:
    """Add the controls, and under them the signals where there are any."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(Controls(animation))
    scene = animation.scene
    animation.strips = tuple(Strip(trace, options.px_per_point) for trace in scene.strips)
    for strip in animation.strips:
        column.addWidget(strip, 1)
    clock = scene.timeline.clock

    def renew() -> None:
        for strip in animation.strips:
            strip.show_time(float(clock[animation.frame]))

    animation.listen(renew)
    renew()
    animation.clock.belong_to(whole)
    _add(animation, whole)


def _add(animation: "ViewerAnimation", widget: QWidget) -> None:
    window = animation.viewer.window
    dock = window.add_dock_widget(
        widget, name="Animation", area="bottom", add_vertical_stretch=False
    )
    dock.destroyed.connect(animation.window_gone)

    def remove() -> None:
        dock.destroyed.disconnect(animation.window_gone)
        window.remove_dock_widget(dock)
        widget.deleteLater()

    animation.at_close(remove, needs_window=True)
