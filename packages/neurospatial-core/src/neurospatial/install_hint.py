"""The one place that says how a distribution of ours is installed."""

from typing import Final

ROOMS: Final = {
    "neurospatial.overlays": "neurospatial-overlays",
    "neurospatial.video": "neurospatial[video]",
    "neurospatial.html": "neurospatial[html]",
    "neurospatial.widget": "neurospatial[widget]",
    "neurospatial.napari": "neurospatial[napari]",
    "neurospatial.nwb": "neurospatial[nwb]",
}
"""What to ask for to have each room."""


def describe_missing_room(room: str) -> str:
    """Say that a room's distribution is not installed, with the line that installs it.

    Examples
    --------
    >>> describe_missing_room("neurospatial.overlays").partition(".")[0]
    'neurospatial'
    """
    return f'{room} is not installed. Install it: pip install "{ROOMS[room]}"'
