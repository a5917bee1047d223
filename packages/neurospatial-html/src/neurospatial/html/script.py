"""The player as one script, to be put into a page or handed to a widget."""

import posixpath
import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_IMPORT = re.compile(r'^import .* from "(.*)";\n', re.M)


@cache
def player_script() -> str:
    """Join the player's modules into one.

    Returns
    -------
    str
        A JavaScript module that imports nothing and exports what its modules do.

    Examples
    --------
    >>> "export class Player" in player_script()
    True
    """
    return join_modules(files(__package__), "player/start_page.js")


@cache
def player_style() -> str:
    """Join the player's style sheets into one."""
    folder = files(__package__)
    return "\n".join(_read_text(folder, path) for path in ("player.css", "player/controls.css"))


def join_modules(folder: Traversable, path: str) -> str:
    """Join a JavaScript module and those that it imports: each once, after its own imports.

    Names are unique across them, and every import stands on one line. What is imported
    from elsewhere is left out: it has to stand before.

    Parameters
    ----------
    folder : importlib.resources.abc.Traversable
    path : str
        Of the module, within the folder.
    """
    joined: dict[str, str] = {}

    def join(path: str) -> None:
        if path in joined:
            return
        source = _read_text(folder, path)
        for imported in _IMPORT.findall(source):
            if imported.startswith("."):
                join(posixpath.normpath(posixpath.join(posixpath.dirname(path), imported)))
        joined[path] = _IMPORT.sub("", source)

    join(path)
    return "\n".join(joined.values())


def _read_text(folder: Traversable, path: str) -> str:
    return folder.joinpath(*path.split("/")).read_text("utf-8")
