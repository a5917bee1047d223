"""Collecting the signals of all panels: they lie under the panels, and belong to the scene."""

from collections.abc import Sequence
from dataclasses import replace

from neurospatial.errors import explain
from neurospatial.scene.compile.overlays.context import Overlay
from neurospatial.scene.compile.overlays.number_names import number_names
from neurospatial.scene.layers import Trace
from neurospatial.scene.scene import Panel


class StripCollector:
    """Collects strips; those of an overlay that several panels share are taken once.

    Examples
    --------
    >>> StripCollector().collect()
    ()
    """

    def __init__(self) -> None:
        self._found: list[tuple[str, Trace]] = []
        self._seen: dict[int, object] = {}

    def add(
        self, origin: Overlay | Panel, traces: Sequence[Trace], title: str, shift: float
    ) -> None:
        """Add what an overlay, or a panel, has for strips.

        Parameters
        ----------
        origin : Overlay or Panel
            Whose they are.
        traces : sequence of Trace
        title : str
            Of the panel.
        shift : float
            By how much the panel's clock is later than the scene's [s].
        """
        if id(origin) in self._seen:
            return
        self._seen[id(origin)] = origin  # Kept, so that no other object gets its number.
        for trace in traces:
            moved = replace(trace, times=trace.times - shift) if shift else trace
            self._found.append((title, moved))

    def refuse_ignored(self, overlays: Sequence[Overlay]) -> None:
        """Raise if no panel has lowered one of the overlays that all share.

        Raises
        ------
        ValueError
            If it would be seen nowhere.
        """
        ignored = [overlay for overlay in overlays if id(overlay) not in self._seen]
        if ignored:
            name = type(ignored[0]).__name__
            raise ValueError(
                explain(
                    f"{name} in overlays= is drawn over none of the panels.",
                    "What panels share is drawn over fields, in the unit of their environment; "
                    "other panels, such as a CameraPanel, draw only their own.",
                    [
                        f"Hand it to its panel: CameraPanel(film, overlays=[{name}(...)])",
                        "Name the panel: overlays={title of the panel: [...]}",
                    ],
                )
            )

    def collect(self) -> tuple[Trace, ...]:
        """Return all strips, those of different panels that are named alike told apart."""
        panels: dict[str, set[str]] = {}
        for title, trace in self._found:
            panels.setdefault(trace.label or trace.name, set()).add(title)
        named = [
            _prefix(trace, title) if len(panels[trace.label or trace.name]) > 1 else trace
            for title, trace in self._found
        ]
        return number_names(named)


def _prefix(trace: Trace, title: str) -> Trace:
    if not title:
        return trace
    return replace(
        trace,
        name=f"{title}: {trace.name}",
        label=f"{title}: {trace.label}" if trace.label else "",
    )
