"""Pictures that are empty in most places."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial.napari.patches.guard import guard_patch
from neurospatial.napari.patches.visuals import get_visual

if TYPE_CHECKING:
    from vispy.visuals.image import ImageVisual

    import napari
    from napari.layers import Layer as NapariLayer

_NAME = "skip_empty_tiles"

_TILE = 16
"""Pixels along the side of what is painted or left out: a line of text is about one high."""

_PRIVATE = ("_data", "_need_vertex_update", "_subdiv_position", "_subdiv_texcoord")
"""Without one of these vispy goes about it another way, and its own is left alone."""


def skip_empty_tiles(viewer: "napari.Viewer", layers: "Iterable[NapariLayer]") -> None:
    """Paint of pictures with opacity only the tiles where there is anything.

    Where a processor does what a graphics card would, a picture as large as the
    canvas takes 5 ms to paint, however little is in it.
    """
    with guard_patch(_NAME):
        for layer in layers:
            _skip_tiles(get_visual(viewer, layer), layer)


def _skip_tiles(image: "ImageVisual", layer: "NapariLayer") -> None:
    build_whole = image._build_vertex_data
    for name in _PRIVATE:
        getattr(image, name)

    def build_vertices() -> None:
        with guard_patch(_NAME):
            height, width = image._data.shape[:2]
            corners = _compute_tile_corners(image._data[..., 3] > 0)
            image._subdiv_position.set_data(corners.astype(np.float32))
            image._subdiv_texcoord.set_data((corners / (width, height)).astype(np.float32))
            image._need_vertex_update = False
            return
        build_whole()

    def invalidate(event: object = None) -> None:
        image._need_vertex_update = True

    # vispy has no public way to leave out parts of a picture.
    image._build_vertex_data = build_vertices
    layer.events.set_data.connect(invalidate)


def _compute_tile_corners(inked: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Compute corners (x, y) of two triangles a tile with ink; of one without area for none."""
    height, width = inked.shape
    rows, columns = (np.arange(0, side, _TILE) for side in (height, width))
    filled = np.logical_or.reduceat(np.logical_or.reduceat(inked, rows, axis=0), columns, axis=1)
    top, left = (place * _TILE for place in np.nonzero(filled))
    if not len(top):
        return np.zeros((3, 2), dtype=np.intp)
    bottom, right = np.minimum(top + _TILE, height), np.minimum(left + _TILE, width)
    x = np.stack([left, right, right, left, right, left], axis=1)
    y = np.stack([top, top, bottom, top, bottom, bottom], axis=1)
    return np.stack([x, y], axis=-1).reshape(-1, 2)
