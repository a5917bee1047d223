"""Which backend shows the fields when the user does not say."""

import logging
import os
import sys
from pathlib import Path
from typing import Any

from neurospatial.backends.protocol import Backend
from neurospatial.backends.registry import find_backend_for_suffix, get_backend
from neurospatial.backends.unavailable import BackendUnavailable
from neurospatial.errors import explain

_log = logging.getLogger("neurospatial")

_UNSEEN = ("offscreen", "minimal")
"""Platforms of Qt whose windows nobody sees."""


def choose_backend(backend: str, save_path: Path | None) -> Backend[Any]:
    """Load the backend asked for, or the one that suits; the choice is logged.

    Parameters
    ----------
    backend : str
        A name, or "auto": by the suffix of `save_path`; else by the environment
        variable ``NEUROSPATIAL_BACKEND``; else in a notebook the widget, whatever
        the number of frames; napari where it can open a window; and html.
    save_path : pathlib.Path or None

    Returns
    -------
    Backend
        One that can run here.

    Raises
    ------
    BackendUnavailable
        If it is not installed, or something it needs is missing.
    ValueError
        If there is no such backend, or it does not write such files.
    """
    if backend != "auto":
        chosen, reason = get_backend(backend), "it was asked for"
    elif save_path is not None:
        chosen = find_backend_for_suffix(save_path.suffix.lower())
        reason = f"save_path ends in {save_path.suffix}"
    else:
        name, reason = _choose_without_file()
        chosen = get_backend(name)
    _check_available(chosen)
    _check_suffix(chosen, save_path)
    _log.info("Backend %s: %s.", chosen.name, reason)
    return chosen


def is_notebook() -> bool:
    """Return whether what a cell gives is shown below it: this is a kernel of Jupyter.

    Those of Colab and others are subclasses of its shell. Spyder's console is one too, and
    shows text alone.
    """
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    kinds = type(shell).__mro__
    if any(kind.__module__.startswith("spyder_kernels") for kind in kinds):
        return False
    return any(kind.__name__ == "ZMQInteractiveShell" for kind in kinds)


def _choose_without_file() -> tuple[str, str]:
    wanted = os.environ.get("NEUROSPATIAL_BACKEND", "")
    if wanted:
        return wanted, "NEUROSPATIAL_BACKEND names it"
    if is_notebook() and can_run("widget"):
        return "widget", "this is a notebook"
    if not os.environ.get("QT_QPA_PLATFORM", "").startswith(_UNSEEN) and can_run("napari"):
        return "napari", "it can open a window"
    return "html", "no window can be opened"


def can_run(name: str) -> bool:
    """Return whether a backend is installed and nothing that it needs is missing."""
    try:
        return get_backend(name).unavailable() is None
    except Exception:  # A third party's module may raise anything; it is then not chosen.
        return False


def _check_available(backend: Backend[Any]) -> None:
    reason = backend.unavailable()
    if reason is not None:
        raise BackendUnavailable(f"The {backend.name} backend cannot run here. {reason}")


def _check_suffix(backend: Backend[Any], save_path: Path | None) -> None:
    if save_path is None or save_path.suffix.lower() in backend.suffixes:
        return
    if not backend.suffixes:
        raise ValueError(
            explain(
                f"save_path is {str(save_path)!r}, and the {backend.name} backend writes no file.",
                "It shows the fields on the screen.",
                ["Leave save_path out.", "Leave backend out: the suffix then decides."],
            )
        )
    raise ValueError(
        explain(
            f"The {backend.name} backend does not write {save_path.suffix!r} files.",
            "The suffix of save_path says what kind of file is wanted.",
            [f"Use one of {list(backend.suffixes)}.", "Leave backend out: the suffix decides."],
        )
    )
