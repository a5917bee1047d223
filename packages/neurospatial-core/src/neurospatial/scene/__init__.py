"""The scene: everything to show, checked, aligned and independent of any backend."""

from neurospatial.scene.affine import Affine2D
from neurospatial.scene.color import NOTHING, ColorScale, fits_float32
from neurospatial.scene.compile.compile import compile_scene
from neurospatial.scene.compile.context import Overlay, OverlayContext
from neurospatial.scene.compile.display_layout import TrackForm
from neurospatial.scene.compile.limits import estimate_colormap_range_from_subset, find_limits
from neurospatial.scene.compile.scene_options import SceneKeywords, SceneOptions
from neurospatial.scene.compile.subsample import subsample_frames
from neurospatial.scene.geometry import Geometry
from neurospatial.scene.layers import (
    LAYERS,
    Coordinates,
    Curve,
    Field,
    Image,
    Layer,
    Points,
    Polygons,
    Rings,
    Segments,
    Text,
    Trace,
)
from neurospatial.scene.raster import Bounds, Raster, choose_origin
from neurospatial.scene.scene import Panel, Scene, View
from neurospatial.scene.slice_frames import slice_frames
from neurospatial.scene.source import (
    ArraySource,
    FieldsLike,
    FramesLike,
    SelectedSource,
    SequenceSource,
    Sliceable,
    Source,
    as_source,
)
from neurospatial.scene.timeline import Timeline
from neurospatial.validate.colors import RGBA, ColorLike, rgba

__all__ = [
    "LAYERS",
    "NOTHING",
    "RGBA",
    "Affine2D",
    "ArraySource",
    "Bounds",
    "ColorLike",
    "ColorScale",
    "Coordinates",
    "Curve",
    "Field",
    "FieldsLike",
    "FramesLike",
    "Geometry",
    "Image",
    "Layer",
    "Overlay",
    "OverlayContext",
    "Panel",
    "Points",
    "Polygons",
    "Raster",
    "Rings",
    "Scene",
    "SceneKeywords",
    "SceneOptions",
    "Segments",
    "SelectedSource",
    "SequenceSource",
    "Sliceable",
    "Source",
    "Text",
    "Timeline",
    "Trace",
    "TrackForm",
    "View",
    "as_source",
    "choose_origin",
    "compile_scene",
    "estimate_colormap_range_from_subset",
    "find_limits",
    "fits_float32",
    "rgba",
    "slice_frames",
    "subsample_frames",
]
