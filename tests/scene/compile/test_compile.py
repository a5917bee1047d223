import numpy as np
import pytest

from neurospatial import Environment
from neurospatial.layouts import RegularGrid
from neurospatial.scene import (
    Field,
    Points,
    compile_scene,
)
from neurospatial.testing import CountingSource
from neurospatial.testing.scenes import FixedOverlay

N_BINS = 12
POINTS = Points(name="P", xy=np.zeros((1, 1, 2), np.float32), color=(1.0, 0.0, 0.0, 1.0))


def explained(text):
    return rf"(?s){text}.*\n\n  WHY: .*\n\n  HOW: Choose one of these solutions:\n    1\. "


def test_scene_of_one_panel(env, fields):
    scene = compile_scene(env, fields, title="Remapping", fps=12)
    assert scene.title == "Remapping"
    assert (scene.timeline.n_frames, scene.timeline.fps) == (6, 12.0)
    (panel,) = scene.panels
    (field,) = panel.layers
    assert isinstance(field, Field)
    assert (panel.title, panel.colorbar, panel.scale_bar) == ("", field.color, None)
    assert panel.view.units == "cm"
    assert (field.color.vmin, field.color.vmax) == (fields.min(), fields.max())
    np.testing.assert_array_equal(field.values.read(0, 6), fields)


def test_view_is_the_environment_with_a_margin(env, fields):
    bounds = compile_scene(env, fields).panels[0].view.bounds
    assert bounds == (-1.0, -1.0, 41.0, 21.0)


def test_given_limits_read_nothing(env):
    source = CountingSource(np.zeros((6, N_BINS)))
    scene = compile_scene(env, source, vmin=0, vmax=1)
    assert source.reads == []
    assert scene.panels[0].fields[0].values is source


@pytest.mark.parametrize("kind", [list, tuple])
def test_several_sequences_give_a_panel_each(env, fields, kind):
    scene = compile_scene(env, kind([fields, fields * 2]))
    assert [panel.title for panel in scene.panels] == ["1", "2"]
    for panel, expected in zip(scene.panels, (fields, fields * 2), strict=True):
        np.testing.assert_array_equal(panel.fields[0].values.read(0, 6), expected)


def test_mapping_gives_a_panel_each_with_one_scale(env, fields):
    scene = compile_scene(
        env, {"CA1": fields, "CA3": list(fields * 3 - 1)}, overlays=[FixedOverlay((POINTS,))]
    )
    assert [panel.title for panel in scene.panels] == ["CA1", "CA3"]
    scales = {(p.fields[0].color.vmin, p.fields[0].color.vmax) for p in scene.panels}
    assert scene.colorbar is scene.panels[1].fields[0].color
    assert scales == {((fields * 3 - 1).min(), max(fields.max(), (fields * 3 - 1).max()))}
    for panel, expected in zip(scene.panels, (fields, fields * 3 - 1), strict=True):
        np.testing.assert_allclose(panel.fields[0].values.read(0, 6), expected)
        assert panel.layers[1:] == (POINTS,)


def test_panels_of_different_lengths_are_refused(env, fields):
    with pytest.raises(ValueError, match=explained("different numbers of frames.*'b': 5")):
        compile_scene(env, {"a": fields, "b": fields[:5]})


@pytest.mark.parametrize("shape", [(6, 11), (6, 13), (11,), (6, 4, 3), (0, 11)], ids=str)
def test_wrong_shapes_are_refused(env, shape):
    text = r"All fields must have shape \(n_bins,\) matching environment: n_bins is 12"
    with pytest.raises(ValueError, match=explained(text)):
        compile_scene(env, np.zeros(shape))


def test_one_field_alone_is_one_frame(env):
    scene = compile_scene(env, np.arange(float(N_BINS)))
    assert scene.timeline.n_frames == 1
    np.testing.assert_array_equal(scene.panels[0].fields[0].values.read(0, 1), [range(N_BINS)])


def test_one_field_is_shown_at_all_times_and_held_once(env):
    scene = compile_scene(env, np.arange(float(N_BINS)), frame_times=np.arange(50) / 10)
    (field,) = scene.panels[0].fields
    assert scene.timeline.n_frames == 50
    assert field.values.shape == (1, N_BINS)
    np.testing.assert_array_equal(field.shown.read(48, 50), [range(N_BINS)] * 2)


