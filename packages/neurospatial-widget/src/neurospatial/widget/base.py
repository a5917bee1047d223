"""The widget that ours is made of, with the types that ipywidgets does not publish."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import traitlets

    class Widget(traitlets.HasTraits):
        """What is used of anywidget.AnyWidget.

        Attributes
        ----------
        layout : traitlets.HasTraits
            Width, height and the like, as ipywidgets.Layout has them.
        """

        layout: traitlets.HasTraits

        def send(
            self, content: Mapping[str, object], buffers: Sequence[bytes] | None = None
        ) -> None:
            """Send a message to every view."""

        def on_msg(self, callback: Callable[[object, Mapping[str, object], object], None]) -> None:
            """Have a function called with every message of a view."""

        def close(self) -> None:
            """Take the widget off the screen."""

        def _repr_mimebundle_(self) -> tuple[dict[str, object], dict[str, object]]: ...
else:
    from anywidget import AnyWidget as Widget

__all__ = ["Widget"]
