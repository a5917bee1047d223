"""What the status bar says of the place under the cursor."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from neurospatial.napari.layers.base import ValueLayerView
from neurospatial.napari.layers.qt_text import format_number
from neurospatial.napari.patches.layer_status import extend_status, show_plain_tooltips
from neurospatial.scene import View

if TYPE_CHECKING:
    from napari.layers import Layer
    from neurospatial.napari.player.animation import ViewerAnimation


def report_values(
    animation: "ViewerAnimation",
    layers: Sequence["Layer"],
    fields: Sequence[ValueLayerView],
) -> None:
    """Have each of these layers, when it is the active one, report place, bin and value.

    Until the animation is closed; and its name in a tooltip as it is, also later.
    """

    def describe(row: float, column: float) -> dict[str, str]:
        return _describe_position(animation.frame, row, column, fields)

    animation.on_close(extend_status(layers, describe))
    show_plain_tooltips(layers)


def _describe_position(
    frame: int,
    row: float,
    column: float,
    fields: Sequence[ValueLayerView],
) -> dict[str, str]:
    for field in fields:
        placement = field.context.placement
        x, y = placement.from_napari(row, column)
        if not placement.contains((x, y)):
            continue
        coords = format_position(x, y, field.context.view)
        found = field.read_value(frame, x, y)
        value = "no bin"
        if found is not None:
            value = f"bin {found[0]}: {format_number(found[1], field.resolution)}"
        return {"coords": coords, "value": value, "coordinates": f"{coords}   {value}"}
    return {"coords": "", "value": "", "coordinates": ""}


def format_position(x: float, y: float, view: View) -> str:
    """Format a place along the axes of a view.

    Examples
    --------
    >>> format_position(12.34, 5.0, View((0.0, 0.0, 50.0, 50.0), "cm"))
    'x = 12.34 cm, y = 5 cm'
    >>> format_position(512.34, 5000012.34, View((500.0, 5e6, 550.0, 5000050.0), "m"))
    'x = 512.34 m, y = 5000012.34 m'
    >>> format_position(1.0, 2.0, View((0.0, 0.0, 9.0, 9.0), "[u]", axis_names=("a [b", "c")))
    'a [b = 1 [u], c = 2 [u]'
    """
    parts = []
    x_min, y_min, x_max, y_max = view.bounds
    spans = x_max - x_min, y_max - y_min
    for number, span, label in zip((x, y), spans, view.axis_labels, strict=True):
        # A name may have brackets of its own; those of the unit are at the end.
        has_unit = label.endswith("]") and " [" in label
        name, _, unit = label.rpartition(" [") if has_unit else (label, "", "")
        words = format_number(number, span / 10**4)
        parts.append(f"{name} = {words} {unit[:-1]}".rstrip())
    return ", ".join(parts)
