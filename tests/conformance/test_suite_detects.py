"""The suite fails where a backend is wrong: each mistake is made on purpose here."""

from dataclasses import replace

import numpy as np
import pytest

from neurospatial.scene import ArraySource, Field, Image, Points, Polygons, Segments, Text
from neurospatial.testing import LAYOUTS, BackendTests, Reference, ReferenceBackend
from neurospatial.testing.cases import CASES, registry
from neurospatial.testing.fixture import Fixture


class Wrong(ReferenceBackend):
    """A backend that goes wrong in one way."""

    def __init__(self, scene_mistake=None, picture_mistake=None):
        self.scene_mistake = scene_mistake
        self.picture_mistake = picture_mistake

    def present(self, scene, options):
        if self.scene_mistake is not None:
            scene = self.scene_mistake(scene)
        pictures = super().present(scene, options)
        return pictures if self.picture_mistake is None else self.picture_mistake(pictures)


def layers_changed(kind, change):
    """Make a mistake of a change to every layer of a kind."""

    def mistake(scene):
        panels = []
        for panel in scene.panels:
            layers = [change(x) if isinstance(x, kind) else x for x in panel.layers]
            panels.append(replace(panel, layers=tuple(x for x in layers if x is not None)))
        return replace(scene, panels=tuple(panels))

    return Wrong(scene_mistake=mistake)


def each(change):
    return Wrong(picture_mistake=lambda pictures: [change(picture) for picture in pictures])


def transposed(picture):
    height, width = picture.shape[:2]
    rows = np.arange(height)[:, None] * width // height
    columns = np.arange(width)[None] * height // width
    return picture[columns, rows]


def gaps_closed(layer):
    xy = layer.xy.copy()
    for i in range(1, len(xy)):
        xy[i] = np.where(np.isfinite(xy[i]), xy[i], xy[i - 1])
    return replace(layer, xy=xy)


def shifted(layer, distance):
    return replace(layer, xy=layer.xy + np.float32(distance))


def restarted(pictures):
    half = len(pictures) // 2
    return pictures if half == 0 else pictures[: len(pictures) - half] + pictures[:half]


def holes_filled(layer):
    return replace(layer, polygons=tuple(rings[:1] for rings in layer.polygons))


def backwards(layer):
    return replace(layer, start=layer.stop, stop=layer.start)


def upside_down(layer):
    frames = layer.frames.read(0, layer.frames.shape[0])
    return replace(layer, frames=ArraySource(frames[:, ::-1]))


def without_alpha(layer):
    frames = layer.frames.read(0, layer.frames.shape[0])
    return replace(layer, frames=ArraySource(frames[..., :3]))


