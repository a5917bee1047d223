"""Rectangular bins known beforehand: a mask, a picture, edges."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.layouts import RegularGrid
from neurospatial.layouts.shapes import convert_image_to_cells
from neurospatial.validate import to_mask, to_real_array


def cut_mask(mask: ArrayLike, edges: Sequence[ArrayLike], diagonal: bool) -> RegularGrid:
    """Take the cells of a grid where a mask is True: `Environment.from_mask`."""
    cells = to_mask(mask, "mask")
    return RegularGrid(_to_float_arrays(edges), cells, diagonal)


def cut_image(
    image: ArrayLike,
    bin_size: float | Sequence[float],
    origin: Sequence[float],
    diagonal: bool,
    y_down: bool = False,
) -> RegularGrid:
    """Take the True pixels of a picture as bins: `Environment.from_image`."""
    cells = convert_image_to_cells(image, y_down)
    sizes, starts = to_real_array(bin_size, "bin_size"), to_real_array(origin, "origin")
    positive = (np.isfinite(sizes) & (sizes > 0)).all()
    if sizes.shape not in {(), (1,), (2,)} or not positive or starts.shape != (2,):
        raise ValueError(
            explain(
                f"bin_size is {bin_size} and origin is {origin}.",
                "They place the pixels: how large one is, and where their lowest x and y are.",
                ["Pass bin_size=0.2 and origin=(0.0, 0.0), in the units of positions."],
            )
        )
    sides = zip(starts, np.broadcast_to(sizes, 2), cells.shape, strict=True)
    edges = tuple(start + size * np.arange(n + 1) for start, size, n in sides)
    return RegularGrid(edges, cells, diagonal)


def cut_grid(edges: Sequence[ArrayLike], diagonal: bool) -> RegularGrid:
    """Take every cell of a grid: `Environment.from_grid_edges`."""
    arrays = _to_float_arrays(edges)
    active = np.ones([max(edge.size - 1, 0) for edge in arrays], dtype=bool)
    return RegularGrid(arrays, active, diagonal)


def _to_float_arrays(edges: Sequence[ArrayLike]) -> tuple[NDArray[np.float64], ...]:
    return tuple(to_real_array(edge, "edges") for edge in edges)
