"""From a scene to layers in a viewer."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from neurospatial.napari.data.prefetch import ReadAhead
from neurospatial.napari.display import naming_the_conflict
from neurospatial.napari.layers.axes import AxesDrawn
from neurospatial.napari.layers.axis_units import label_axes, set_units, units_of
from neurospatial.napari.layers.base import Drawn, Stage, ValuedDrawn
from neurospatial.napari.layers.color_bar import ColorBar
from neurospatial.napari.layers.curve import CurveDrawn
from neurospatial.napari.layers.field import FieldDrawn, draw_field
from neurospatial.napari.layers.image import ImageDrawn
from neurospatial.napari.layers.placement import Placement, lay_out
from neurospatial.napari.layers.points import PointsDrawn
from neurospatial.napari.layers.polygons import PolygonsDrawn
from neurospatial.napari.layers.segments import draw_segments
from neurospatial.napari.layers.text import TextDrawn
from neurospatial.napari.options import NapariOptions
from neurospatial.napari.patches.keep_shaders import keep_shaders
from neurospatial.napari.patches.skip_empty_text import leave_out_empty_texts
from neurospatial.napari.patches.skip_empty_tiles import leave_out_empty_squares
from neurospatial.napari.player.animation import ViewerAnimation, animation_of
from neurospatial.napari.player.dock import add_dock
from neurospatial.napari.player.fit_view import keep_in_sight
from neurospatial.napari.player.keys import bind_keys
from neurospatial.napari.player.status_bar import say_values
from neurospatial.scene import (
    Curve,
    Field,
    Image,
    Layer,
    Panel,
    Points,
    Polygons,
    Scene,
    Segments,
    Text,
    Trace,
)

if TYPE_CHECKING:
    import napari

_DRAWN: dict[type[Layer], Callable[..., Drawn]] = {
    Curve: CurveDrawn,
    Field: draw_field,
    Image: ImageDrawn,
    Points: PointsDrawn,
    Polygons: PolygonsDrawn,
    Segments: draw_segments,
    Text: TextDrawn,
}


def present_scene(scene: Scene, options: NapariOptions) -> "napari.Viewer":
    """Add a scene to a viewer, in place of one that it shows already."""
    viewer = _opened(scene) if options.viewer is None else options.viewer
    before = animation_of(viewer)
    if before is not None:
        before.remove()
    ahead = ReadAhead()
    placements = lay_out(scene)
    drawn = _draw(scene, placements, options, ahead)
    layers = [layer for one in drawn for layer in one.layers]
    set_units(layers, units_of(scene))
    viewer.scene.camera.orientation2d = ("up", "right")
    for layer in layers:
        viewer.add_layer(layer)
    keep_shaders(viewer, layers)
    axes = [layer for one in drawn if isinstance(one, AxesDrawn) for layer in one.layers]
    leave_out_empty_squares(viewer, axes)
    label_axes(viewer, scene)
    paint_texts = leave_out_empty_texts(viewer, layers)
    look_away = keep_in_sight(viewer, placements)
    animation = ViewerAnimation(viewer, scene, drawn, placements, ahead, options.loop)
    animation.at_close(paint_texts, needs_window=True)
    animation.at_close(look_away)
    animation.frame = 0
    add_dock(animation, options)
    bind_keys(animation, layers)
    _select_field(viewer, drawn)
    say_values(animation, layers, [one for one in drawn if isinstance(one, ValuedDrawn)])
    return viewer


def _draw(
    scene: Scene, placements: tuple[Placement, ...], options: NapariOptions, ahead: ReadAhead
) -> list[Drawn]:
    drawn: list[Drawn] = []
    several = len(scene.panels) > 1
    columns, _ = scene.grid
    for number, (panel, placement) in enumerate(zip(scene.panels, placements, strict=True), 1):
        stage = Stage(placement, panel.view, options, ahead, f"{panel.title}: " if several else "")
        layers = [layer for layer in panel.layers if not isinstance(layer, Trace)]
        marks = [_DRAWN[type(layer)](layer, stage) for layer in layers]
        # Between two panels there is no room for it.
        rightmost = number % columns == 0 or panel is scene.panels[-1]
        bar = _color_bar(panel, marks, options) if rightmost else None
        drawn += [AxesDrawn(stage, panel, bar), *marks]
    return drawn


def _color_bar(panel: Panel, drawn: Sequence[Drawn], options: NapariOptions) -> ColorBar | None:
    for one in drawn:
        if isinstance(one, FieldDrawn) and one.layer.color is panel.colorbar:
            return ColorBar(one.layers[0], one.layer.color.label, options.px_per_point)
    return None


def _select_field(viewer: "napari.Viewer", drawn: list[Drawn]) -> None:
    for one in drawn:
        if isinstance(one, ValuedDrawn):
            viewer.layers.selection.active = one.layers[-1]
            return


def _opened(scene: Scene) -> "napari.Viewer":
    import napari

    with naming_the_conflict():
        return napari.Viewer(title=scene.title or "napari")
