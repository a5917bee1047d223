import numpy as np
import pytest
from shapely import box

from neurospatial import Environment
from neurospatial.overlays.bodypart import BodypartOverlay
from neurospatial.overlays.loaders.movement import from_movement
from neurospatial.overlays.position import PositionOverlay
from neurospatial.scene import Affine2D, Points, compile_scene

xr = pytest.importorskip("xarray")

N_FRAMES = 6
NEW = ("time", "space", "keypoint", "individual")
OLD = ("time", "space", "keypoints", "individuals")
KEYPOINTS, INDIVIDUALS = ["nose", "neck", "tail"], ["Ann", "Bob"]


def dataset(dims=NEW, fps=10.0, space=("x", "y"), order=None, confidence=True):
    """A dataset as movement makes them; with `fps` its time is in seconds."""
    rng = np.random.default_rng(5)
    time, axis, keypoint, individual = dims
    coords = {
        time: np.arange(N_FRAMES) if fps is None else np.arange(N_FRAMES) / fps,
        axis: list(space),
        keypoint: KEYPOINTS,
        individual: INDIVIDUALS,
    }
    position = xr.DataArray(rng.uniform(0, 100, (N_FRAMES, len(space), 3, 2)), coords, dims)
    scores = xr.DataArray(
        rng.uniform(0.5, 1, (N_FRAMES, 3, 2)),
        {name: coords[name] for name in (time, keypoint, individual)},
        (time, keypoint, individual),
    )
    if not confidence:
        scores = xr.full_like(scores, np.nan)
    made = xr.Dataset(
        {"position": position, "confidence": scores},
        attrs={"fps": fps, "time_unit": "frames" if fps is None else "seconds"},
    )
    return made if order is None else made.transpose(*order)


@pytest.mark.parametrize("order", [None, (3, 0, 2, 1), (2, 3, 1, 0)], ids=str)
@pytest.mark.parametrize("dims", [NEW, OLD], ids=["new", "old"])
def test_each_individual_is_a_pose(dims, order):
    made = dataset(dims, order=None if order is None else [dims[i] for i in order])
    overlays = from_movement(made, skeleton=[("nose", "tail")])
    assert [overlay.name for overlay in overlays] == ["Pose Ann", "Pose Bob"]
    for individual, overlay in zip(INDIVIDUALS, overlays, strict=True):
        assert isinstance(overlay, BodypartOverlay)
        assert list(overlay.data) == KEYPOINTS
        np.testing.assert_array_equal(overlay.times, np.arange(N_FRAMES) / 10)
        assert overlay.skeleton.edges == (("nose", "tail"),)
        for keypoint in KEYPOINTS:
            chosen = {dims[2]: keypoint, dims[3]: individual}
            for axis, values in zip("xy", overlay.data[keypoint].T, strict=True):
                wanted = made.position.sel({**chosen, "space": axis})
                np.testing.assert_array_equal(values, wanted)
            np.testing.assert_array_equal(
                overlay.confidence[keypoint], made.confidence.sel(chosen)
            )


def test_frames_become_seconds_with_a_rate():
    assert from_movement(dataset(fps=None))[0].times is None
    (overlay,) = from_movement(dataset(fps=None), "Bob", fps=25)
    np.testing.assert_array_equal(overlay.times, np.arange(N_FRAMES) / 25)
    later = dataset(fps=None).isel(time=slice(2, None))
    np.testing.assert_array_equal(from_movement(later, fps=2)[0].times, [1, 1.5, 2, 2.5])


@pytest.mark.parametrize(("fps", "times"), [(None, None), (50.0, np.arange(N_FRAMES) / 50)])
def test_position_alone_says_by_its_numbers_what_its_time_is(fps, times):
    (overlay, _) = from_movement(dataset(fps=fps).position)
    assert overlay.confidence == {}
    np.testing.assert_array_equal(overlay.times, times)


def test_times_can_be_given_instead():
    times = np.arange(N_FRAMES) * 3.0
    for made in (dataset(), dataset(fps=None), dataset().drop_vars("time")):
        np.testing.assert_array_equal(from_movement(made, times=times)[1].times, times)


def test_one_keypoint_is_a_position():
    made = dataset()
    made.confidence[2, 0, 1] = 0.1
    overlays = from_movement(made.sel(keypoint="nose"))
    assert [overlay.name for overlay in overlays] == ["Position Ann", "Position Bob"]
    assert all(isinstance(overlay, PositionOverlay) for overlay in overlays)
    assert overlays[0].color != overlays[1].color
    wanted = made.position.sel(keypoint="nose", individual="Bob").values.copy()
    wanted[2] = np.nan
    np.testing.assert_array_equal(overlays[1].data, wanted)


