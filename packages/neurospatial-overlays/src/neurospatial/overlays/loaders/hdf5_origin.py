"""Which program wrote an HDF5 file, where another reader than the one that was asked reads it."""

from collections.abc import Collection

_READERS: tuple[tuple[str, frozenset[str], str], ...]
_READERS = (
    ("NWB", frozenset({"session_description"}), "neurospatial.nwb.read_session(path)"),
    ("SLEAP", frozenset({"tracks", "node_names"}), "from_sleap(path)"),
    ("SLEAP", frozenset({"frames", "instances", "pred_points"}), "from_sleap(path)"),
    ("DeepLabCut", frozenset({"df_with_missing"}), "from_dlc(path)"),
    ("movement", frozenset({"position", "space"}), "from_movement(xarray.open_dataset(path))"),
)
"""Programs, what lies at the root of their files, and what reads them."""


def suggest_reader(names: Collection[str]) -> list[str]:
    """Say what reads a file by what lies at its root; nothing if that is not known.

    Examples
    --------
    >>> suggest_reader(["tracks", "node_names", "track_names"])
    ['It looks like a file of SLEAP: from_sleap(path)']
    >>> suggest_reader(["data"])
    []
    """
    return [
        f"It looks like a file of {program}: {call}"
        for program, held, call in _READERS
        if held.issubset(names)
    ]
