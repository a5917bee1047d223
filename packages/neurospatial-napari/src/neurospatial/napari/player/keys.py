"""Keys of the player, on one viewer and the layers it shows."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from napari.layers import Layer
    from neurospatial.napari.player.animation import ViewerAnimation


def bind_keys(animation: "ViewerAnimation", layers: Sequence["Layer"]) -> None:
    """Have Space play and pause, and arrows step, until the animation is closed."""

    def step(by: int) -> None:
        animation.pause()
        animation.frame += by

    actions: dict[str, Callable[[], None]] = {
        "Space": animation.toggle,
        "Left": lambda: step(-1),
        "Right": lambda: step(1),
    }
    # The active layer is asked before the viewer, and napari has a use of its own for Space.
    for holder in (animation.viewer, *layers):
        for key, action in actions.items():
            holder.bind_key(key, _ignore_argument(action), overwrite=True)

    def unbind() -> None:
        for holder in (animation.viewer, *layers):
            for key in actions:
                holder.bind_key(key, None)

    animation.on_close(unbind)


def _ignore_argument(action: Callable[[], None]) -> Callable[[object], None]:
    return lambda holder: action()
