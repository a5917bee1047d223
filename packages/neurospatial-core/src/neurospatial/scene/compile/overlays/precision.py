"""How many bytes the coordinates of layers have."""

from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import DTypeLike

from neurospatial.scene.layers import Layer, Points, Segments, Text
from neurospatial.scene.raster import Bounds, choose_origin

LayerT = TypeVar("LayerT", bound=Layer)

_COORDINATES = {Points: ("xy",), Segments: ("start", "stop"), Text: ("anchor",)}
"""What of each layer is world coordinates, one or more a frame."""


def choose_dtype(bounds: Bounds) -> type[np.floating]:
    """Choose the smallest type of coordinates that moves nothing in a view of these bounds.

    Examples
    --------
    >>> choose_dtype((0.0, 0.0, 100.0, 80.0)).__name__
    'float32'
    >>> choose_dtype((5e5, 5e6, 5e5 + 100, 5e6 + 80)).__name__
    'float64'
    """
    return np.float32 if choose_origin(bounds) == (0.0, 0.0) else np.float64


def convert_coordinates(layer: LayerT, dtype: DTypeLike) -> LayerT:
    """Convert the coordinates of a layer; it is the same where they are of that type."""
    with np.errstate(over="ignore"):  # What is infinite in float32 is far outside of any view.
        converted = {
            name: getattr(layer, name).astype(dtype, copy=False)
            for name in _COORDINATES.get(type(layer), ())
        }
    if all(getattr(layer, name) is array for name, array in converted.items()):
        return layer
    return replace(layer, **converted)
