from dataclasses import dataclass

import numpy as np
import pytest

from neurospatial.scene import Field, OverlayContext, Points, Segments, Text, compile_scene


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


@pytest.mark.parametrize("shape", [(6, 3), (6,), (0, 2), (6, 1, 2)], ids=str)
def test_wrong_paths_are_refused(env, fields, shape):
    text = r"overlay_trajectory has incorrect shape.\n  Expected: \(n_timepoints, 2\) for 2D"
    with pytest.raises(ValueError, match=explained(text)):
        compile_scene(env, fields, overlay_trajectory=np.zeros(shape))


def test_infinite_path_is_refused(env, fields):
    path = np.zeros((6, 2))
    path[2] = np.inf
    with pytest.raises(ValueError, match=explained("holds 2 infinite values")):
        compile_scene(env, fields, overlay_trajectory=path)
