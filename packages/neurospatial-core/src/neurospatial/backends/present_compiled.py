"""From a scene that is yet to be compiled to what a backend makes of it."""

import os
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from neurospatial.backends.choose import choose_backend, is_notebook
from neurospatial.backends.open_page import PAGE_SUFFIX, open_page, reserve_page
from neurospatial.backends.options import make_options
from neurospatial.backends.protocol import Backend
from neurospatial.errors import explain
from neurospatial.scene import Scene
from neurospatial.scene.compile.scene_options import SCENE_KEYWORDS

_COMMON = ("dpi", "progress")
"""Parameters that every call has, whatever the backend."""


def split_keywords(keywords: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Split keywords into those of a scene, and those of a backend."""
    asked = {name: value for name, value in keywords.items() if name in SCENE_KEYWORDS}
    return asked, {name: value for name, value in keywords.items() if name not in SCENE_KEYWORDS}


def present_compiled(
    compile_it: Callable[[], Scene],
    backend: str,
    save_path: str | os.PathLike[str] | None,
    options: Mapping[str, Any],
) -> Any:
    """Choose the backend, check its options, compile the scene and have it presented.

    Parameters
    ----------
    compile_it : callable
        Makes the scene, once all else has been checked.
    backend : str
        As for `neurospatial.animate_fields`.
    save_path : path-like or None
    options : mapping of str
        ``dpi``, ``progress``, and those of the backend.

    Returns
    -------
    pathlib.Path, or what the backend shows
    """
    target = _to_path(save_path)
    chosen = choose_backend(backend, target)
    others = {name: value for name, value in options.items() if name not in _COMMON}

    def present(path: Path | None) -> Any:
        common = {"save_path": path, **{name: options[name] for name in _COMMON}}
        made = make_options(chosen, common, others)
        return chosen.present(_drop_undrawn_layers(compile_it(), chosen), made)

    is_page = PAGE_SUFFIX in chosen.suffixes
    if backend != "auto" or target is not None or not is_page or is_notebook():
        return present(target)
    with reserve_page() as page:
        present(page)
    open_page(page)
    return page


def _to_path(save_path: str | os.PathLike[str] | None) -> Path | None:
    try:
        return None if save_path is None else Path(os.fsdecode(save_path))
    except TypeError:
        raise TypeError(
            explain(
                f"save_path is {save_path!r}.",
                "It names the file to write, and its suffix says which kind.",
                ["Pass a path such as save_path='rates.mp4'.", "Leave it out to look at it."],
            )
        ) from None


def _drop_undrawn_layers(scene: Scene, backend: Backend[Any]) -> Scene:
    """Drop the layers that the backend does not draw, and say so."""
    missing = scene.layer_types - backend.draws
    if not missing:
        return scene
    dropped = sorted(
        {
            layer.name
            for layer in (*(x for panel in scene.panels for x in panel.layers), *scene.strips)
            if type(layer) in missing
        }
    )
    warnings.warn(
        f"The {backend.name} backend does not draw {', '.join(dropped)} "
        f"({', '.join(sorted(kind.__name__ for kind in missing))} layers); they are left out.",
        stacklevel=3,
    )
    return scene.restricted_to(backend.draws)
