"""What the status bar says of the place under the cursor."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from neurospatial.napari.layers.base import ValuedDrawn
from neurospatial.scene import View

if TYPE_CHECKING:
    from napari.layers import Layer
    from neurospatial.napari.player.animation import ViewerAnimation


def say_values(
    animation: "ViewerAnimation",
    layers: Sequence["Layer"],
    fields: Sequence[ValuedDrawn],
) -> None:
    """Have each of these layers, when it is the active one, say place, bin and value.

    Until the animation is closed.
    """
    for layer in layers:
        usual = layer.get_status

        def status(
            position: Sequence[float] | None = None,
            *,
            usual: object = usual,
            **more: object,
        ) -> dict[str, str]:
            said: dict[str, str] = usual(position, **more)  # type: ignore[operator]
            if position is not None:
                row, column = position[-2], position[-1]
                said |= _said(animation.frame, float(row), float(column), fields)
            return said

        layer.get_status = status

    def as_before() -> None:
        for layer in layers:
            del layer.get_status

    animation.at_close(as_before)


def _said(
    frame: int,
    row: float,
    column: float,
    fields: Sequence[ValuedDrawn],
) -> dict[str, str]:
    for field in fields:
        placement = field.stage.placement
        x, y = placement.from_napari(row, column)
        if not placement.holds((x, y)):
            continue
        coords = place_in_words(x, y, field.stage.view)
        found = field.value(frame, x, y)
        value = "no bin" if found is None else f"bin {found[0]}: {found[1]:.4g}"
        return {"coords": coords, "value": value, "coordinates": f"{coords}   {value}"}
    return {"coords": "", "value": "", "coordinates": ""}


def place_in_words(x: float, y: float, view: View) -> str:
    """Say a place along the axes of a view.

    Examples
    --------
    >>> place_in_words(12.34, 5.0, View((0.0, 0.0, 50.0, 50.0), "cm"))
    'x = 12.34 cm, y = 5 cm'
    """
    words = []
    for number, label in zip((x, y), view.axis_labels, strict=True):
        name, _, unit = label.partition(" [")
        words.append(f"{name} = {number:.4g} {unit.rstrip(']')}".rstrip())
    return ", ".join(words)
