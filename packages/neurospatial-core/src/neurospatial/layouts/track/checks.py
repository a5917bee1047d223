"""What is checked of a track before its bins are made."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.validate import to_indices, to_real_array, validate_positive
from neurospatial.validate.extreme_coordinates import refuse_extreme

MAX_BINS = 10_000_000
"""A track of more bins than this is taken for a mistake."""

_Checked = tuple[
    NDArray[np.float64], NDArray[np.intp], NDArray[np.float64], float, NDArray[np.intp]
]


def validate_track(
    segments: ArrayLike,
    nodes: ArrayLike,
    spacing: ArrayLike,
    bin_size: float,
    precedence: ArrayLike,
) -> _Checked:
    """Validate the parts of a track, as arrays that are its own.

    Raises
    ------
    ValueError
        If shapes differ, an edge has no length, a gap is negative, or
        `bin_size` is not positive or makes an absurd number of bins.

    Examples
    --------
    >>> validate_track([[[0, 0], [1, 0]]], [[0, 1]], [], 0.5, [0])[3]
    0.5
    """
    places = np.array(to_real_array(segments, "segments"), order="C")
    if places.ndim != 3 or places.shape[1:] != (2, 2) or not len(places):
        raise ValueError(
            explain(
                f"segments have shape {places.shape}, expected (n_edges, 2, 2).",
                "Each edge runs straight from one (x, y) to another.",
                ["Pass begin and end of at least one edge.", "Use Environment.from_graph."],
            )
        )
    refuse_extreme(places, "segments")
    ends, first = _to_whole(nodes, "nodes"), _to_whole(precedence, "precedence")
    n_edges = len(places)
    if ends.shape != (n_edges, 2) or first.shape != (n_edges,):
        raise ValueError(
            explain(
                f"nodes have shape {ends.shape} and precedence {first.shape}, "
                f"and there are {n_edges} edges.",
                "Each edge has a node at either end and a place in the order.",
                [f"Pass nodes ({n_edges}, 2) and precedence ({n_edges},)."],
            )
        )
    lengths = np.linalg.norm(places[:, 1] - places[:, 0], axis=1)
    if not (np.isfinite(lengths) & (lengths > 0)).all():
        bad = int(np.argmin(np.isfinite(lengths) & (lengths > 0)))
        raise make_length_error(f"number {bad}", tuple(places[bad, 0].tolist()))
    size = _validate_bin_size(bin_size, float(lengths.sum()))
    return places, ends, validate_spacing(spacing, n_edges), size, first


def validate_active(active: ArrayLike | None, n_cells: int) -> NDArray[np.bool_] | None:
    """Validate which cells are bins, as an array of its own; None where all are.

    Raises
    ------
    ValueError
        If it is not boolean, has another shape, or is all False.

    Examples
    --------
    >>> validate_active([True, False], 2), validate_active([True, True], 2)
    (array([ True, False]), None)
    """
    if active is None:
        return None
    cells = np.array(to_indices(active, "active"))
    if cells.dtype != bool or cells.shape != (n_cells,) or not cells.any():
        none = "all False, " if cells.dtype == bool and not cells.any() else ""
        raise ValueError(
            explain(
                f"active is {none}of dtype {cells.dtype} and shape {cells.shape}, "
                f"and the track has {n_cells} cells.",
                "It says of each piece of the edges whether it is a bin.",
                [f"Pass True and False, shape ({n_cells},).", "Leave it out: all are bins."],
            )
        )
    if cells.all():
        return None
    cells.setflags(write=False)
    return cells


def validate_spacing(spacing: ArrayLike, n_edges: int) -> NDArray[np.float64]:
    """Validate the gap after each edge but the last, (n_edges - 1,); a number is every gap.

    Raises
    ------
    ValueError
        If there is not one gap between each pair, or one is negative or not finite.

    Examples
    --------
    >>> validate_spacing(10, 3)
    array([10., 10.])
    """
    gaps = to_real_array(spacing, "edge_spacing")
    if gaps.ndim == 0:
        gaps = np.full(n_edges - 1, float(gaps))
    if gaps.shape != (n_edges - 1,):
        problem = f"edge_spacing has {gaps.size} gaps, and {n_edges} edges have {n_edges - 1}."
    elif not (np.isfinite(gaps) & (gaps >= 0)).all():
        problem = f"edge_spacing holds {gaps[~(np.isfinite(gaps) & (gaps >= 0))][0]:g}."
    else:
        return gaps.copy()
    raise ValueError(
        explain(
            problem,
            "A gap separates each edge from the next on the axis; it is zero or more.",
            ["Pass one number for every gap: edge_spacing=10.", "Pass one per gap, in order."],
        )
    )


def _to_whole(numbers: ArrayLike, name: str) -> NDArray[np.intp]:
    array = to_indices(numbers, name)
    if array.size and array.dtype.kind not in "iu":
        raise TypeError(
            explain(
                f"{name} have dtype {array.dtype}.",
                "Nodes and edges of a track are numbered.",
                [f"Pass whole numbers: {name}.astype(int)."],
            )
        )
    return np.array(array, dtype=np.intp, order="C")


def make_length_error(edge: str, place: tuple[float, float]) -> ValueError:
    """Build the error for an edge that begins where it ends."""
    return ValueError(
        explain(
            f"Edge {edge} has no length: it begins and ends at {place}.",
            "A place on an edge is its distance from the edge's begin.",
            ["Leave the edge out.", "Correct the position of one of its nodes."],
        )
    )


def _validate_bin_size(bin_size: float, length: float) -> float:
    why = "Bins divide the length of the track."
    how = [f"Pass a positive number below {length:.4g}, in the units of the nodes."]
    size = validate_positive(bin_size, "bin_size", why=why, how=how)
    if length / size <= MAX_BINS:
        return size
    raise ValueError(
        explain(
            f"bin_size {size:g} would make {length / size:,.0f} bins; the most is {MAX_BINS:,}.",
            why,
            [f"Pass bin_size={1.1 * length / MAX_BINS:.2g} or more."],
        )
    )
