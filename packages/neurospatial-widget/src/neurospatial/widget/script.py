"""The player and what ties it to the kernel, as one script."""

import re
from functools import cache
from importlib.resources import files

from neurospatial.html import player_script, player_style

_IMPORT = re.compile(r"^import .*\n", re.M)


@cache
def widget_script() -> str:
    """Give the module that a notebook's front end runs.

    Returns
    -------
    str
        A JavaScript module that imports nothing; its default export has ``render``.

    Examples
    --------
    >>> "export default { render }" in widget_script()
    True
    """
    own = ("js/kernel_chunks.js", "js/shared_state.js", "js/widget.js")
    return "\n".join((player_script(), *(_IMPORT.sub("", _text(path)) for path in own)))


@cache
def widget_style() -> str:
    """Give the style sheet that goes with it."""
    return player_style() + _text("widget.css")


def _text(path: str) -> str:
    return files(__package__).joinpath(*path.split("/")).read_text("utf-8")
