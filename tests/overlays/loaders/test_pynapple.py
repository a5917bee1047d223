import numpy as np
import pytest
from shapely import box

from neurospatial import Environment
from neurospatial.overlays.bodypart import BodypartOverlay
from neurospatial.overlays.events import EventOverlay
from neurospatial.overlays.head_direction import HeadDirectionOverlay
from neurospatial.overlays.loaders.pynapple import from_pynapple
from neurospatial.overlays.position import PositionOverlay
from neurospatial.overlays.time_series import TimeSeriesOverlay
from neurospatial.scene import Affine2D, Points, Trace, compile_scene

nap = pytest.importorskip("pynapple")

T = np.arange(100, 200) / 10
RNG = np.random.default_rng(2)
XY = 25 + np.cumsum(RNG.normal(size=(100, 2)), axis=0)
ANGLES = RNG.uniform(0, 2 * np.pi, 100)


def frame(columns, numbers=None):
    numbers = RNG.uniform(size=(100, len(columns))) if numbers is None else numbers
    return nap.TsdFrame(t=T, d=numbers, columns=columns)


def tsd(numbers=ANGLES):
    return nap.Tsd(t=T, d=numbers)


def one(*args, **more):
    (overlay,) = from_pynapple(*args, **more)
    if hasattr(overlay, "data"):
        np.testing.assert_array_equal(overlay.times, T)
    return overlay


@pytest.mark.parametrize("columns", [["x", "y"], ["y", "speed", "x"]])
def test_columns_x_and_y_are_a_position(columns):
    numbers = np.stack([{"x": XY[:, 0], "y": XY[:, 1], "speed": T}[c] for c in columns], axis=1)
    overlay = one(frame(columns, numbers))
    assert isinstance(overlay, PositionOverlay)
    np.testing.assert_array_equal(overlay.data, XY)
    scaled = one(frame(columns, numbers), "position", calibration=Affine2D.scaling(2, -2))
    np.testing.assert_array_equal(scaled.data, XY * (2, -2))


def test_signal_is_a_time_series_unless_said_otherwise():
    assert isinstance(one(tsd()), TimeSeriesOverlay)
    heading = one(tsd(), "head_direction")
    assert isinstance(heading, HeadDirectionOverlay)
    np.testing.assert_array_equal(heading.data, ANGLES)
    assert isinstance(one(tsd(), kind="position"), PositionOverlay)
    named = from_pynapple(frame(["speed", "theta"]), "time_series")
    assert [overlay.label for overlay in named] == ["speed", "theta"]
    assert isinstance(one(frame(["speed", "theta"])["theta"]), TimeSeriesOverlay)


def test_unit_vectors_are_a_head_direction():
    overlay = one(frame(["x", "y"], XY), "head_direction")
    assert isinstance(overlay, HeadDirectionOverlay)
    np.testing.assert_array_equal(overlay.data, XY)


@pytest.mark.parametrize("sep", "_. ")
def test_pairs_of_columns_are_keypoints(sep):
    names = [f"{part}{sep}{c}" for part in ("nose", "tail_base") for c in ("x", "y")]
    numbers = RNG.uniform(size=(100, 5))
    overlay = one(
        frame([*names, f"nose{sep}likelihood"], numbers),
        skeleton=[("nose", "tail_base")],
        min_confidence=0.3,
    )
    assert isinstance(overlay, BodypartOverlay)
    assert list(overlay.data) == ["nose", "tail_base"]
    np.testing.assert_array_equal(overlay.data["tail_base"], numbers[:, 2:4])
    np.testing.assert_array_equal(overlay.confidence["nose"], numbers[:, 4])
    assert (list(overlay.confidence), overlay.min_confidence) == (["nose"], 0.3)
    assert overlay.skeleton.edges == (("nose", "tail_base"),)
    assert overlay.name == "Pose"


def test_spikes_are_events():
    overlay = one(nap.Ts(t=np.array([11.0, 12.5])))
    assert isinstance(overlay, EventOverlay)
    np.testing.assert_array_equal(overlay.times, [11, 12.5])
    units = {3: nap.Ts(t=np.array([11.0, 12.5])), 7: nap.Ts(t=np.array([13.0, 14.0, 15.0]))}
    group = from_pynapple(nap.TsGroup(units))
    assert [overlay.name for overlay in group] == ["Events 3", "Events 7"]
    np.testing.assert_array_equal(group[1].times, [13, 14, 15])
    assert group[0].color != group[1].color


