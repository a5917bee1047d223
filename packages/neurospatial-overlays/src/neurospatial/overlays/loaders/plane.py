"""Which two of three coordinates are drawn."""

import logging
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain

_log = logging.getLogger("neurospatial")


def select_plane(
    places: NDArray[np.float64], axes: Sequence[str], plane: str | None, owner: str
) -> NDArray[np.float64]:
    """Select the two coordinates that are drawn, by name.

    Parameters
    ----------
    places : ndarray, shape (..., n_axes)
        NaN marks a gap.
    axes : sequence of str
        What the coordinates are called: x, y and perhaps z, in any order.
    plane : str or None
        The two that are drawn, the horizontal one first, such as "xz"; None where
        there are no others than x and y, or where the third never changes.
    owner : str
        What has these coordinates, for the texts.

    Returns
    -------
    ndarray, shape (..., 2)

    Raises
    ------
    ValueError
        If there are three coordinates and no plane, or it names others.

    Examples
    --------
    >>> select_plane(np.array([[1.0, 2.0, 3.0]]), "xyz", "xz", "The dataset")
    array([[1., 3.]])
    """
    names = list(axes)
    if plane is not None:
        _check_plane(names, plane, owner)
        return places[..., [names.index(axis) for axis in plane]]
    spread = {name: _compute_spread(places[..., i]) for i, name in enumerate(names)}
    moving = [name for name, span in spread.items() if span > 0]
    if len(names) == 3 and len(moving) > 2:
        raise ValueError(_explain_no_plane(spread, owner))
    chosen = sorted(moving) if len(moving) == 2 else ["x", "y"]
    if len(names) == 3:
        _log.info("%s never changes along a third axis: %s are drawn.", owner, "".join(chosen))
    return places[..., [names.index(axis) for axis in chosen]]


def select_plane_of_parts(
    parts: Mapping[str, Mapping[str, NDArray[np.float64]]], plane: str | None, owner: str
) -> dict[str, NDArray[np.float64]]:
    """Select the two coordinates of each keypoint that are drawn, shape (n_samples, 2).

    Parameters
    ----------
    parts : mapping of str to mapping of str to ndarray, each (n_samples,)
        The coordinates x, y and perhaps z of each keypoint, among others; a z that one
        lacks is that of none.
    plane : str or None
    owner : str
        As of `select_plane`.

    Raises
    ------
    ValueError
        As `select_plane` does.

    Examples
    --------
    >>> nose = {"x": np.array([1.0]), "y": np.array([2.0])}
    >>> select_plane_of_parts({"nose": nose}, None, "The file")
    {'nose': array([[1., 2.]])}
    """
    axes = [axis for axis in "xyz" if all(axis in coords for coords in parts.values())]
    places = np.stack(
        [np.stack([coords[axis] for axis in axes], axis=1) for coords in parts.values()], axis=1
    )
    drawn = select_plane(places, axes, plane, owner)
    return {part: drawn[:, column] for column, part in enumerate(parts)}


def _compute_spread(values: NDArray[np.float64]) -> float:
    """Compute how far 95 % of the values lie apart."""
    recorded = values[np.isfinite(values)]
    if not recorded.size or np.ptp(recorded) == 0:
        return 0.0
    low, high = np.percentile(recorded, [2.5, 97.5])
    return float(high - low) or float(np.ptp(recorded))


def _check_plane(names: list[str], plane: str, owner: str) -> None:
    if len(plane) == 2 and len(set(plane)) == 2 and set(plane) <= set(names):
        return
    raise ValueError(
        explain(
            f"plane is {plane!r}, and {owner} has the axes {', '.join(names)}.",
            "The plane names the axes to draw, the horizontal one first.",
            [f"Pass plane={''.join(sorted(names)[:2])!r}", "Leave plane out."],
        )
    )


def _explain_no_plane(spread: dict[str, float], owner: str) -> str:
    flat = min(spread, key=spread.__getitem__)
    planes = ["xy", "xz", "yz"]
    floor = next(plane for plane in planes if flat not in plane)
    shown = ", ".join(f"{axis} {span:.3g}" for axis, span in spread.items())
    return explain(
        f"{owner} has three axes; 95 % of the samples lie within {shown}.",
        f"A pose is drawn in a plane. {flat} is the flattest, so it may be the height.",
        [f"Pass plane={plane!r}" for plane in sorted(planes, key=lambda plane: plane != floor)],
    )
