"""Fields: float values on napari's own colormap, sliced as they are shown."""

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial.napari.data.frame_cache import FrameCache
from neurospatial.napari.data.lazy_array import LazyFrames
from neurospatial.napari.layers.base import DrawContext, ValueLayerView
from neurospatial.napari.layers.carry import carry_layer, clip_layer
from neurospatial.napari.layers.triangulate import triangulate_polygons
from neurospatial.scene import ColorScale, Field, Raster

if TYPE_CHECKING:
    from napari.layers import Layer as NapariLayer
    from napari.utils import Colormap


def create_field_view(layer: Field, context: DrawContext) -> "FieldView":
    """Create what shows a field: a picture of one pixel a bin for a grid, else a mesh.

    A grid in a view that moves is a mesh too.
    """
    limits = layer.color.vmin, layer.color.vmax
    cache = FrameCache(
        layer.values, context.options, context.prefetcher, limits, layer.frame_index
    )
    raster = layer.geometry.native_raster
    if raster is None or context.place.moves:  # napari cuts off no Image.
        return MeshFieldView(layer, context, cache)
    return GridFieldView(layer, context, cache, raster)


class FieldView(ValueLayerView):
    """A field in the viewer.

    Parameters
    ----------
    layer : Field
    context : DrawContext
    cache : FrameCache
    napari_layer : napari.layers.Layer
    """

    def __init__(
        self, layer: Field, context: DrawContext, cache: FrameCache, napari_layer: "NapariLayer"
    ) -> None:
        super().__init__(context, napari_layer)
        self.layer: Field = layer
        self.cache: FrameCache = cache

    def read_value(self, frame: int, x: float, y: float) -> tuple[int, float] | None:
        """Find the bin at a place and its value; None where there is no bin."""
        bin_ = self.layer.geometry.locate(x, y)
        if bin_ is None:
            return None
        return bin_, float(self.cache.to_values(self.cache.read_frame(frame)[bin_ : bin_ + 1])[0])

    @property
    def resolution(self) -> float:
        """By how much values differ that are to be told apart."""
        return (self.layer.color.vmax - self.layer.color.vmin) / 1000


class GridFieldView(FieldView):
    """A field on equal rectangles: an Image of one pixel a bin, rows upward."""

    def __init__(
        self, layer: Field, context: DrawContext, cache: FrameCache, raster: Raster
    ) -> None:
        from napari.layers import Image

        place = context.placement
        raster = replace(raster, y_down=place.y_down)
        index = layer.geometry.index_map(raster)[::-1]

        def make_picture(frame: int) -> NDArray[np.generic]:
            return np.append(cache.read_frame(frame), np.float32(np.nan))[index]

        across, upward = (place.scale / px for px in raster.px_per_unit)
        corner = raster.world_to_px.inverse([0.5, raster.height - 0.5])  # of the last row
        super().__init__(
            layer,
            context,
            cache,
            Image(
                LazyFrames(cache.n_frames, make_picture, index.shape, np.float32),
                name=f"{context.prefix}{layer.name}",
                scale=(1.0, upward, across),
                translate=(0.0, *place.to_napari(corner)),
                interpolation2d="nearest",
                blending="translucent_no_depth",
                visible=layer.visible,
                **to_colormap_keywords(layer.color),
            ),
        )


class MeshFieldView(FieldView):
    """A field on bins of any shape: a Surface of triangles, each of its bin's value."""

    def __init__(self, layer: Field, context: DrawContext, cache: FrameCache) -> None:
        from napari.layers import Surface

        vertices, self._faces, bins = triangulate_polygons(layer.geometry.polygons())
        self._bin_of_face = bins[self._faces[:, 0]]
        self._has_value = np.zeros(0, dtype=bool)
        self._vertices = context.placement.to_napari(vertices)
        self._values = LazyFrames(
            cache.n_frames, lambda frame: cache.read_frame(frame)[bins], bins.shape, np.float32
        )
        super().__init__(
            layer,
            context,
            cache,
            Surface(
                (self._vertices, self._faces, self._values),
                name=f"{context.prefix}{layer.name}",
                shading="none",
                blending="translucent_no_depth",
                visible=layer.visible,
                **to_colormap_keywords(layer.color),
            ),
        )
        if context.place.moves:
            clip_layer(self.layers[0], context.placement.box)

    def show(self, frame: int) -> None:
        """Leave out the triangles of bins that have no value, and follow the view."""
        if self.context.place.moves:
            carry_layer(self.layers[0], self.context.place)
        has_value = ~np.isnan(self.cache.read_frame(frame))
        if np.array_equal(has_value, self._has_value):
            return
        self._has_value = has_value
        faces = self._faces[has_value[self._bin_of_face]]
        self.layers[0].data = (self._vertices, faces, self._values)


def to_colormap_keywords(scale: ColorScale) -> dict[str, object]:
    """Convert a colour scale to what napari takes; the limits are always said."""
    colormap = _make_colormap(scale.name, scale.table.tobytes())
    limits = (scale.vmin, scale.vmax) if scale.fits_float32 else (0.0, 1.0)
    return {"colormap": colormap, "contrast_limits": limits}


# One object for equal colours: napari gives every other one a name of its own.
@cache
def _make_colormap(name: str, table: bytes) -> "Colormap":
    from napari.utils import Colormap

    rgb = np.frombuffer(table, dtype=np.uint8).reshape(-1, 3) / 255
    return Colormap(
        np.concatenate([rgb, np.ones((len(rgb), 1))], axis=1),
        name=name,
        controls=np.linspace(0, 1, len(rgb) + 1),
        interpolation="zero",
    )
