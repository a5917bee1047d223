"""The scene: everything to show, checked, aligned and independent of any backend."""

from neurospatial.scene.affine import Affine2D
from neurospatial.scene.color import NOTHING, ColorScale, fits_float32
from neurospatial.scene.compile.clocks.subsample import subsample_frames
from neurospatial.scene.compile.compile import compile_scene
from neurospatial.scene.compile.compile_panels import compile_panels
from neurospatial.scene.compile.fields.limits import (
    estimate_colormap_range_from_subset,
    find_limits,
)
from neurospatial.scene.compile.overlays.context import Overlay, OverlayContext
from neurospatial.scene.compile.panel_spec import (
    HasColorScale,
    PanelClock,
    PanelContext,
    PanelSpec,
)
from neurospatial.scene.compile.panels.arrange_panels import PanelsLike
from neurospatial.scene.compile.panels.display_layout import TrackForm
from neurospatial.scene.compile.panels.field_panel import FieldPanel
from neurospatial.scene.compile.scene_options import SceneKeywords, SceneOptions
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
    drop_unused_rows,
)
from neurospatial.scene.timeline import Timeline
from neurospatial.scene.view_path import ViewPath
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
    "FieldPanel",
    "FieldsLike",
    "FramesLike",
    "Geometry",
    "HasColorScale",
    "Image",
    "Layer",
    "Overlay",
    "OverlayContext",
    "Panel",
    "PanelClock",
    "PanelContext",
    "PanelSpec",
    "PanelsLike",
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
    "ViewPath",
    "as_source",
    "choose_origin",
    "compile_panels",
    "compile_scene",
    "drop_unused_rows",
    "estimate_colormap_range_from_subset",
    "find_limits",
    "fits_float32",
    "rgba",
    "slice_frames",
    "subsample_frames",
]
