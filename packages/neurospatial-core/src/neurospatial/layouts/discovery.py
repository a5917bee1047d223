"""Layouts that other distributions bring along, found by name."""

from importlib.metadata import EntryPoint, entry_points
from inspect import getattr_static
from typing import cast

import numpy as np

from neurospatial.errors import explain, suggest_name
from neurospatial.layouts.protocol import Layout

GROUP = "neurospatial.layouts"


def list_layout_names() -> tuple[str, ...]:
    """List the layouts that other distributions bring; none of them is imported.

    Examples
    --------
    >>> isinstance(list_layout_names(), tuple)
    True
    """
    return tuple(sorted(_find_entry_points()))


def make_layout(name: str, options: dict[str, object]) -> Layout:
    """Make a layout by its name: that of an entry point in ``neurospatial.layouts``.

    Parameters
    ----------
    name : str
        The entry point names whatever is called to make a layout, such as its class.
    options : dict
        Keywords for that call.

    Raises
    ------
    TypeError
        If what it makes is not a layout.
    ValueError
        If there is none of that name, or the layout contradicts itself.
    """
    installed = _find_entry_points()
    if name not in installed:
        names = sorted(installed)
        listed = ", ".join(map(repr, names)) or "there is none"
        raise ValueError(
            explain(
                f"No layout {name!r} is installed.{suggest_name(name, names)}",
                f"A layout is found by its entry point in the group {GROUP!r}.",
                [
                    f"Pass one of those installed: {listed}.",
                    "Pass the layout itself: Environment.from_layout(layout).",
                    "For ours, use from_samples(…, layout='hexagonal') or from_polygon.",
                ],
            )
        )
    return validate_layout(installed[name].load()(**options))


def validate_layout(layout: object) -> Layout:
    """Validate that an object is a layout.

    Raises
    ------
    TypeError
        If it lacks a member of `Layout`.
    ValueError
        If it has no bin, or its centres do not fit its numbers of bins and dimensions.

    Examples
    --------
    >>> from neurospatial.layouts import RegularGrid
    >>> validate_layout(RegularGrid((np.arange(3.0),), np.ones(2, bool))).n_bins
    2
    """
    members = sorted(name for name in vars(Layout) if not name.startswith("_"))
    # Asked without calling: the properties of a layout may take long.
    missing = [name for name in members if getattr_static(layout, name, None) is None]
    if missing and not hasattr(type(layout), "__getattr__"):
        raise TypeError(
            explain(
                f"{type(layout).__name__} is not a layout: it has no {', '.join(missing)}.",
                "An environment asks its layout for the bins, and where a point lies.",
                [f"Give it all of {', '.join(members)}."],
            )
        )
    made = cast(Layout, layout)
    centers, wanted = np.shape(made.bin_centers), (made.n_bins, made.n_dims)
    if made.n_bins < 1 or centers != wanted:
        raise ValueError(
            explain(
                f"{type(made).__name__} has n_bins {wanted[0]}, n_dims {wanted[1]} and "
                f"bin_centers of shape {centers}.",
                "There is one centre per bin, and at least one bin.",
                ["Return bin_centers of shape (n_bins, n_dims)."],
            )
        )
    return made


def _find_entry_points() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}
