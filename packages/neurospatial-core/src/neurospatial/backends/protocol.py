"""What a backend is."""

from dataclasses import Field
from typing import Any, ClassVar, Protocol, TypeVar

from neurospatial.scene.layers import Layer
from neurospatial.scene.scene import Scene


class OptionsType(Protocol):
    """A dataclass that holds a backend's options."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


OptionsT = TypeVar("OptionsT", bound=OptionsType)


class Backend(Protocol[OptionsT]):
    """Something that presents scenes: a file writer, a viewer, a widget.

    An object of this kind is registered under the entry-point group
    ``neurospatial.backends``. Importing its module must be cheap: heavy
    dependencies are imported in `present`. It is generic in its options; assign
    it to ``Backend[YourOptions]`` to have a type checker compare the two.
    """

    @property
    def name(self) -> str:
        """What the user passes as ``backend=``."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File suffixes it writes, with their dot; empty for viewers."""

    @property
    def draws(self) -> frozenset[type[Layer]]:
        """Layer types it can show; the others are dropped with a warning before it is called."""

    @property
    def Options(self) -> type[OptionsT]:  # noqa: N802 - it is a class
        """Frozen dataclass of its keyword options.

        Fields called ``save_path``, ``dpi`` and ``progress`` are filled from the
        common parameters. It checks itself when made, before anything is compiled.
        """

    def unavailable(self) -> str | None:
        """None when it can run, else one line that says why not and how to mend it."""

    def present(self, scene: Scene, options: OptionsT) -> Any:
        """Show the scene; return a path, a viewer or a widget.

        Only the backend's own package knows its type.
        """


MEMBERS = ("name", "suffixes", "draws", "Options", "unavailable", "present")
"""What is asked of an object that an entry point leads to."""
