"""The player and what ties it to the kernel, as one script."""

import re
from functools import cache
from importlib.resources import files

from neurospatial.html import player_script, player_style

_IMPORT = re.compile(r"^import .*\n", re.M)


@cache
def make_widget_script() -> str:
    """Give the module that a notebook's front end runs.

    Returns
    -------
    str
        A JavaScript module that imports nothing; its default export has ``render``.

    Examples
    --------
    >>> "export default { render }" in make_widget_script()
    True
    """
    own = ("js/kernel_chunks.js", "js/shared_state.js", "js/widget.js")
    return "\n".join((player_script(), *(_IMPORT.sub("", _read_text(path)) for path in own)))


@cache
def make_widget_style() -> str:
    """Give the style sheet that goes with it."""
    return player_style() + _read_text("widget.css")


def _read_text(path: str) -> str:
    return files(__package__).joinpath(*path.split("/")).read_text("utf-8")
