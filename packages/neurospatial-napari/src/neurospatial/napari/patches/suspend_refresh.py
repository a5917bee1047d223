"""Layers that are changed without being painted for each change."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import TYPE_CHECKING

from neurospatial.napari.patches.guard import guard_patch

if TYPE_CHECKING:
    from napari.layers import Layer as NapariLayer

_NAME = "suspend_refresh"


@contextmanager
def suspend_refresh(layer: "NapariLayer") -> Iterator[None]:
    """Change a layer without refreshing it.

    Neither the viewer nor the list of layers is notified of new data: they would work out
    anew where all layers end, and paint small pictures, which takes longer than the marks.
    """
    with layer.events.data.blocker(), ExitStack() as stack:
        # napari has no public way to set data and leave the small picture.
        with guard_patch(_NAME):
            blocked: AbstractContextManager[None] = layer._block_refresh()
            blocked.__enter__()
            stack.callback(_leave, blocked)
        yield


def _leave(blocked: AbstractContextManager[None]) -> None:
    with guard_patch(_NAME):
        blocked.__exit__(None, None, None)