def test_list_of_wrong_length_is_refused(env):
    with pytest.raises(ValueError, match="All fields must have shape"):
        compile_scene(env, [np.zeros(11)] * 3)


def test_ragged_list_is_refused(env):
    with pytest.raises(ValueError, match=explained("All fields must have shape.*field 1 has")):
        compile_scene(env, [np.zeros(N_BINS), np.zeros(11)])


@pytest.mark.parametrize("empty", [[], {}, np.zeros((0, N_BINS))], ids=["list", "dict", "array"])
def test_no_frame_is_refused(env, empty):
    with pytest.raises(ValueError, match=explained("fields is empty")):
        compile_scene(env, empty)


@pytest.mark.parametrize("dtype", [complex, object, "U3", "datetime64[s]"])
def test_values_that_are_no_numbers_are_refused(env, dtype):
    with pytest.raises(TypeError, match=explained("fields have dtype")):
        compile_scene(env, np.zeros((2, N_BINS)).astype(dtype))


def test_complex_field_later_in_a_list_is_refused(env):
    with pytest.raises(TypeError, match="complex128"):
        compile_scene(env, [np.zeros(N_BINS), np.zeros(N_BINS, complex)])


@pytest.mark.parametrize("dtype", [bool, np.uint8, np.int64, np.float16, np.float32])
def test_every_kind_of_number_is_taken(env, dtype):
    compile_scene(env, np.eye(3, N_BINS).astype(dtype))


def test_nan_only_is_refused_unless_limits_are_given(env):
    nothing = np.full((4, N_BINS), np.nan)
    with pytest.raises(ValueError, match=explained("No finite value in 4 frames")):
        compile_scene(env, nothing)
    scene = compile_scene(env, nothing, vmin=0, vmax=1)
    assert scene.panels[0].colorbar.vmax == 1


@pytest.mark.parametrize("limits", [(1, 1), (2, 1)])
def test_limits_out_of_order_are_refused(env, fields, limits):
    with pytest.raises(ValueError, match=explained("vmin must be below vmax")):
        compile_scene(env, fields, vmin=limits[0], vmax=limits[1])


def test_unknown_colormap_is_refused(env, fields):
    with pytest.raises(ValueError, match=explained("'viridus' is not a colormap.*'viridis'")):
        compile_scene(env, fields, cmap="viridus")


@pytest.mark.parametrize("name", ["fps", "speed"])
@pytest.mark.parametrize("value", [0, -1, np.nan, np.inf])
def test_rates_that_are_not_positive_are_refused(env, fields, name, value):
    with pytest.raises(ValueError, match=explained(f"{name} is {value}")):
        compile_scene(env, fields, frame_times=np.arange(6), **{name: value})


@pytest.mark.parametrize(
    ("times", "text"),
    [
        ([0, 1, 2], r"frame_times have shape \(3,\), and there are 6 frames"),
        (np.zeros((6, 1)), r"frame_times have shape \(6, 1\)"),
        ([0, 1, 2, 2, 3, 4], r"not monotonically increasing.*indices: \[2\].*times\[2\] = 2"),
        ([5, 4, 3, 2, 1, 0], r"Found 5 non-monotonic points.*times\[0\] = 5 >= times\[1\] = 4"),
        ([0, 1, np.nan, 3, 4, 5], "found 1 NaN/Inf values at"),
        ([0, 1, 2, 3, 4, np.inf], "found 1 NaN/Inf values at"),
    ],
    ids=["short", "2-D", "repeated", "falling", "nan", "inf"],
)
def test_wrong_times_are_refused(env, fields, times, text):
    with pytest.raises(ValueError, match=explained(text)):
        compile_scene(env, fields, frame_times=times)


@pytest.mark.parametrize("n_labels", [0, 5, 7])
def test_wrong_number_of_labels_is_refused(env, fields, n_labels):
    with pytest.raises(ValueError, match=explained(f"frame_labels has {n_labels} labels")):
        compile_scene(env, fields, frame_labels=["x"] * n_labels)


