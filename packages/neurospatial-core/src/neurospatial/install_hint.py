"""The one place that says how a distribution of ours is installed.

The public index has a package ``neurospatial`` that is another project's, and a line that
names ours without saying where it is would replace ours by it. Each line made here asks
for exactly the version that is installed, whose local label no public index may hold, from
where the installed ones were had.
"""

import os
import re
from importlib.metadata import PackageNotFoundError, distribution
from typing import Final

from neurospatial._version import __version__
from neurospatial.install_origin import Origin, find_origin

PAGE: Final = "docs/installing.md"

_META: Final = ("neurospatial", "neurospatial-core", "neurospatial-overlays", "neurospatial-html")
NEEDS: Final = {
    "neurospatial": _META,
    "neurospatial[video]": (*_META, "neurospatial-video"),
    "neurospatial[html]": _META,
    "neurospatial[widget]": (*_META, "neurospatial-widget"),
    "neurospatial[napari]": (*_META, "neurospatial-napari"),
    "neurospatial[nwb]": (*_META, "neurospatial-nwb-io"),
    "neurospatial-overlays": ("neurospatial-overlays", "neurospatial-core"),
    "neurospatial-overlays[camera]": ("neurospatial-overlays", "neurospatial-core"),
}
"""What the product asks for, and which distributions of ours each brings."""

ROOMS: Final = {
    "neurospatial.overlays": "neurospatial-overlays",
    "neurospatial.video": "neurospatial[video]",
    "neurospatial.html": "neurospatial[html]",
    "neurospatial.widget": "neurospatial[widget]",
    "neurospatial.napari": "neurospatial[napari]",
    "neurospatial.nwb": "neurospatial[nwb]",
}
"""What to ask for to have each room."""

_PLAIN: Final = re.compile(r"[\w@%+=:,./-]+", re.ASCII)
_SAFE_IN_DOUBLE_QUOTES: Final = re.compile(r'[^"$`\\!]+')


def make_install_line(wanted: str) -> str:
    """Make the line that installs a distribution of ours beside those that are here.

    Parameters
    ----------
    wanted : str
        A distribution with its extras, such as ``"neurospatial[video]"``.

    Returns
    -------
    str
        A line for a shell. Where it is not known from where ours were had, the line holds
        a placeholder and names the page that explains it.

    Examples
    --------
    >>> make_install_line("neurospatial[video]").partition(" ")[0]
    'pip'
    """
    origin = find_origin()
    if origin is None or not origin.holds(project_name(wanted)):
        pinned = quote(f"{wanted}=={__version__}")
        return (
            f"pip install --find-links FOLDER {pinned} "
            f"(FOLDER is where the wheels of neurospatial are: {PAGE})"
        )
    return f"pip install {' '.join(map(quote, list_arguments(wanted, origin)))}"


def list_arguments(wanted: str, origin: Origin) -> list[str]:
    """List what an installer is told: where ours are, and what of it is wanted."""
    if origin.kind == "wheels":
        return ["--find-links", origin.where, f"{wanted}=={__version__}"]
    # An installer that is told one place of a kind that it cannot search looks for the others
    # on its index, so that each distribution that is not here yet is named with its own place.
    name = project_name(wanted)
    others = [needed for needed in NEEDS.get(wanted, ()) if needed != name]
    listed = [wanted, *(needed for needed in others if not is_installed(needed))]
    return [part for needed in listed for part in origin.name_place(needed)]


def describe_missing_room(room: str) -> str:
    """Say that a room's distribution is not installed, with the line that installs it.

    Examples
    --------
    >>> describe_missing_room("neurospatial.nwb").partition(":")[0]
    'neurospatial.nwb is not installed. Install it'
    """
    return f"{room} is not installed. Install it: {make_install_line(ROOMS[room])}"


def describe_update() -> str:
    """Say how a newer version is had: all distributions together, from where these came.

    Examples
    --------
    >>> describe_update().partition(",")[0]
    'Update all distributions of neurospatial together'
    """
    origin = find_origin()
    place = f" from {origin.where}" if origin else ""
    return (
        f"Update all distributions of neurospatial together, which are at {__version__} "
        f"here{place}: {PAGE} says how."
    )


def project_name(wanted: str) -> str:
    """Return the distribution of a requirement, without its extras."""
    return wanted.partition("[")[0]


def is_installed(name: str) -> bool:
    """Return whether a distribution of ours is here, at this version."""
    try:
        return distribution(name).version == __version__
    except PackageNotFoundError:
        return False


def quote(word: str) -> str:
    """Quote a word for the shells that people paste lines into.

    Double quotes are what all of them know; single ones are nothing to the one of Windows.

    Examples
    --------
    >>> print(quote("neurospatial[video]==1.0+l"), quote("/data/dist"))
    "neurospatial[video]==1.0+l" /data/dist
    """
    if _PLAIN.fullmatch(word):
        return word
    if os.name == "nt" or _SAFE_IN_DOUBLE_QUOTES.fullmatch(word):
        return f'"{word}"'
    return "'" + word.replace("'", "'\"'\"'") + "'"
