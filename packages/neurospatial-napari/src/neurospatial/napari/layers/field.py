"""Fields: float values on napari's own colormap, sliced as they are shown."""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial.napari.data.frame_cache import FrameCache
from neurospatial.napari.data.lazy_array import LazyFrames
from neurospatial.napari.layers.base import Stage, ValuedDrawn
from neurospatial.napari.layers.triangulate import triangles_of
from neurospatial.scene import ColorScale, Field, Raster

if TYPE_CHECKING:
    from napari.layers import Layer as NapariLayer
    from napari.utils import Colormap


def draw_field(layer: Field, stage: Stage) -> "FieldDrawn":
    """Draw a field: a picture of one pixel a bin for a grid, else a mesh."""
    pieces = FrameCache(layer.values, stage.options, stage.ahead)
    raster = layer.geometry.native_raster
    if raster is None:
        return MeshField(layer, stage, pieces)
    return GridField(layer, stage, pieces, raster)


class FieldDrawn(ValuedDrawn):
    """A field in the viewer.

    Parameters
    ----------
    layer : Field
    stage : Stage
    cache : FrameCache
    shown : napari.layers.Layer
    """

    def __init__(
        self, layer: Field, stage: Stage, cache: FrameCache, shown: "NapariLayer"
    ) -> None:
        super().__init__(stage, shown)
        self.layer: Field = layer
        self.cache: FrameCache = cache

    def value(self, frame: int, x: float, y: float) -> tuple[int, float] | None:
        """Bin at a place and its value; None where there is no bin."""
        bin_ = self.layer.geometry.locate(x, y)
        return None if bin_ is None else (bin_, float(self.cache.frame(frame)[bin_]))


class GridField(FieldDrawn):
    """A field on equal rectangles: an Image of one pixel a bin, rows upward."""

    def __init__(self, layer: Field, stage: Stage, cache: FrameCache, raster: Raster) -> None:
        from napari.layers import Image

        index = layer.geometry.index_map(raster)[::-1]

        def picture(frame: int) -> NDArray[np.generic]:
            return np.append(cache.frame(frame), np.float32(np.nan))[index]

        left, bottom, _, _ = raster.bounds
        across, upward = (1 / px for px in raster.px_per_unit)
        corner = np.array([left + across / 2, bottom + upward / 2])
        super().__init__(
            layer,
            stage,
            cache,
            Image(
                LazyFrames(cache.n_frames, picture, index.shape, np.float32),
                name=f"{stage.prefix}{layer.name}",
                scale=(1.0, upward, across),
                translate=(0.0, *stage.placement.to_napari(corner)),
                interpolation2d="nearest",
                blending="translucent_no_depth",
                visible=layer.visible,
                **colouring(layer.color),
            ),
        )


class MeshField(FieldDrawn):
    """A field on bins of any shape: a Surface of triangles, each of its bin's value."""

    def __init__(self, layer: Field, stage: Stage, cache: FrameCache) -> None:
        from napari.layers import Surface

        corners, self._faces, bins = triangles_of(layer.geometry.polygons())
        self._bin_of_face = bins[self._faces[:, 0]]
        self._drawn = np.zeros(0, dtype=bool)
        self._vertices = stage.placement.to_napari(corners)
        self._values = LazyFrames(
            cache.n_frames, lambda frame: cache.frame(frame)[bins], bins.shape, np.float32
        )
        super().__init__(
            layer,
            stage,
            cache,
            Surface(
                (self._vertices, self._faces, self._values),
                name=f"{stage.prefix}{layer.name}",
                shading="none",
                blending="translucent_no_depth",
                visible=layer.visible,
                **colouring(layer.color),
            ),
        )

    def show(self, frame: int) -> None:
        """Leave out the triangles of bins that have no value."""
        drawn = ~np.isnan(self.cache.frame(frame))
        if np.array_equal(drawn, self._drawn):
            return
        self._drawn = drawn
        faces = self._faces[drawn[self._bin_of_face]]
        self.layers[0].data = (self._vertices, faces, self._values)


def colouring(scale: ColorScale) -> dict[str, object]:
    """Give the colours of a scale as napari takes them; the limits are always said."""
    colormap = _colormap(scale.name, scale.table.tobytes())
    return {"colormap": colormap, "contrast_limits": (scale.vmin, scale.vmax)}


# One object for equal colours: napari gives every other one a name of its own.
@cache
def _colormap(name: str, table: bytes) -> "Colormap":
    from napari.utils import Colormap

    rgb = np.frombuffer(table, dtype=np.uint8).reshape(-1, 3) / 255
    return Colormap(
        np.concatenate([rgb, np.ones((len(rgb), 1))], axis=1),
        name=name,
        controls=np.linspace(0, 1, len(rgb) + 1),
        interpolation="zero",
    )
