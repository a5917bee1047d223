"""What is handed over to be drawn over the fields."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from neurospatial.errors import explain
from neurospatial.scene.compile.overlays.context import Overlay
from neurospatial.validate import validate_known


def to_overlays(overlays: Overlay | Iterable[Overlay] | None) -> tuple[Overlay, ...]:
    """Read one overlay, or several, as a tuple.

    Raises
    ------
    TypeError
        If something else is among them.
    """
    if overlays is None:
        return ()
    given: tuple[object, ...]
    if isinstance(overlays, Overlay) or not hasattr(overlays, "__iter__"):
        given = (overlays,)
    else:
        given = tuple(overlays)
    for overlay in given:
        if not isinstance(overlay, Overlay):
            raise TypeError(
                explain(
                    f"overlays holds a {type(overlay).__name__}, which has no layers(context).",
                    "An overlay says what to draw by lowering itself to layers.",
                    ["Pass overlay objects, such as PositionOverlay(positions, times)."],
                )
            )
    return cast("tuple[Overlay, ...]", given)


def split_overlays(
    overlays: Any, titles: Sequence[str]
) -> tuple[tuple[Overlay, ...], dict[str, tuple[Overlay, ...]]]:
    """Split overlays into those that all panels share, and each panel's own.

    Parameters
    ----------
    overlays : Overlay, iterable of Overlay, mapping of these, or None
        A mapping has the title of a panel for each, or None for those that are shared.
    titles : sequence of str
        Of the panels.

    Raises
    ------
    ValueError
        If there is no panel of a name; the text says which is nearest.

    Examples
    --------
    >>> split_overlays({None: None, "cell 1": []}, ["cell 1", "cell 2"])
    ((), {'cell 1': ()})
    """
    if not isinstance(overlays, Mapping):
        return to_overlays(overlays), {}
    own = {str(name): to_overlays(some) for name, some in overlays.items() if name is not None}
    there = [title for title in titles if title]
    for name in own:
        validate_known(
            name,
            there,
            "panel",
            "Overlays in a mapping belong to the panels of these names; under None they "
            "belong to all.",
            how=["Name panels by their titles.", "Pass a list: it is drawn over every panel."],
        )
    return to_overlays(overlays.get(None)), own
