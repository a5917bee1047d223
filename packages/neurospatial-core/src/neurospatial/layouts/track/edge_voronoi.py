"""Which part of the plane belongs to each edge of a track."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.layouts.track.path import TrackPath

_EVERYWHERE = (0.0, 0.0, 1.0)
"""A half-plane ``(a, b, c)`` that holds every point."""


def compute_edge_regions(path: TrackPath, half_width: float) -> NDArray[np.float64]:
    """Compute the convex region of each edge's ribbon, as half-planes.

    Along an edge it reaches `half_width` to either side; at an end that other
    edges share it is cut where the angle to the next edge is halved, and
    reaches at most `half_width` past the node; at a free end it stops.

    Parameters
    ----------
    path : TrackPath
    half_width : float

    Returns
    -------
    ndarray, shape (n_edges, 8, 3)
        ``(a, b, c)`` of half-planes ``a x + b y + c >= 0``, with unit normals.

    Examples
    --------
    >>> segments = np.array([[[0.0, 0.0], [4.0, 0.0]]])
    >>> path = TrackPath(segments, np.array([[0, 1]]), np.empty(0), np.arange(1))
    >>> compute_edge_regions(path, 1.0)[0, 0] + 0.0
    array([0., 1., 1.])
    """
    ahead = path.along / path.lengths[:, np.newaxis]
    left = np.stack([-ahead[:, 1], ahead[:, 0]], axis=1)
    begin, end = path.segments[:, 0], path.segments[:, 1]
    degree = np.bincount(path.nodes.ravel())[path.nodes]
    past = np.where(degree > 1, half_width, 0.0)[..., np.newaxis]
    regions = np.empty((len(ahead), 8, 3))
    regions[:, 0] = _compute_half_plane(left, begin - half_width * left)
    regions[:, 1] = _compute_half_plane(-left, begin + half_width * left)
    regions[:, 2] = _compute_half_plane(ahead, begin - past[:, 0] * ahead)
    regions[:, 3] = _compute_half_plane(-ahead, end + past[:, 1] * ahead)
    regions[:, 4:] = _compute_wedges(path, ahead).reshape(-1, 4, 3)
    return regions


def clip_ring(ring: NDArray[np.float64], planes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cut a convex ring (n_corners, 2) to half-planes (n_planes, 3).

    The algorithm of Sutherland & Hodgman, Comm. ACM 17:32 (1974).

    Examples
    --------
    >>> square = np.array([[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0]])
    >>> clip_ring(square, np.array([[-1.0, 0.0, 1.0]])).tolist()
    [[0.0, 0.0], [1.0, 0.0], [1.0, 2.0], [0.0, 2.0]]
    """
    for a, b, c in planes:
        depth = a * ring[:, 0] + b * ring[:, 1] + c
        if (depth >= 0).all():
            continue
        after, depth_after = np.roll(ring, -1, axis=0), np.roll(depth, -1)
        kept = []
        for here, there, d, e in zip(ring, after, depth, depth_after, strict=True):
            if d >= 0:
                kept.append(here)
            if (d > 0 > e) or (d < 0 < e):
                kept.append(here + (there - here) * (d / (d - e)))
        ring = np.array(kept)
    return ring


def _compute_half_plane(
    normal: NDArray[np.float64], point: NDArray[np.float64]
) -> NDArray[np.float64]:
    constant = -(normal * point).sum(axis=-1, keepdims=True)
    return np.concatenate([normal, constant], axis=-1)


def _compute_wedges(path: TrackPath, ahead: NDArray[np.float64]) -> NDArray[np.float64]:
    """Halve the angles to the next edges at both ends by half-planes, (n_edges, 2, 2, 3)."""
    wedges = np.tile(np.array(_EVERYWHERE), (len(ahead), 2, 2, 1))
    outward = np.stack([ahead, -ahead], axis=1)
    angle = np.arctan2(outward[..., 1], outward[..., 0])
    for node in np.unique(path.nodes):
        edge, side = np.nonzero(path.nodes == node)
        if len(edge) < 2:
            continue
        order = np.argsort(angle[edge, side], kind="stable")
        edge, side = edge[order], side[order]
        turn = angle[edge, side]
        # From each edge to the next one counter-clockwise, all the way round.
        gap = np.append(turn[1:], turn[0] + 2 * np.pi) - turn
        halfway = turn + gap / 2
        ray = np.stack([np.cos(halfway), np.sin(halfway)], axis=1)
        right = np.stack([ray[:, 1], -ray[:, 0]], axis=1)
        place = path.segments[edge[0], side[0]]
        wedges[edge, side, 0] = _compute_half_plane(right, place)
        wedges[edge, side, 1] = _compute_half_plane(-np.roll(right, 1, axis=0), place)
    return wedges
