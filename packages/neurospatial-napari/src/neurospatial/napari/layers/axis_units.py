"""What napari itself says of a scene: names of the axes and their units."""

from typing import TYPE_CHECKING

from neurospatial.scene import Scene

if TYPE_CHECKING:
    import napari
    from napari.layers import Layer as NapariLayer


def choose_axis_unit(scene: Scene) -> str:
    """Find the unit of the environment where napari knows it, else "pixel"."""
    import pint

    view = scene.panels[0].view
    registry = pint.get_application_registry()  # type: ignore[no-untyped-call]
    try:
        is_length = view.equal and view.units and registry(view.units).check("[length]")
    except (pint.PintError, ValueError, AttributeError):
        is_length = False
    return view.units if is_length else "pixel"


def set_units(layers: "list[NapariLayer]", unit: str) -> None:
    """Set the unit of every axis, the frames aside."""
    for layer in layers:
        layer.units = ("pixel",) * (layer.ndim - 2) + (unit, unit)


def label_axes(viewer: "napari.Viewer", scene: Scene) -> None:
    """Name the dimensions."""
    along_x, along_y = scene.panels[0].view.axis_labels
    before = viewer.dims.axis_labels[:-3]
    if viewer.dims.ndim > 2:
        viewer.dims.axis_labels = (*before, "frame", along_y, along_x)
