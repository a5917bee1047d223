"""Which backends are installed, and how the missing ones are had."""

import logging
import warnings
from dataclasses import dataclass, is_dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from neurospatial.backends.protocol import MEMBERS, Backend
from neurospatial.backends.unavailable import BackendUnavailable
from neurospatial.errors import explain, suggest_name
from neurospatial.install_hint import make_install_line
from neurospatial.validate import validate_known

_log = logging.getLogger("neurospatial")

GROUP = "neurospatial.backends"

OURS: dict[str, tuple[str, ...]] = {
    "video": (".mp4", ".webm", ".avi", ".gif"),
    "html": (".html",),
    "widget": (),
    "napari": (),
    "figure": (".png", ".pdf", ".svg"),
}
"""Our backends and their suffixes, to name the missing distribution when one is wanted."""


@dataclass(frozen=True)
class BackendStatus:
    """Whether a backend can be used here.

    Parameters
    ----------
    name : str
    reason : str or None
        Why it cannot be used, with the way to mend it; None when it can.
    """

    name: str
    reason: str | None

    @property
    def available(self) -> bool:
        """Whether it can be used."""
        return self.reason is None


def backend_names() -> tuple[str, ...]:
    """Names of the installed backends; none of them is imported.

    Examples
    --------
    >>> isinstance(backend_names(), tuple)
    True
    """
    return tuple(sorted(find_installed()))


def get_backend(name: str) -> Backend[Any]:
    """Load one backend.

    Parameters
    ----------
    name : str

    Returns
    -------
    Backend

    Raises
    ------
    BackendUnavailable
        If it is one of ours and not installed, or its module cannot be imported.
    ValueError
        If there is no backend of that name.
    TypeError
        If what is registered under it is no backend.
    """
    found = find_installed()
    choices = sorted({*found, *OURS})
    validate_known(
        name,
        choices,
        "backend",
        "A backend is what shows the fields: a video file, a page, a viewer.",
        how=[f"Pass backend='auto' or one of {choices}."],
    )
    if name in found:
        return _load(found[name])
    raise BackendUnavailable(explain_missing_backend(name))


def find_backend_for_suffix(suffix: str) -> Backend[Any]:
    """Load the backend that writes files with a suffix such as ``".mp4"``.

    Raises
    ------
    BackendUnavailable
        If it is one of ours and not installed.
    ValueError
        If no backend writes such files.
    """
    found = find_installed()
    # The one of ours that has the suffix first, to load no other.
    for name in sorted(found, key=lambda name: (suffix not in OURS.get(name, ()), name)):
        backend = load_or_skip(found[name])
        if backend is not None and suffix in backend.suffixes:
            return backend
    for name, suffixes in OURS.items():
        if suffix in suffixes:
            raise BackendUnavailable(explain_missing_backend(name))
    choices = sorted({s for suffixes in OURS.values() for s in suffixes})
    raise ValueError(
        explain(
            f"No backend writes {suffix!r} files.{suggest_name(suffix, choices)}",
            "The suffix of save_path says what kind of file is wanted.",
            [f"Use one of {choices}.", "Name the backend: backend='video'."],
        )
    )


def backend_statuses() -> tuple[BackendStatus, ...]:
    """Say of every backend, installed or ours, whether it can be used here."""
    statuses = []
    for name in sorted({*find_installed(), *OURS}):
        try:
            reason = get_backend(name).unavailable()
        except Exception as error:
            reason = (str(error) or type(error).__name__).splitlines()[0]
        statuses.append(BackendStatus(name, reason))
    return tuple(statuses)


def explain_missing_backend(name: str) -> str:
    """Build the line that says how one of our backends is had."""
    line = make_install_line(f"neurospatial[{name}]")
    return f"The {name} backend is not installed. Install it: {line}"


def find_installed() -> dict[str, EntryPoint]:
    """Find the installed backends, by name; none of them is imported."""
    return {point.name: point for point in entry_points(group=GROUP)}


def load_or_skip(point: EntryPoint) -> Backend[Any] | None:
    """Load one backend; warn and return None when its module cannot be imported."""
    try:
        return _load(point)
    except Exception as error:
        warnings.warn(
            f"The backend {point.name!r} cannot be loaded and is skipped: {error}", stacklevel=4
        )
        return None


def _load(point: EntryPoint) -> Backend[Any]:
    """Load a backend, and check that it is one: an entry point may lead to anything."""
    backend: Backend[Any] = point.load()
    problem = _find_problem(backend)
    if problem:
        raise TypeError(
            explain(
                f"The entry point {point.name!r} leads to {point.value}, {problem}.",
                f"In the group {GROUP} are objects of neurospatial.backends.Backend.",
                [
                    "Register an instance: module:backend.",
                    "Compare it with neurospatial.testing.BackendTests.",
                ],
            )
        )
    return backend


def _find_problem(backend: Backend[Any]) -> str:
    """Say why an object is no backend; nothing where it is one."""
    if isinstance(backend, type):
        return "which is a class"
    missing = [name for name in MEMBERS if not hasattr(backend, name)]
    if missing:
        return f"a {type(backend).__name__} without {', '.join(missing)}"
    if not is_dataclass(backend.Options):
        return f"whose Options, {backend.Options!r}, is no dataclass"
    return ""
