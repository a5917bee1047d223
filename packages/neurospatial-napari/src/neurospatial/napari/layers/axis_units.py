"""What napari itself says of a scene: names of the axes and their units."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from neurospatial.napari.layers.placement import Placement
from neurospatial.scene import Scene

if TYPE_CHECKING:
    import napari
    from napari.layers import Layer as NapariLayer


_SYMBOLS = ("nm", "um", "µm", "μm", "mm", "cm", "dm", "m", "km", "in", "ft")
"""Of the micrometre with the micro sign, and with the Greek letter that looks like it."""

_PREFIXES = ("nano", "micro", "milli", "centi", "deci", "", "kilo")
_WORDS = ("meter", "metre", "meters", "metres")

LENGTHS = frozenset(
    {*_SYMBOLS, "micron", "microns", "inch", "inches", "foot", "feet"}
    | {f"{prefix}{word}" for prefix in _PREFIXES for word in _WORDS}
)
"""What units of length are called. napari has names of units evaluated as expressions, and what
a unit is called comes from files: none but these is handed to it."""


def choose_axis_unit(scene: Scene, placements: Sequence[Placement]) -> str:
    """Look up the unit of all panels; what is no known length is "pixel" to napari.

    So is that of panels of which one is scaled, or has another unit: napari has one for all.

    Parameters
    ----------
    scene : Scene
    placements : sequence of Placement

    Examples
    --------
    >>> from neurospatial.scene import Panel, Timeline, View
    >>> [
    ...     choose_axis_unit(
    ...         Scene((Panel(View((0, 0, 1, 1), unit), ()),), Timeline(1, 30.0)),
    ...         [Placement((0, 0, 1, 1))],
    ...     )
    ...     for unit in ("cm", "9**9**9", "")
    ... ]
    ['cm', 'pixel', 'pixel']
    """
    views = [panel.view for panel in scene.panels]
    unit = views[0].units
    alike = all(view.equal and view.units == unit for view in views)
    unscaled = all(placement.scale == 1.0 for placement in placements)
    return unit if alike and unscaled and unit in LENGTHS else "pixel"


def set_units(layers: "list[NapariLayer]", unit: str) -> None:
    """Set the unit of every axis, the frames aside."""
    for layer in layers:
        layer.units = ("pixel",) * (layer.ndim - 2) + (unit, unit)


def label_axes(viewer: "napari.Viewer", scene: Scene) -> None:
    """Name the dimensions: as all panels do, or plainly where they do not agree."""
    labels = {panel.view.axis_labels for panel in scene.panels}
    along_x, along_y = labels.pop() if len(labels) == 1 else ("x", "y")
    before = viewer.dims.axis_labels[:-3]
    if viewer.dims.ndim > 2:
        viewer.dims.axis_labels = (*before, "frame", along_y, along_x)
