"""Where a panel looks in each frame, as an array of the bundle."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.html.arrays import Kind
from neurospatial.html.store import ChunkStore
from neurospatial.scene import View, ViewPath, choose_origin


def encode_view_path(view: View, store: ChunkStore) -> dict[str, object] | None:
    """Describe how a view moves; panels that share a path share the array.

    Parameters
    ----------
    view : View
    store : ChunkStore
        Keeps x and y of the place that each frame looks at, and its zoom.

    Returns
    -------
    dict, or None
        The array's entry in the header; None for a view that does not move.
    """
    path = view.path
    if path is None:
        return None

    def read(start: int, stop: int) -> NDArray[np.generic]:
        return np.column_stack([path.centers[start:stop], path.zoom[start:stop]])

    n_frames = len(path.zoom)
    kind, shape = _choose_kind(view, path), (n_frames, 3)
    return store.add_array(id(path), kind, shape, read, first_frames=range(n_frames))


def _choose_kind(view: View, path: ViewPath) -> Kind:
    """Choose float32 if it is fine enough for the farthest place, seen from nearest."""
    x_min, y_min, x_max, y_max = view.bounds
    x, y = np.abs(path.centers).max(axis=0).tolist()
    zoom = float(path.zoom.max())
    nearest = x, y, x + (x_max - x_min) / zoom, y + (y_max - y_min) / zoom
    return "float32" if choose_origin(nearest) == (0.0, 0.0) else "float64"
