"""What the get_status bar says of the place under the cursor."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from neurospatial.napari.layers.base import ValueLayerView
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

    Until the animation is closed.
    """
    for layer in layers:
        usual = layer.get_status

        def get_status(
            position: Sequence[float] | None = None,
            *,
            usual: object = usual,
            **more: object,
        ) -> dict[str, str]:
            status: dict[str, str] = usual(position, **more)  # type: ignore[operator]
            if position is not None:
                row, column = position[-2], position[-1]
                status |= _describe_position(animation.frame, float(row), float(column), fields)
            return status

        layer.get_status = get_status

    def restore() -> None:
        for layer in layers:
            del layer.get_status

    animation.on_close(restore)


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
        value = "no bin" if found is None else f"bin {found[0]}: {found[1]:.4g}"
        return {"coords": coords, "value": value, "coordinates": f"{coords}   {value}"}
    return {"coords": "", "value": "", "coordinates": ""}


def format_position(x: float, y: float, view: View) -> str:
    """Format a place along the axes of a view.

    Examples
    --------
    >>> format_position(12.34, 5.0, View((0.0, 0.0, 50.0, 50.0), "cm"))
    'x = 12.34 cm, y = 5 cm'
    """
    parts = []
    for number, label in zip((x, y), view.axis_labels, strict=True):
        name, _, unit = label.partition(" [")
        parts.append(f"{name} = {number:.4g} {unit.rstrip(']')}".rstrip())
    return ", ".join(parts)
