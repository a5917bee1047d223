"""Whether matplotlib draws as it does by default, known without importing it.

Importing it takes longer than drawing what stands around a film's panels.
"""

import os
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

DEFAULT_FONT = "DejaVuSans.ttf"
"""The file of the font that matplotlib brings along and draws with by default."""

_SETTINGS = "matplotlibrc"


def has_default_style() -> bool:
    """Tell whether nobody can have changed matplotlib's style.

    Returns
    -------
    bool
        False where matplotlib is imported, or where a file of settings may be meant for it.

    Examples
    --------
    >>> import matplotlib
    >>> has_default_style()
    False
    """
    return "matplotlib" not in sys.modules and not any(path.exists() for path in _list_settings())


@cache
def find_default_font() -> str | None:
    """Find the font that matplotlib brings along; None where it was taken out."""
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf" / DEFAULT_FONT
    return str(path) if path.is_file() else None


def _list_settings() -> list[Path]:
    """List where matplotlib may look for the settings of a user."""
    home = Path(os.path.expanduser("~"))
    config = os.environ.get("XDG_CONFIG_HOME") or home / ".config"
    folders = [Path(), Path(config) / "matplotlib", home / ".matplotlib"]
    if os.environ.get("MPLCONFIGDIR"):
        folders.append(Path(os.environ["MPLCONFIGDIR"]))
    given = os.environ.get("MATPLOTLIBRC")
    return [folder / _SETTINGS for folder in folders] + ([Path(given)] if given else [])
