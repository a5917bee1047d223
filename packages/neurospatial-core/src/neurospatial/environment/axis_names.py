"""What the axes of an environment are called."""

from collections.abc import Sequence

from neurospatial.errors import explain
from neurospatial.validate import to_texts

DISTANCE = "Distance"
"""What the one axis of an environment is called where it was not named."""

_NAMES = ("x", "y", "z")


def resolve_axis_names(names: Sequence[str] | None, n_dims: int) -> tuple[str, ...]:
    """Validate the names of the axes, or choose the usual ones where there are none.

    Parameters
    ----------
    names : sequence of str, shape (n_dims,), or None
    n_dims : int
        Number of spatial dimensions.

    Returns
    -------
    tuple of str
        Left out: "Distance" of one axis, "x", "y" and "z" of up to three, and
        "x1", "x2", … of more.

    Raises
    ------
    TypeError
        If they are one text, or hold what is no text.
    ValueError
        If there are more or fewer than dimensions, or one is empty or there twice.

    Examples
    --------
    >>> resolve_axis_names(None, 2), resolve_axis_names(["x", "z"], 2)
    (('x', 'y'), ('x', 'z'))
    """
    if names is None:
        return _choose_axis_names(n_dims)
    given = to_texts(names, "axis_names")
    if len(given) != n_dims or len(set(given)) != n_dims or not all(map(str.strip, given)):
        usual = _choose_axis_names(n_dims)
        raise ValueError(
            explain(
                f"axis_names is {given}, and the environment has {n_dims} dimension(s).",
                "Each dimension has a name of its own, in the order of the coordinates.",
                [f"Pass axis_names={usual}, or what yours are.", f"Leave it out for {usual}."],
            )
        )
    return given


def _choose_axis_names(n_dims: int) -> tuple[str, ...]:
    if n_dims == 1:
        return (DISTANCE,)
    if n_dims <= len(_NAMES):
        return _NAMES[:n_dims]
    return tuple(f"x{number}" for number in range(1, n_dims + 1))
