"""The player and what ties it to the kernel, as one script."""

from functools import cache
from importlib.resources import files

from neurospatial.html import player_script, player_style
from neurospatial.html.script import join_modules


@cache
def make_widget_script() -> str:
    """Join the player and the widget's modules into the one that a front end runs.

    Returns
    -------
    str
        A JavaScript module that imports nothing; its default export has ``render``.

    Examples
    --------
    >>> "export default { render }" in make_widget_script()
    True
    """
    return f"{player_script()}\n{join_modules(files(__package__), 'js/widget.js')}"


@cache
def make_widget_style() -> str:
    """Join the player's style sheet and the widget's."""
    return player_style() + files(__package__).joinpath("widget.css").read_text("utf-8")