def test_drawn_together_on_the_clock_of_the_recording():
    spikes = nap.TsGroup({0: nap.Ts(t=T[[5, 20]]), 1: nap.Ts(t=T[[50, 70]])})
    position = frame(["x", "y"], XY)
    overlays = [*from_pynapple(position), *from_pynapple(spikes), *from_pynapple(tsd())]
    env = Environment.from_polygon(box(-20, -20, 80, 80), bin_size=10.0)
    scene = compile_scene(
        env,
        np.zeros((100, env.n_bins)),
        vmin=0,
        vmax=1,
        overlays=overlays,
        frame_times=position.t,
    )
    layers = {layer.name: layer for layer in (*scene.panels[0].layers, *scene.strips)}
    np.testing.assert_allclose(layers["Position"].xy[:, 0], XY, rtol=1e-6)
    assert isinstance(layers["Events 1"], Points)
    there = layers["Events 1"].opacity == 1
    np.testing.assert_allclose(layers["Events 1"].xy[there], XY[[50, 70]], rtol=1e-6)
    assert isinstance(layers["Time series"], Trace)


def test_epochs_that_were_taken_out_stay_gaps():
    kept = frame(["x", "y"], XY).restrict(nap.IntervalSet([10, 16], [12, 19]))
    (position,) = from_pynapple(kept)
    env = Environment.from_polygon(box(-20, -20, 80, 80), bin_size=10.0)
    fields = np.zeros((100, env.n_bins))
    scene = compile_scene(env, fields, vmin=0, vmax=1, overlays=[position], frame_times=T)
    (xy,) = [layer.xy for layer in scene.panels[0].layers if layer.name == "Position"]
    missing = np.isnan(xy[:, 0, 0])
    np.testing.assert_array_equal(missing, ~(((T >= 10) & (T <= 12)) | ((T >= 16) & (T <= 19))))


@pytest.mark.parametrize(
    ("data", "kind", "text"),
    [
        (lambda: frame(["a", "b"]), None, "columns are 'a', 'b'"),
        (lambda: nap.TsdFrame(t=T, d=XY), None, "columns are '0', '1'"),
        (lambda: frame(["nose_x", "nose_y", "tail_x"]), None, "'nose_y', 'tail_x'"),
        (lambda: frame(["nose_x", "nose_y", "speed"]), "pose", "'speed', and kind is 'pose'"),
        (lambda: frame(["x", "y"]), "events", "'x', 'y', and kind is 'events'"),
        (tsd, "pose", "one value per time; kind is 'pose'"),
        (lambda: nap.Ts(t=T), "position", "A Ts holds times of events, and kind is 'position'"),
        (lambda: nap.TsdTensor(t=T, d=np.zeros((100, 2, 2))), None, r"shape \(100, 2, 2\)"),
        (tsd, "head_direktion", r"'head_direktion'. Did you mean 'head_direction'\?"),
    ],
)
def test_what_is_unclear_is_said(data, kind, text):
    with pytest.raises(ValueError, match=rf"(?s){text}.*WHY.*'head_direction'.*HOW"):
        from_pynapple(data(), kind)


def test_distances_have_no_calibration():
    with pytest.raises(ValueError, match="kind is 'position' with a calibration"):
        from_pynapple(tsd(), "position", calibration=Affine2D.scaling(1, 1))


@pytest.mark.parametrize("data", [XY, {"a": XY}, [1, 2]], ids=["array", "dict", "list"])
def test_what_is_not_from_pynapple_is_refused(data):
    with pytest.raises(TypeError, match=r"(?s)from_pynapple was given a .*WHY.*HOW"):
        from_pynapple(data)


def test_a_position_may_have_a_confidence():
    sure = np.linspace(0, 1, 100)
    overlay = one(frame(["x", "y", "likelihood"], np.column_stack([XY, sure])))
    assert isinstance(overlay, PositionOverlay)
    np.testing.assert_array_equal(overlay.data, np.where(sure[:, None] < 0.3, np.nan, XY))
    every = one(frame(["x", "y", "score"], np.column_stack([XY, sure])), min_confidence=0)
    np.testing.assert_array_equal(every.data, XY)


def test_three_coordinates_need_a_plane():
    places = RNG.uniform(size=(100, 3))
    with pytest.raises(ValueError, match=r"(?s)The TsdFrame has three axes; .*plane="):
        from_pynapple(frame(["x", "y", "z"], places))
    np.testing.assert_array_equal(
        one(frame(["x", "y", "z"], places), plane="xz").data, places[:, [0, 2]]
    )
    pose = one(frame(["nose_x", "nose_y", "nose_z"], places), plane="yz")
    np.testing.assert_array_equal(pose.data["nose"], places[:, 1:])


def test_lost_tracking_is_masked():
    places = np.abs(np.array(XY)) + 50
    places[20:40] = 0
    with pytest.warns(UserWarning, match=r"from_pynapple: 20 of 100 samples .* exactly \(0, 0\)"):
        from_pynapple(frame(["x", "y"], places), calibration=Affine2D.scaling(2, -2))
    kept = one(frame(["x", "y"], places), lost=0).data
    assert np.isnan(kept[20:40]).all()
    assert np.isfinite(kept[40:]).all()