def test_one_individual_without_its_axis():
    (overlay,) = from_movement(dataset().sel(individual="Bob"))
    assert overlay.name == "Pose"
    wanted = dataset().position.sel(individual="Bob", keypoint="tail")
    np.testing.assert_array_equal(overlay.data["tail"], wanted)
    (mean,) = from_movement(dataset().position.mean(["keypoint", "individual"]))
    assert isinstance(mean, PositionOverlay)
    assert mean.name == "Position"


def test_x_and_y_are_found_by_name():
    made = dataset(space=("z", "y", "x"))
    for plane in ("xy", "xz", "zy"):
        overlay = from_movement(made, plane=plane)[0]
        wanted = made.position.sel(individual="Ann", keypoint="nose", space=list(plane))
        np.testing.assert_array_equal(overlay.data["nose"], wanted)


def test_three_coordinates_need_a_plane():
    made = dataset(space=("x", "y", "z"))
    with pytest.raises(ValueError, match=r"(?s)The dataset has three axes; .* within x .*plane="):
        from_movement(made)
    with pytest.raises(ValueError, match=r"(?s)plane is 'xw', and The dataset has the axes x, y"):
        from_movement(made, plane="xw")
    made.position[:, 1] = 4.0  # y never changes: x and z are the floor
    wanted = made.position.sel(individual="Ann", keypoint="nose", space=["x", "z"])
    np.testing.assert_array_equal(from_movement(made)[0].data["nose"], wanted)


def test_drawn_in_an_arena_although_no_confidence_is_said():
    to_cm = Affine2D.scaling(0.5, -0.5) @ Affine2D.translation(0, -100)
    overlays = from_movement(dataset(confidence=False), min_confidence=0.9, calibration=to_cm)
    env = Environment.from_polygon(box(0, 0, 50, 50), bin_size=5.0)
    fields = np.zeros((N_FRAMES, env.n_bins))
    clock = np.arange(N_FRAMES) / 10
    scene = compile_scene(env, fields, vmin=0, vmax=1, overlays=overlays, frame_times=clock)
    places = {x.name: x.xy for x in scene.panels[0].layers if isinstance(x, Points)}
    for name in INDIVIDUALS:
        wanted = dataset().position.sel(individual=name).transpose("time", "keypoint", "space")
        there = np.stack([wanted[..., 0] / 2, 50 - wanted[..., 1] / 2], axis=-1)
        np.testing.assert_allclose(places[f"Pose {name}"], there, rtol=1e-5)


@pytest.mark.parametrize(
    ("data", "options", "text"),
    [
        (lambda: dataset().drop_vars("position"), {}, "holds confidence; there is no position"),
        (lambda: dataset().rename(space="xyz"), {}, "axes are time, xyz, keypoint, individual"),
        (lambda: dataset().position.expand_dims("view"), {}, "axes are view, time"),
        (lambda: dataset(space=("rho", "phi")), {}, r"2 coordinates of space .*'rho', 'phi'"),
        (lambda: dataset().isel(space=[0]), {}, r"1 coordinates of space .*'x'"),
        (lambda: dataset(), {"fps": 30}, r"Time is float64 in seconds, and fps=30 is given"),
        (lambda: dataset(fps=None), {"fps": -1}, "fps is -1"),
        (lambda: dataset(), {"individual": "Bo"}, "no individual 'Bo'. Did you mean 'Bob'"),
        (lambda: dataset().isel(keypoint=0), {"skeleton": [("a", "b")]}, "no axis of keypoints"),
        (
            lambda: dataset().assign_coords(time=np.arange(N_FRAMES).astype("M8[s]")),
            {"fps": 30},
            r"Time is datetime64\[s\] in seconds, and fps=30 is given",
        ),
    ],
)
def test_mistakes_are_explained(data, options, text):
    with pytest.raises(ValueError, match=rf"(?s){text}.*WHY.*HOW"):
        from_movement(data(), **options)


def test_what_is_not_from_xarray_is_refused():
    with pytest.raises(TypeError, match=r"(?s)given a ndarray.*WHY.*HOW"):
        from_movement(np.zeros((5, 2)))


def test_dates_are_seconds_from_1970():
    dates = np.datetime64("2024-01-01", "ms") + np.arange(N_FRAMES) * 40
    overlays = from_movement(dataset().assign_coords(time=dates))
    passed = overlays[0].times - 1_704_067_200
    np.testing.assert_allclose(passed, np.arange(N_FRAMES) * 0.04, atol=1e-6)


def test_a_dataset_of_nobody_is_refused():
    nobody = xr.DataArray(np.ones((5, 2, 1, 0)), dims=("time", "space", "keypoint", "individual"))
    for position in (nobody, nobody.isel(keypoint=0)):
        with pytest.raises(ValueError, match=r"(?s)There is no individual\..*WHY.*HOW"):
            from_movement(position, fps=30)
