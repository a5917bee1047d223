"""A backend's own options, from keywords."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from neurospatial.backends.protocol import Backend, OptionsT
from neurospatial.backends.registry import find_installed, load_or_skip
from neurospatial.errors import suggest_name
from neurospatial.scene.compile.scene_options import SCENE_KEYWORDS


def make_options(
    backend: Backend[OptionsT], common: Mapping[str, Any], given: Mapping[str, Any]
) -> OptionsT:
    """Make the backend's options, or raise a TypeError that helps.

    Parameters
    ----------
    backend : Backend
    common : mapping
        Parameters that every call has; passed on where the backend takes them.
    given : mapping
        Keywords of this call that only some backends take.

    Returns
    -------
    dataclass
        An instance of ``backend.Options``.

    Raises
    ------
    TypeError
        If the backend does not take a keyword; the text names the nearest one
        it takes, and the backends that do take it.
    """
    takes = _get_option_names(backend)
    for name in given:
        if name not in takes:
            raise TypeError(_explain_unknown_option(name, backend, takes))
    common_options = {name: value for name, value in common.items() if name in takes}
    return backend.Options(**common_options, **given)


def _get_option_names(backend: Backend[Any]) -> set[str]:
    return {field.name for field in fields(backend.Options)}


def _explain_unknown_option(name: str, backend: Backend[Any], takes: set[str]) -> str:
    loaded = [
        load_or_skip(point) for point in find_installed().values() if point.name != backend.name
    ]
    others = [
        other.name for other in loaded if other is not None and name in _get_option_names(other)
    ]
    meant = suggest_name(name, takes | SCENE_KEYWORDS)
    text = f"The {backend.name} backend has no option {name!r}.{meant}"
    if others:
        text += f" {name!r} is an option of: {', '.join(others)}."
    return f"{text} Its options: {', '.join(sorted(takes))}."
