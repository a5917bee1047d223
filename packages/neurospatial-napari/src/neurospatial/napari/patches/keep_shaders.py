"""Shaders of meshes, kept while their vertices change."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial.napari.patches.guard import guard_patch
from neurospatial.napari.patches.visuals import get_visual

if TYPE_CHECKING:
    from vispy.visuals.mesh import MeshVisual
    from vispy.visuals.shaders import Function

    import napari
    from napari.layers import Layer as NapariLayer

_NAME = "keep_shaders"

_Build = Callable[[NDArray[np.float32]], "Function"]


def keep_shaders(viewer: "napari.Viewer", layers: "Iterable[NapariLayer]") -> None:
    """Have the meshes of layers keep their shaders from step to step.

    With every set of vertices vispy makes the function anew that brings values to
    their colours, and so compiles the whole shader again: 6 ms a layer where a
    processor does what a graphics card would. It follows from the colormap and its
    limits alone.
    """
    with guard_patch(_NAME):
        from vispy.visuals.mesh import MeshVisual

        for layer in layers:
            mesh = get_visual(viewer, layer)
            if isinstance(mesh, MeshVisual):
                mesh._build_color_transform = _cache_color_transform(mesh)


def _cache_color_transform(mesh: "MeshVisual") -> _Build:
    build: _Build = mesh._build_color_transform
    made: dict[object, Function] = {}

    def build_once(colors: NDArray[np.float32]) -> "Function":
        with guard_patch(_NAME):
            valued = colors.ndim == 2 and colors.shape[1] == 1
            follows_from = (mesh.cmap, *mesh._clim_values) if valued else None
            if follows_from not in made:
                made.clear()
                made[follows_from] = build(colors)
            return made[follows_from]
        return build(colors)

    return build_once
