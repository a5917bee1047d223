"""Layers that are moved as they are, and cut off where their panel ends."""

from typing import TYPE_CHECKING

import numpy as np

from neurospatial.napari.layers.panel_place import PanelPlace
from neurospatial.scene import Bounds

if TYPE_CHECKING:
    from napari.layers import Layer as NapariLayer


def carry_layer(layer: "NapariLayer", place: PanelPlace) -> None:
    """Have a layer whose data lie where `place.home` puts them seen where they are now."""
    affine = place.make_affine(layer.ndim)
    if not np.array_equal(layer.affine.affine_matrix, affine):
        layer.affine = affine


def clip_layer(layer: "NapariLayer", box: Bounds) -> None:
    """Cut a layer off at the edges of a box of napari's world; an Image napari leaves whole."""
    left, bottom, right, top = box
    # Places and inward normals, depth first.
    layer.experimental_clipping_planes = [
        {"position": (0.0, *place), "normal": normal}
        for place, sign in (((bottom, left), 1.0), ((top, right), -1.0))
        for normal in ((0.0, sign, 0.0), (0.0, 0.0, sign))
    ]
