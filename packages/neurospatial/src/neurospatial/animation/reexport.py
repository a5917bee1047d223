"""Names that live in another distribution's room."""

from importlib import import_module
from importlib.metadata import version

_INSTALL = {
    "neurospatial.video": '"neurospatial[video]"',
    "neurospatial.html": '"neurospatial[html]"',
    "neurospatial.widget": '"neurospatial[widget]"',
    "neurospatial.napari": '"neurospatial[napari]"',
    "neurospatial.nwb": '"neurospatial[nwb]"',
    "neurospatial.overlays": "neurospatial-overlays",
}


def reexported(name: str, room: str) -> object:
    """Fetch a name from the room it lives in.

    Parameters
    ----------
    name : str
        What is wanted.
    room : str
        The module that holds it.

    Returns
    -------
    object
        The thing itself.

    Raises
    ------
    ImportError
        If the room's distribution is not installed, with the line that installs
        it; or if this version of it does not hold the name.

    Examples
    --------
    >>> reexported("subsample_frames", "neurospatial.scene").__name__
    'subsample_frames'
    """
    try:
        module = import_module(room)
    except ModuleNotFoundError as error:
        if error.name != room:
            raise
        line = f"pip install {_INSTALL[room]}"
        raise ImportError(f"{room} is not installed. Install it: {line}", name=room) from None
    try:
        return getattr(module, name)
    except AttributeError:
        text = f"{room} {version('neurospatial')} has no {name!r}: it is not in this version yet."
        raise ImportError(text, name=room) from None
