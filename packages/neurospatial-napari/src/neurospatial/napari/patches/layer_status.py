"""What napari says of a layer: in the status bar under the cursor, and in the list of layers."""

import html
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, cast

from neurospatial.napari.patches.guard import guard_patch

if TYPE_CHECKING:
    from napari.layers import Layer as NapariLayer

_NAME = "layer_status"


def extend_status(
    layers: "Iterable[NapariLayer]", describe: Callable[[float, float], dict[str, str]]
) -> Callable[[], None]:
    """Have layers say more in the status bar than napari's words; return what ends that.

    Without the patch the status bar has napari's words alone.

    Parameters
    ----------
    layers : iterable of napari.layers.Layer
    describe : callable
        From a row and a column of napari's world to what stands in place of napari's words.
    """
    extended: list[NapariLayer] = []

    def restore() -> None:
        for layer in extended:
            del layer.get_status
        extended.clear()

    with guard_patch(_NAME):
        for layer in layers:
            # napari has no public way to add to what a layer of its own kinds says.
            layer.get_status = _extend(layer.get_status, describe)
            extended.append(layer)
    return restore


def show_plain_tooltips(layers: "Iterable[NapariLayer]") -> None:
    """Have the tooltips in the list of layers show names as they are, for as long as they live.

    Qt takes what looks like markup for markup, pictures and links too. Without the patch it does.
    """
    with guard_patch(_NAME):
        for layer in layers:
            layer.get_source_str = _escape(layer.get_source_str)


def _escape(get_usual: Callable[[], str]) -> Callable[[], str]:
    def get_source_str() -> str:
        lines = html.escape(get_usual()).replace("\n", "<br>")
        return f"<qt>{lines}</qt>"

    return get_source_str


def _extend(
    get_usual: Callable[..., dict[str, str]],
    describe: Callable[[float, float], dict[str, str]],
) -> Callable[..., dict[str, str]]:
    def get_status(*arguments: object, **more: object) -> dict[str, str]:
        status = get_usual(*arguments, **more)
        place: tuple[float, float] | None = None
        with guard_patch(_NAME):
            first = arguments[0] if arguments else more.get("position")
            position = cast("Sequence[float] | None", first)
            if position is not None:
                place = float(position[-2]), float(position[-1])
        if place is None:
            return status
        # What goes wrong while a value is read is no matter of the patch.
        words = describe(*place)
        with guard_patch(_NAME):
            return {**status, **words}
        return status

    return get_status
