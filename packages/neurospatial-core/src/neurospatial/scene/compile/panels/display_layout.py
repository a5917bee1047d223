"""Which layout is drawn of an environment."""

from typing import Literal

from neurospatial.errors import explain
from neurospatial.layouts import Layout, is_linear
from neurospatial.validate import validate_choice

TrackForm = Literal["line", "ribbon", "strip"]
"""Value over distance, or coloured bins where the track lies in the plane ("strip": the same)."""

_FORMS = ("line", "ribbon")


def display_layout(layout: Layout, track: TrackForm) -> Layout:
    """Choose the layout that is drawn: a ribbon for a track where asked, else the layout itself.

    Raises
    ------
    ValueError
        If `track` is unknown, a ribbon is asked of a layout that has no place in
        the plane, or the layout has more than two dimensions.

    Examples
    --------
    >>> import numpy as np
    >>> from neurospatial.layouts import RegularGrid
    >>> grid = RegularGrid((np.arange(4.0),), np.ones(3, bool))
    >>> display_layout(grid, "line") is grid
    True
    """
    if track != "strip":
        why = "A 1-D environment is drawn as a line over distance or as a ribbon in the plane."
        validate_choice(track, _FORMS, "track", why)
    if layout.n_dims > 2:
        raise ValueError(
            explain(
                f"The environment has {layout.n_dims} dimensions.",
                "A picture shows a plane: two dimensions.",
                [
                    "Build the environment from two of the columns: positions[:, :2]",
                    "For a slice, build a 2-D environment and pass the fields of that slice.",
                ],
            )
        )
    if layout.n_dims == 2 or track == "line":
        return layout
    if is_linear(layout):
        return layout.ribbon()
    raise ValueError(
        explain(
            f"track is {track!r}, and the environment is a 1-D {type(layout).__name__}.",
            "Nothing says where in the plane its bins lie.",
            [
                "Pass track='line'.",
                "Build it with Environment.from_graph, whose nodes have places in the plane.",
            ],
        )
    )