MISTAKES = {
    "upside down": (each(lambda p: p[::-1]), {"letter_f_stands_upright"}),
    "mirrored": (each(lambda p: p[:, ::-1]), {"letter_f_stands_upright"}),
    "transposed": (each(transposed), {"letter_f_stands_upright"}),
    "a pixel right": (
        each(lambda p: np.roll(p, 1, axis=1)),
        {"letter_f_stands_upright", "point_lies_where_it_was", "area_is_blended_with_the_field"},
    ),
    "a pixel down": (each(lambda p: np.roll(p, 1, axis=0)), {"letter_f_stands_upright"}),
    "blank after the first frame": (
        Wrong(picture_mistake=lambda p: p[:1] + [np.full_like(x, 255) for x in p[1:]]),
        {"every_frame_is_drawn", "point_lies_where_it_was"},
    ),
    "first frame for ever": (
        Wrong(picture_mistake=lambda p: p[:1] * len(p)),
        {"every_frame_is_drawn", "words_change_with_the_frame"},
    ),
    "a frame late": (Wrong(picture_mistake=lambda p: p[:1] + p[:-1]), {"every_frame_is_drawn"}),
    "second half starts again": (Wrong(picture_mistake=restarted), {"every_frame_is_drawn"}),
    "trail across gaps": (layers_changed(Points, gaps_closed), {"trail_leaves_gaps_open"}),
    "no trail": (
        layers_changed(Points, lambda x: replace(x, trail=0)),
        {"trail_leaves_gaps_open", "trail_reaches_back_as_far_as_asked"},
    ),
    "trail too long": (
        layers_changed(Points, lambda x: replace(x, trail=2 * x.trail)),
        {"trail_reaches_back_as_far_as_asked"},
    ),
    "points off by one pixel": (
        layers_changed(Points, lambda x: shifted(x, 0.7)),
        {"point_lies_where_it_was"},
    ),
    "points too large": (
        layers_changed(Points, lambda x: replace(x, size=1.4 * x.size)),
        {"point_lies_where_it_was"},
    ),
    "lines too thin": (
        layers_changed(Segments, lambda x: replace(x, width=0.6 * x.width)),
        {"segment_joins_its_ends"},
    ),
    "no heads": (
        layers_changed(Segments, lambda x: replace(x, arrowhead=False)),
        {"arrow_points_at_its_stop"},
    ),
    "arrows backwards": (layers_changed(Segments, backwards), {"arrow_points_at_its_stop"}),
    "areas without colour": (
        layers_changed(Polygons, lambda x: replace(x, fill=(0.0, 0.0, 0.0, 0.0))),
        {"area_is_blended_with_the_field", "opaque_area_covers_the_field"},
    ),
    "areas opaque": (
        layers_changed(Polygons, lambda x: replace(x, fill=(*x.fill[:3], 1.0))),
        {"area_is_blended_with_the_field"},
    ),
    "holes filled": (layers_changed(Polygons, holes_filled), {"hole_is_left_open"}),
    "no edges": (
        layers_changed(Polygons, lambda x: replace(x, edge=(0.0, 0.0, 0.0, 0.0))),
        {"edge_runs_along_the_outline"},
    ),
    "points do not fade": (
        layers_changed(Points, lambda x: replace(x, opacity=None)),
        {"point_fades"},
    ),
    "pictures upside down": (layers_changed(Image, upside_down), {"picture_stands_upright"}),
    "pictures a frame late": (
        layers_changed(Image, lambda x: replace(x, frame_index=np.roll(x.frame_index, 1))),
        {"picture_is_the_one_of_its_frame"},
    ),
    "pictures off by some pixels": (
        layers_changed(
            Image,
            lambda x: replace(x, px_to_world=x.px_to_world @ x.px_to_world.translation(8, 0)),
        ),
        {"picture_stands_upright", "picture_is_turned_with_its_map"},
    ),
    "pictures opaque": (
        layers_changed(Image, lambda x: replace(x, opacity=1.0)),
        {"picture_is_blended_with_the_field", "picture_that_stays_is_in_every_frame"},
    ),
    "pictures without their own transparency": (
        layers_changed(Image, without_alpha),
        {"picture_has_its_own_transparency"},
    ),
    "words on their corner": (
        layers_changed(Text, lambda x: replace(x, anchor=x.anchor + np.float32(12))),
        {"words_stand_about_their_anchor"},
    ),
    "words shifted down instead of up": (
        layers_changed(Text, lambda x: replace(x, shift=(x.shift[0], -x.shift[1]))),
        {"shifted_words_stand_beside_their_anchor"},
    ),
    "y upward for ever": (
        Wrong(scene_mistake=lambda scene: y_down_forgotten(scene)),
        {
            "field_stands_as_y_grows",
            "points_lie_as_y_grows",
            "arrows_point_as_y_grows",
            "areas_lie_as_y_grows",
            "film_is_upright_as_y_grows",
            "words_are_upright_as_y_grows",
        },
    ),
    "films mirrored where y grows downward": (
        layers_changed(Image, upside_down),
        {"film_is_upright_as_y_grows"},
    ),
    "words mirrored": (
        layers_changed(Text, lambda x: replace(x, strings=tuple("ΓΓΓ" for _ in x.strings))),
        {"words_are_upright_as_y_grows"},
    ),
    "words shifted in the world": (
        layers_changed(Text, lambda x: replace(x, shift=(x.shift[0], -x.shift[1]))),
        {"words_are_upright_as_y_grows"},
    ),
    "no layers": (
        layers_changed((Image, Points, Polygons, Segments, Text), lambda _: None),
        {
            "picture_below_shines_through_gaps",
            "area_is_blended_with_the_field",
            "point_lies_where_it_was",
            "segment_joins_its_ends",
            "words_stand_about_their_anchor",
        },
    ),
    "first layer on top": (
        Wrong(
            scene_mistake=lambda scene: replace(
                scene,
                panels=tuple(
                    replace(p, layers=p.layers[:1] + p.layers[:0:-1]) for p in scene.panels
                ),
            )
        ),
        {"higher_layers_are_drawn_later"},
    ),
    "fields stacked": (
        Wrong(scene_mistake=lambda scene: all_read(scene)),
        {"long_recording_is_read_in_pieces"},
    ),
    "hidden layers shown": (
        layers_changed(Points, lambda x: replace(x, visible=True)),
        {"hidden_layer_is_not_drawn"},
    ),
    "colours of the other scale": (
        layers_changed(
            Field, lambda x: replace(x, color=replace(x.color, vmax=x.color.vmax + 0.3))
        ),
        {"letter_f_stands_upright", "constant_field_has_one_color"},
    ),
}


