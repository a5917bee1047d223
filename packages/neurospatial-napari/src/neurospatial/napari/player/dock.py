"""The dock that a scene adds to the viewer's window."""

from typing import TYPE_CHECKING

from qtpy.QtCore import Qt
from qtpy.QtWidgets import QLabel, QMainWindow, QVBoxLayout, QWidget

from neurospatial.napari.layers.trace import TraceStrip, name_strips
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
    names = name_strips(scene.visible_strips)
    animation.strips = tuple(
        TraceStrip(trace, options.px_per_point, words)
        for trace, words in zip(scene.visible_strips, names, strict=True)
    )
    for strip in animation.strips:
        column.addWidget(strip, 1)
    clock = scene.timeline.clock

    def update_strips() -> None:
        for strip in animation.strips:
            strip.show_time(float(clock[animation.frame]))

    animation.subscribe(update_strips)
    update_strips()
    animation.clock.attach_to(whole)
    _attach_dock(animation, whole)


def _attach_dock(animation: "ViewerAnimation", widget: QWidget) -> None:
    window = animation.viewer.window
    dock = window.add_dock_widget(
        widget, name="Animation", area="bottom", add_vertical_stretch=False
    )
    _show_plain_status(dock)
    dock.destroyed.connect(animation.close_without_window)

    def remove() -> None:
        dock.destroyed.disconnect(animation.close_without_window)
        window.remove_dock_widget(dock)
        widget.deleteLater()

    animation.on_close(remove, needs_window=True)


def _show_plain_status(dock: QWidget) -> None:
    """Have the status bar show names and units as they are, whatever looks like markup in them."""
    window = dock.window()
    bar = window.statusBar() if isinstance(window, QMainWindow) else None
    for label in [] if bar is None else bar.findChildren(QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)
