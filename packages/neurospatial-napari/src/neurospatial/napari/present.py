"""From a scene to layers in a viewer."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from neurospatial.napari.data.prefetch import Prefetcher
from neurospatial.napari.display import explain_qt_failure
from neurospatial.napari.layers.axes import AxesView, Painter
from neurospatial.napari.layers.axes_painter import AxesPainter
from neurospatial.napari.layers.axis_units import choose_axis_unit, label_axes, set_units
from neurospatial.napari.layers.base import DrawContext, LayerView, ValueLayerView
from neurospatial.napari.layers.color_bar import ColorBar
from neurospatial.napari.layers.curve import CurveView
from neurospatial.napari.layers.field import FieldView, create_field_view
from neurospatial.napari.layers.image import ImageView
from neurospatial.napari.layers.layout import ViewerLayout, compute_layout
from neurospatial.napari.layers.link_scales import link_scales
from neurospatial.napari.layers.panel_place import PanelPlace
from neurospatial.napari.layers.points import PointsView
from neurospatial.napari.layers.polygons import PolygonsView
from neurospatial.napari.layers.segments import create_segments_view
from neurospatial.napari.layers.shared_bar import SharedBarPainter
from neurospatial.napari.layers.text import TextView
from neurospatial.napari.options import NapariOptions
from neurospatial.napari.patches.add_unselected import add_unselected
from neurospatial.napari.patches.keep_shaders import keep_shaders
from neurospatial.napari.patches.late_controls import postpone_controls
from neurospatial.napari.patches.skip_empty_text import skip_empty_text
from neurospatial.napari.patches.skip_empty_tiles import skip_empty_tiles
from neurospatial.napari.player.animation import ViewerAnimation, animation_of
from neurospatial.napari.player.dock import add_dock
from neurospatial.napari.player.fit_view import fit_view
from neurospatial.napari.player.keys import bind_keys
from neurospatial.napari.player.status_bar import report_values
from neurospatial.scene import (
    ColorScale,
    Curve,
    Field,
    Image,
    Layer,
    Points,
    Polygons,
    Scene,
    Segments,
    Text,
)
from neurospatial.validate.glyphs import check_direction

if TYPE_CHECKING:
    import napari
    from napari.layers import Layer as NapariLayer

_LAYER_VIEWS: dict[type[Layer], Callable[..., LayerView]] = {
    Curve: CurveView,
    Field: create_field_view,
    Image: ImageView,
    Points: PointsView,
    Polygons: PolygonsView,
    Segments: create_segments_view,
    Text: TextView,
}


def present_scene(scene: Scene, options: NapariOptions) -> "napari.Viewer":
    """Add a scene to a viewer, in place of one that it shows already."""
    check_direction(_iter_words(scene), False, "Show them in a page or a film")
    viewer = _open_viewer(scene) if options.viewer is None else options.viewer
    before = animation_of(viewer)
    if before is not None:
        before.remove()
    prefetcher = Prefetcher()
    layout = compute_layout(scene, options.px_per_point)
    pairs = zip(layout.placements, scene.panels, strict=True)
    places = [PanelPlace(placement, panel.view) for placement, panel in pairs]
    panel_views = _create_layer_views(scene, places, options, prefetcher)
    fields = [one for views in panel_views for one in views if isinstance(one, FieldView)]
    axes = _create_axes(scene, layout, places, panel_views, options)
    views = [axes, *(one for views in panel_views for one in views)]
    layers = [layer for one in views for layer in one.layers]
    set_units(layers, choose_axis_unit(scene, layout.placements))
    viewer.scene.camera.orientation2d = ("up", "right")
    _add_layers(viewer, layers)
    keep_shaders(viewer, layers)
    skip_empty_tiles(viewer, axes.layers)
    link_scales(viewer, fields)
    label_axes(viewer, scene)
    paint_empty_text = skip_empty_text(viewer, layers)
    stop_fitting = fit_view(viewer, layout)
    animation = ViewerAnimation(
        viewer, scene, views, panel_views, places, prefetcher, options.loop
    )
    animation.on_close(paint_empty_text, needs_window=True)
    animation.on_close(stop_fitting)
    animation.frame = 0
    add_dock(animation, options)
    animation.follow_theme()
    bind_keys(animation, layers)
    _select_field(viewer, views)
    report_values(animation, layers, [one for one in views if isinstance(one, ValueLayerView)])
    return viewer


def _create_layer_views(
    scene: Scene, places: Sequence[PanelPlace], options: NapariOptions, prefetcher: Prefetcher
) -> list[list[LayerView]]:
    """Create what shows the layers of each panel."""
    panel_views = []
    for number, panel in enumerate(scene.panels):
        prefix = _make_prefix(scene, number)
        context = DrawContext(places[number], panel.view, options, prefetcher, prefix)
        panel_views.append([_LAYER_VIEWS[type(layer)](layer, context) for layer in panel.layers])
    return panel_views


def _make_prefix(scene: Scene, number: int) -> str:
    """Make what stands before the names of a panel's layers, where there are several panels."""
    return f"{scene.panels[number].title or number + 1}: " if len(scene.panels) > 1 else ""


def _create_axes(
    scene: Scene,
    layout: ViewerLayout,
    places: Sequence[PanelPlace],
    panel_views: Sequence[Sequence[LayerView]],
    options: NapariOptions,
) -> AxesView:
    """Create what shows the axes of all panels, and the colour bar that they share."""
    px, painters = options.px_per_point, list[Painter]()
    for number, panel in enumerate(scene.panels):
        bar = _create_bar(panel_views[number], panel.colorbar, px)
        painters.append(AxesPainter(places[number], panel, layout.rooms[number], px, bar))
    shared = _create_bar([one for views in panel_views for one in views], scene.colorbar, px)
    if shared is not None:
        painters.append(SharedBarPainter(layout, px, shared))
    return AxesView(painters, options)


def _create_bar(
    views: Sequence[LayerView], scale: ColorScale | None, px_per_point: float
) -> ColorBar | None:
    """Create the bar that explains the first field of a colour scale."""
    for one in views:
        if isinstance(one, FieldView) and one.layer.color is scale:
            return ColorBar(one.layers[0], one.layer.color, px_per_point)
    return None


def _iter_words(scene: Scene) -> Iterator[str]:
    """Iterate over what napari writes into the picture, letter after letter."""
    for panel in scene.panels:
        for layer in panel.layers:
            if isinstance(layer, Text) and layer.visible:
                yield from layer.strings


def _add_layers(viewer: "napari.Viewer", layers: Sequence["NapariLayer"]) -> None:
    """Add layers at once; which is selected depends on whether a patch is off."""
    with (
        viewer.layers.batched_update(),
        add_unselected(viewer),
        postpone_controls(viewer),
    ):
        for layer in layers:
            viewer.add_layer(layer)


def _select_field(viewer: "napari.Viewer", views: list[LayerView]) -> None:
    """Select what has values, so that the status bar says them; else what is in front."""
    fields = (one.layers[-1] for one in views if isinstance(one, ValueLayerView))
    viewer.layers.selection.active = next(fields, views[-1].layers[-1])


def _open_viewer(scene: Scene) -> "napari.Viewer":
    import napari

    with explain_qt_failure():
        # Qt takes a single "[*]" for the place of a sign that it leaves out.
        return napari.Viewer(title=scene.title.replace("[*]", "[*][*]") or "napari")
