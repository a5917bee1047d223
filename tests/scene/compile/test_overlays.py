from dataclasses import dataclass, replace

import numpy as np
import pytest

from neurospatial.scene import (
    Affine2D,
    ArraySource,
    Field,
    Image,
    OverlayContext,
    Points,
    Segments,
    Text,
    Trace,
    compile_scene,
)


@dataclass
class Overlay:
    """An overlay that gives what it is told to, and keeps what it was told."""

    made: tuple = ()
    context: OverlayContext | None = None

    def layers(self, context):
        self.context = context
        return self.made


def points(n_frames=6, **more):
    return Points(**{"name": "P", "xy": np.zeros((n_frames, 1, 2), np.float32),
                     "color": (1, 0, 0, 1), **more})  # fmt: skip


def explained(text):
    return rf"(?s){text}.*\n\n  WHY: .*\n\n  HOW: Choose one of these solutions:\n    1\. "


def test_overlay_is_told_the_clock_and_the_place(env, fields):
    overlay = Overlay()
    compile_scene(env, fields, overlays=[overlay], frame_times=np.arange(6) * 2.0)
    assert overlay.context.times.tolist() == [0, 2, 4, 6, 8, 10]
    assert overlay.context.bounds == (0, 0, 40, 20)
    assert (overlay.context.n_dims, overlay.context.n_frames) == (2, 6)
    assert overlay.context.units == "cm"


def test_one_overlay_needs_no_list(env, fields):
    scene = compile_scene(env, fields, overlays=Overlay((points(),)))
    assert scene.layer_types == {Field, Points}


def test_layers_of_one_name_are_numbered(env, fields):
    overlays = [Overlay((points(name="Position"), points(name="Other"))) for _ in range(2)]
    overlays.append(Overlay((points(name="Alone"),)))
    scene = compile_scene(env, fields, overlays=overlays)
    names = [layer.name for layer in scene.panels[0].layers]
    assert names == ["Field", "Position 1", "Other 1", "Position 2", "Other 2", "Alone"]


def test_layers_are_in_drawing_order(env, fields):
    made = tuple(points(name=str(z), z=z) for z in (3, -1, 2, 2.5))
    scene = compile_scene(env, fields, overlays=[Overlay(made)])
    assert [layer.name for layer in scene.panels[0].layers] == ["-1", "Field", "2", "2.5", "3"]


def test_overlay_without_layers_is_refused(env, fields):
    with pytest.raises(TypeError, match=explained("overlays holds a str, which has no layers")):
        compile_scene(env, fields, overlays=["position"])


class Foreign:
    name, z, visible = "x", 0.0, True


class Own(Points):
    pass


@pytest.mark.parametrize(
    "layer",
    [Foreign(), "text", None, Own(**vars(points()))],
    ids=["look-alike", "str", "none", "subclass"],
)
def test_foreign_layer_is_refused(env, fields, layer):
    text = rf"(?s)Overlay returned a {type(layer).__name__} from layers\(\).*: Curve, Field, Image"
    with pytest.raises(TypeError, match=text):
        compile_scene(env, fields, overlays=[Overlay((layer,))])


def xy(*shape):
    return np.zeros(shape, np.float32)


RED = (1.0, 0.0, 0.0, 1.0)


def pictures(shape=(2, 4, 5, 3), index=(0,), dtype=np.uint8):
    frames, unit = ArraySource(np.zeros(shape, dtype)), Affine2D.scaling(1, 1)
    return Image(name="V", frames=frames, frame_index=np.array(index), px_to_world=unit)


def trace(times=(0.0, 1.0), values=(1.0, 2.0), window=1.0, limits=(0.0, 3.0)):
    times, values = np.array(times), np.array(values)
    return Trace(name="T", times=times, values=values, color=RED, window=window, limits=limits)


def faded(*shape, by=1.0):
    return points(opacity=np.full(shape, by, np.float32))


@pytest.mark.parametrize(
    ("layer", "text"),
    [
        (points(5), "xy of layer 'P' has 5 frames, and the scene has 6"),
        (
            Segments(name="S", start=xy(6, 1, 2), stop=xy(7, 1, 2), color=RED),
            "stop of layer 'S' has 7 frames",
        ),
        (Text(name="T", anchor=xy(2, 2), strings=("a",), color=RED), "anchor .* has 2 frames"),
        (
            Text(name="T", anchor=xy(1, 2), strings=("a",) * 3, color=RED),
            "strings .* has 3 frames",
        ),
        (points(xy=xy(6, 2)), r"'P' has xy of shape \(6, 2\)"),
        (points(xy=xy(6, 1, 3)), r"'P' has xy of shape \(6, 1, 3\)"),
        (
            Text(name="T", anchor=xy(1, 1, 2), strings=("a",), color=RED),
            r"anchor of shape \(1, 1,",
        ),
        (
            Segments(name="S", start=xy(6, 3, 2), stop=xy(1, 2, 2), color=RED),
            r"start of shape \(6, 3, 2\), stop of shape \(1, 2, 2\)",
        ),
    ],
    ids=["points", "segments", "anchor", "strings", "no mark axis", "3-D", "text axis", "stops"],
)
def test_layer_that_does_not_fit_is_refused(env, fields, layer, text):
    with pytest.raises(ValueError, match=explained(f"Overlay.*{text}")):
        compile_scene(env, fields, overlays=[Overlay((layer,))])