def y_down_forgotten(scene):
    panels = (replace(p, view=replace(p.view, y_down=False)) for p in scene.panels)
    return replace(scene, panels=tuple(panels))


def all_read(scene):
    for field in scene.panels[0].fields:
        field.values.read(0, field.values.shape[0])
    return scene


class Suite(BackendTests):
    def __init__(self, backend=None):
        self.backend = backend

    def frame(self, result, i):
        return result[i]


def failing(suite, names, folder):
    for case in CASES:
        if case.name in names:
            try:
                case.run(Fixture(suite, folder), LAYOUTS[case.layouts[0]]())
            except AssertionError:
                yield case.name


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_is_found(mistake, tmp_path):
    backend, found_by = MISTAKES[mistake]
    assert set(failing(Suite(backend), found_by, tmp_path)) == found_by


def test_names_of_cases_are_those_that_exist():
    named = set().union(*(found_by for _, found_by in MISTAKES.values()))
    assert named <= {case.name for case in CASES}


def test_layer_without_a_case_is_found(monkeypatch):
    monkeypatch.setattr(registry, "CASES", [case for case in CASES if case.about is not Text])
    with pytest.raises(AssertionError, match="no case for Text on regular"):
        Suite(Wrong()).test_every_layer_is_tried()


def test_layer_that_no_scene_holds_is_found():
    backend = Wrong()
    backend.draws = ReferenceBackend.draws | {int}
    with pytest.raises(AssertionError, match="which no scene holds"):
        Suite(backend).test_backend_has_its_members()


def test_layout_without_a_case_is_found(monkeypatch):
    from neurospatial import layouts

    class Hexagons:
        def locate(self, points):
            return points

    monkeypatch.setattr(layouts, "Hexagons", Hexagons, raising=False)
    monkeypatch.setattr(layouts, "__all__", [*layouts.__all__, "Hexagons"])
    with pytest.raises(AssertionError, match=r"Hexagons of neurospatial\.layouts is not tried"):
        Suite(Wrong()).test_every_layout_is_tried()


def test_lossy_pictures_may_be_noisy_but_not_wrong(tmp_path):
    rng = np.random.default_rng(0)

    def noisy(picture):
        noise = rng.normal(0, 3, picture.shape)
        noise[..., 3] = 0
        return np.clip(picture + noise, 0, 255).astype(np.uint8)

    suite = Suite(each(noisy))
    suite.exact = False
    for case in suite.cases():
        case.run(Fixture(suite, tmp_path), LAYOUTS[case.layouts[0]]())
    suite.backend = each(lambda picture: noisy(np.roll(picture, 2, axis=1)))
    names = {"letter_f_stands_upright", "point_lies_where_it_was"}
    assert set(failing(suite, names, tmp_path)) == names


def test_transparent_background_is_as_good_as_a_color(tmp_path):
    class Clear(ReferenceBackend):
        def present(self, scene, options):
            pictures = []
            for i in range(scene.timeline.n_frames):
                on = [
                    Reference(scene.panels[0], options.width, options.height, background=b)
                    for b in ((0, 0, 0), (255, 255, 255))
                ]
                dark, light = (reference.picture(i) for reference in on)
                picture = dark.copy()
                picture[..., 3] = 255 - (light.astype(int) - dark).max(axis=-1)
                pictures.append(picture)
            return pictures

    for case in CASES:
        if case.about is Field and case.name != "long_recording_is_read_in_pieces":
            case.run(Fixture(Suite(Clear()), tmp_path), LAYOUTS["masked"]())
