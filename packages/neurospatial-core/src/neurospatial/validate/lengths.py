"""Lengths: as many of one thing as of another."""

from collections.abc import Sized

from neurospatial.errors import explain


def validate_length(given: Sized, name: str, n_wanted: int, of: str, *, kind: str) -> None:
    """Check that there is one entry for each of the things it belongs to.

    Parameters
    ----------
    given : sized
        The entries.
    name : str
        Of the parameter.
    n_wanted : int
        How many things there are.
    of : str
        What they are, in the plural, such as "frames".
    kind : str
        What the entries are, in the plural, such as "labels".

    Raises
    ------
    ValueError
        If the numbers differ.

    Examples
    --------
    >>> validate_length(["a", "b"], "frame_labels", 2, "frames", kind="labels")
    """
    if len(given) == n_wanted:
        return
    raise ValueError(
        explain(
            f"{name} has {len(given)} {kind}, and there are {n_wanted} {of}.",
            f"Each of the {of} has its own entry.",
            [f"Pass {n_wanted} {kind}.", f"Leave {name} out."],
        )
    )