@pytest.mark.parametrize(
    ("layer", "text"),
    [
        (faded(6, 2), r"opacity of shape \(6, 2\)"),
        (faded(5, 1), "opacity of layer 'P' has 5 frames, and the scene has 6"),
        (faded(6, 1, by=1.5), "opacity from 1.5 to 1.5"),
        (faded(1, 1, by=np.nan), "opacity from nan to nan"),
        (pictures((2, 4, 5)), r"frames of shape \(2, 4, 5\) and dtype uint8"),
        (pictures((2, 4, 5, 2)), r"frames of shape \(2, 4, 5, 2\)"),
        (pictures(dtype=np.float64), "dtype float64"),
        (pictures(index=(0, 1, 2, 0, 0, 0)), "frame_index from 0 to 2 of 2 pictures"),
        (pictures(index=(-2,)), "frame_index from -2 to -2"),
        (pictures(index=(0, 0)), "frame_index of layer 'V' has 2 frames"),
        (trace(times=(1.0, 0.0)), r"times of shape \(2,\), values"),
        (trace(values=(1.0, 2.0, 3.0)), r"values of shape \(3,\)"),
        (trace(window=0.0), "a window of 0 s"),
        (trace(limits=(3.0, 3.0)), r"limits \(3.0, 3.0\)"),
    ],
)
def test_contents_that_are_not_as_a_scene_has_them_are_refused(env, fields, layer, text):
    with pytest.raises(ValueError, match=explained(f"Overlay.*{text}")):
        compile_scene(env, fields, overlays=[Overlay((layer,))])


def test_panels_share_their_signals(env, fields):
    made = (trace(), replace(trace(), name="Hidden", visible=False), trace(limits=(0.0, 9.0)))
    scene = compile_scene(env, {"a": fields, "b": fields}, overlays=[Overlay(made)])
    assert [x.name for x in scene.visible_strips] == ["T 1", "T 2"]
    assert [x.name for x in scene.strips] == ["T 1", "Hidden", "T 2"]
    assert scene.visible_strips[1].limits == (0, 9)
    assert all(a is b for a, b in zip(scene.panels[0].layers[1:], scene.panels[1].layers[1:]))  # noqa: B905


def test_overlay_is_told_of_the_others_and_of_the_fields_clock(env, fields):
    overlays = [Overlay(), Overlay()]
    compile_scene(env, fields, overlays=overlays, frame_times=np.arange(6) * 2.0, speed=3, fps=3)
    context = overlays[0].context
    assert context.overlays == tuple(overlays)
    assert context.field_times.tolist() == [0, 2, 4, 6, 8, 10]
    assert context.times.tolist() == list(range(11))


@pytest.mark.parametrize("n_frames", [1, 5])
def test_field_of_an_overlay_has_every_frame(env, fields, n_frames):
    field = compile_scene(env, fields[:n_frames]).panels[0].fields[0]
    with pytest.raises(ValueError, match=f"values of layer 'Field' has {n_frames} frames"):
        compile_scene(env, fields, overlays=[Overlay((field,))])


def test_one_entry_stands_for_every_frame(env, fields):
    made = (points(1), Segments(name="S", start=xy(1, 1, 2), stop=xy(6, 1, 2), color=RED))
    assert compile_scene(env, fields, overlays=[Overlay(made)]).layer_types == {
        Field, Points, Segments,
    }  # fmt: skip


def test_path_of_the_frames_moves_and_any_other_lies_still(env, fields):
    path = np.cumsum(np.ones((6, 2)), axis=0)
    (_, moving) = compile_scene(env, fields, overlay_trajectory=path).panels[0].layers
    assert isinstance(moving, Points)
    assert moving.trail > 0
    np.testing.assert_array_equal(moving.xy[:, 0], path)
    (_, still) = (
        compile_scene(env, fields, overlay_trajectory=np.tile(path, (3, 1))).panels[0].layers
    )
    assert isinstance(still, Segments)
    np.testing.assert_array_equal(still.start[0, 1:], still.stop[0, :-1])
    assert still.start.shape == (1, 17, 2)


def test_path_of_the_frames_keeps_step_with_fields_played_at_a_speed(env, fields):
    path = np.cumsum(np.ones((6, 2)), axis=0)
    scene = compile_scene(
        env, fields, overlay_trajectory=path, frame_times=np.arange(6.0), speed=0.5, fps=1
    )
    field, moving = scene.panels[0].layers
    assert isinstance(moving, Points)
    shown = [int(moving.xy[i, 0, 0]) - 1 for i in range(scene.timeline.n_frames)]
    assert len(shown) == 11
    for i, number in enumerate(shown):
        np.testing.assert_array_equal(field.shown.read(i, i + 1)[0], fields[number])


def test_path_in_space_is_seen_from_above(env, fields):
    space = np.cumsum(np.ones((18, 3)), axis=0) * (1, 2, 100)
    (_, places) = compile_scene(env, fields, overlay_trajectory=space).panels[0].layers
    assert isinstance(places, Points)
    np.testing.assert_array_equal(places.xy[0], space[:, :2])
    (_, moving) = compile_scene(env, fields, overlay_trajectory=space[:6]).panels[0].layers
    np.testing.assert_array_equal(moving.xy[:, 0], space[:6, :2])
    assert moving.trail == 0


@pytest.mark.parametrize("shape", [(6, 1), (6,), (0, 2), (0, 3), (6, 1, 2)], ids=str)
def test_wrong_paths_are_refused(env, fields, shape):
    text = r"overlay_trajectory has incorrect shape.\n  Expected: \(n_samples, 2\) for 2D"
    with pytest.raises(ValueError, match=explained(text)):
        compile_scene(env, fields, overlay_trajectory=np.zeros(shape))


def test_infinite_path_is_refused(env, fields):
    path = np.zeros((6, 2))
    path[2] = np.inf
    with pytest.raises(
        ValueError,
        match=explained("overlay_trajectory: found 1 samples with Inf values at indices: \\[2\\]"),
    ):
        compile_scene(env, fields, overlay_trajectory=path)
