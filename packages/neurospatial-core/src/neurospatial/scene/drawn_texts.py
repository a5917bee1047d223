"""The words of a scene that are drawn with the fonts of this machine."""

from collections.abc import Iterator

from neurospatial.scene.layers import Text
from neurospatial.scene.scene import Scene


def iter_drawn_texts(scene: Scene) -> Iterator[str]:
    """Iterate over what is written on and around the panels, in any frame.

    Examples
    --------
    >>> from neurospatial.scene.timeline import Timeline
    >>> list(iter_drawn_texts(Scene((), Timeline(1, 30.0, labels=["start"]), "A cell")))
    ['A cell', 'start']
    """
    yield from _iter_still_texts(scene)
    yield from _iter_moving_texts(scene)


def _iter_still_texts(scene: Scene) -> Iterator[str]:
    """Iterate over what stands around the panels."""
    yield scene.title
    if scene.colorbar is not None:
        yield scene.colorbar.label
    for panel in scene.panels:
        yield from (panel.title, *panel.view.axis_labels)
        if panel.colorbar is not None:
            yield panel.colorbar.label
    for trace in scene.visible_strips:
        yield trace.label or trace.name


def _iter_moving_texts(scene: Scene) -> Iterator[str]:
    """Iterate over what is painted with the frames."""
    yield from scene.timeline.labels or ()
    for panel in scene.panels:
        yield panel.view.units  # Beside a scale bar.
        for layer in panel.layers:
            if isinstance(layer, Text) and layer.visible:
                yield from layer.strings
