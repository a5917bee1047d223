"""Which axis of named fields runs along which axis of the environment."""

from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain

Edges = Sequence[NDArray[np.float64]]
"""Edges of the bins along each axis of the environment."""


def match_names(names: Sequence[str], axis_names: Sequence[str]) -> tuple[int, ...] | None:
    """Match axes by their names; a name may have more words, as "x_position" has.

    Parameters
    ----------
    names : sequence of str
        Of the axes of the fields.
    axis_names : sequence of str
        Of the axes of the environment.

    Returns
    -------
    tuple of int or None
        For each axis of the environment, that of the fields; None where they do not match
        one to one.

    Examples
    --------
    >>> match_names(["y", "x"], ["x", "y"]), match_names(["row", "x"], ["x", "y"])
    ((1, 0), None)
    """
    order = []
    for axis in axis_names:
        exact = [i for i, name in enumerate(names) if str(name).lower() == axis.lower()]
        words = [i for i, name in enumerate(names) if axis.lower() in _split_words(name)]
        found = exact or words
        if len(found) != 1:
            return None
        order += found
    return tuple(order) if sorted(order) == list(range(len(names))) else None


def _split_words(name: str) -> list[str]:
    return str(name).lower().replace("-", "_").replace(" ", "_").split("_")


def find_direction(
    coordinate: NDArray[np.generic] | None, centers: NDArray[np.float64], width: float
) -> int | None:
    """Tell how a coordinate runs along the middles of bins.

    Parameters
    ----------
    coordinate : ndarray or None
        None, and what is no number, says nothing.
    centers : ndarray, shape (n,)
        Increasing.
    width : float
        Of a bin: places are those of bins up to half of it.

    Returns
    -------
    int or None
        1 upward, or where nothing is said; -1 downward; None where it lies elsewhere.

    Examples
    --------
    >>> find_direction(np.array([2, 1]), np.array([1.0, 2.0]), 1.0)
    -1
    """
    if coordinate is None or coordinate.dtype.kind not in "fiu":
        return 1
    if coordinate.shape != centers.shape:
        return None
    for direction in (1, -1):
        off = np.abs(coordinate[::direction].astype(np.float64) - centers)
        if off.max() <= width / 2:
            return direction
    return None


def order_cells(
    names: Sequence[str],
    shape: tuple[int, ...],
    coordinates: Mapping[str, NDArray[np.generic]],
    axis_names: Sequence[str],
    edges: Edges,
) -> NDArray[np.intp]:
    """Find where fields have the value of each cell of a grid.

    Parameters
    ----------
    names : sequence of str
        Of the axes of the fields, frames aside.
    shape : tuple of int
        Lengths of these axes.
    coordinates : mapping of str to ndarray
        Those of the axes that have any.
    axis_names : sequence of str
        Of the environment.
    edges : sequence of ndarray
        Of the grid's bins.

    Returns
    -------
    ndarray of int, shape (n_x, n_y, …)
        Index into the raveled fields.

    Raises
    ------
    ValueError
        If the axes fit in no way, or in several, or their places are not the grid's.
    """
    order = match_names(names, axis_names)
    ways = [order] if order is not None else list(permutations(range(len(names))))
    fitting = []
    for way in ways:
        directions = [
            find_direction(coordinates.get(names[axis]), _compute_centers(along), _width(along))
            for axis, along in zip(way, edges, strict=True)
        ]
        if tuple(shape[axis] for axis in way) == tuple(len(e) - 1 for e in edges):
            fitting.append((way, directions))
    matched = [(way, found) for way, found in fitting if None not in found]
    if len(matched) == 1:
        ((chosen, directions),) = matched
        cells = np.arange(np.prod(shape)).reshape(shape).transpose(chosen)
        return cells[tuple(slice(None, None, direction) for direction in directions)]
    if matched:
        raise ValueError(_explain_ambiguous(names, axis_names))
    if fitting:
        raise ValueError(_explain_places(names, coordinates, fitting[0][0], edges))
    raise ValueError(_explain_shape(names, shape, axis_names, edges))


def _compute_centers(edges: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray((edges[:-1] + edges[1:]) / 2)


def _width(edges: NDArray[np.float64]) -> float:
    return float(edges[-1] - edges[0]) / (edges.size - 1)


def _explain_ambiguous(names: Sequence[str], axis_names: Sequence[str]) -> str:
    renamed = ", ".join(map("{!r}: {!r}".format, names, axis_names))
    return explain(
        f"fields have the axes {tuple(names)}; the environment's are {tuple(axis_names)}.",
        "Axes are matched by name, else by their coordinates, and here more than one way fits.",
        [
            f"Rename them as they are meant: fields.rename({{{renamed}}})",
            "Give them the coordinates of the environment's bins.",
        ],
    )


def _explain_places(
    names: Sequence[str],
    coordinates: Mapping[str, NDArray[np.generic]],
    way: Sequence[int],
    edges: Edges,
) -> str:
    for axis, along in zip(way, edges, strict=True):
        name, centers = names[axis], _compute_centers(along)
        given: Any = coordinates.get(name)
        if find_direction(given, centers, _width(along)) is None:
            break
    worst = int(np.abs(given.astype(np.float64) - centers).argmax())
    return explain(
        f"{name}[{worst}] of the fields is {given[worst]:g}, and the middle of the "
        f"environment's bins there is {centers[worst]:g}.",
        "Each value is drawn in the bin of its own place.",
        [
            "Use the environment that the fields were computed on.",
            "Name the axes as the environment names its own: fields.rename(...)",
        ],
    )


def _explain_shape(
    names: Sequence[str], shape: tuple[int, ...], axis_names: Sequence[str], edges: Edges
) -> str:
    return explain(
        f"fields have the axes {tuple(names)}, which leaves {shape} values a frame; the "
        f"environment has {tuple(len(e) - 1 for e in edges)} along {tuple(axis_names)}.",
        "Axes of positions are matched with those of a grid, one by one.",
        [
            "Sum over axes that are no positions: fields.sum('state')",
            "Pass the values of the active bins, shape (n_frames, n_bins).",
        ],
    )