def test_bare_environment_is_refused(fields):
    with pytest.raises(
        RuntimeError, match="Environment must be fitted before calling this method"
    ):
        compile_scene(Environment(), fields)


@pytest.mark.parametrize("n_dims", [3, 4])
def test_other_numbers_of_dimensions_are_refused(n_dims):
    edges = tuple(np.arange(4.0) for _ in range(n_dims))
    env = Environment(RegularGrid(edges, np.ones((3,) * n_dims, dtype=bool)))
    with pytest.raises(ValueError, match=explained(f"The environment has {n_dims} dimensions")):
        compile_scene(env, np.zeros((2, env.n_bins)))


@pytest.mark.parametrize("alpha", [-0.1, 1.1, np.nan])
def test_opacity_outside_its_range_is_refused(env, fields, alpha):
    with pytest.raises(ValueError, match=explained("region_alpha is")):
        compile_scene(env, fields, region_alpha=alpha)


def test_speed_needs_times(env, fields):
    with pytest.raises(ValueError, match=explained("speed is 2, but frame_times is not given")):
        compile_scene(env, fields, speed=2)


@pytest.mark.parametrize(("speed", "fps"), [(1, 10), (0.5, 30), (3.0, 7), (100, 30)])
def test_speed_shows_the_frame_nearest_in_time(env, speed, fps):
    rng = np.random.default_rng(0)
    times = 50 + np.cumsum(rng.uniform(0.02, 0.4, 40))
    values = np.repeat(np.arange(40.0)[:, None], N_BINS, axis=1)
    labels = [f"trial {i}" for i in range(40)]
    told = []

    class Overlay:
        def layers(self, context):
            told.append(context)
            return ()

    scene = compile_scene(env, values, frame_times=times, frame_labels=labels, speed=speed,
                          fps=fps, overlays=[Overlay()])  # fmt: skip
    clock = scene.timeline.clock
    np.testing.assert_allclose(np.diff(clock), speed / fps)
    assert clock[0] == times[0]
    assert times[-1] - speed / fps < clock[-1] <= times[-1] + 1e-9
    shown = scene.panels[0].fields[0].shown.read(0, len(clock))[:, 0]
    nearest = [np.argmin(np.abs(times - t)) for t in clock]
    assert shown.tolist() == nearest
    assert [scene.timeline.label(i) for i in range(len(clock))] == [f"trial {i}" for i in nearest]
    assert told[0].times is clock
    assert scene.timeline.duration == pytest.approx((clock[-1] - clock[0]) / speed, abs=1.01 / fps)


def test_speed_with_a_single_frame(env):
    scene = compile_scene(env, np.zeros((1, N_BINS)), vmin=0, vmax=1, frame_times=[3.0], speed=2)
    assert scene.timeline.n_frames == 1
    assert scene.panels[0].fields[0].values.read(0, 1).shape == (1, N_BINS)


@pytest.mark.parametrize(
    ("wanted", "length"), [(False, None), (True, 5.0), (12, 12.0), (2.5, 2.5)]
)
def test_scale_bar(env, fields, wanted, length):
    assert compile_scene(env, fields, scale_bar=wanted).panels[0].scale_bar == length


@pytest.mark.parametrize("size", [0.37, 1.0, 42, 1234.5, 9e6])
def test_round_scale_bar_is_near_a_fifth(size):
    edges = (np.array([0, size]), np.array([0, size]))
    env = Environment(RegularGrid(edges, np.ones((1, 1), dtype=bool)))
    length = compile_scene(env, [[1.0]], scale_bar=True).panels[0].scale_bar
    width = size * 1.05
    assert width / 13 < length <= width / 5
    assert float(f"{length:.0e}") == pytest.approx(length)
    assert f"{length:.0e}"[0] in "125"


@pytest.mark.parametrize("length", [0, -5.0, float("nan")])
def test_a_scale_bar_has_a_length(length: float) -> None:
    env = Environment.from_mask([[True, True]], [[0, 1], [0, 1, 2]])
    with pytest.raises(ValueError, match="scale_bar is"):
        compile_scene(env, [[1.0, 2.0]], scale_bar=length)
