"""The player as one script, to be put into a page or handed to a widget."""

import re
from functools import cache
from importlib.resources import files

_PARTS = re.compile(r"^ \* parts: (.*)$", re.M)
_IMPORT = re.compile(r"^import .*\n", re.M)


@cache
def player_script() -> str:
    """Give the player's modules as one: those that `player.js` names, and itself last.

    Returns
    -------
    str
        A JavaScript module that imports nothing and exports what its parts do.

    Examples
    --------
    >>> "export class Player" in player_script()
    True
    """
    main = _read_text("player.js")
    parts = " ".join(_PARTS.findall(main)).split()
    return "\n".join(_IMPORT.sub("", source) for source in (*map(_read_text, parts), main))


@cache
def player_style() -> str:
    """Give the player's style sheet."""
    return "\n".join(map(_read_text, ("player.css", "player/controls.css")))


def _read_text(path: str) -> str:
    return files(__package__).joinpath(*path.split("/")).read_text("utf-8")
