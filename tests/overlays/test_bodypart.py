import matplotlib
import numpy as np
import pytest

from neurospatial.overlays.bodypart import PALETTE, BodypartOverlay
from neurospatial.overlays.skeleton import Skeleton
from neurospatial.scene import Segments, rgba
from tests.overlays.scenes import (
    EXPLAINED,
    make_box,
    make_context,
    make_layers,
    make_line,
    make_track,
)

FRAMES = np.arange(5) * 0.5
TIMES = np.array([0.0, 1.0, 2.0])
NOSE = np.array([[10.0, 10.0], [30.0, 20.0], [30.0, 50.0]])
TAIL = NOSE + np.array([5.0, -5.0])
EAR = NOSE + np.array([1.0, 1.0])
DATA = {"nose": NOSE, "ear": EAR, "tail": TAIL}
LIMBS = [("nose", "tail"), ("ear", "nose")]


def is_visible(xy):
    return ~np.isnan(xy).any(axis=-1)


def pose_of(overlay, frames=FRAMES, **more):
    return make_layers(make_box(), [overlay], frames, **more)


def test_keypoints_and_limbs_are_where_they_were():
    layers = pose_of(BodypartOverlay(DATA, TIMES, LIMBS))
    assert list(layers) == ["Skeleton", "Pose"]
    limbs, points = layers["Skeleton"], layers["Pose"]
    assert (limbs.z, limbs.width, limbs.color, limbs.arrowhead) == (3.6, 2.0, (1, 1, 1, 1), False)
    assert (points.z, points.size) == (3.7, 6.0)
    nose = [[10, 10], [20, 15], [30, 20], [30, 35], [30, 50]]
    for part, shift in enumerate([(0, 0), (1, 1), (5, -5)]):
        np.testing.assert_array_equal(points.xy[:, part], np.add(nose, shift))
    np.testing.assert_array_equal(limbs.start, points.xy[:, [0, 1]])
    np.testing.assert_array_equal(limbs.stop, points.xy[:, [2, 0]])


def test_options_reach_the_layers():
    overlay = BodypartOverlay(DATA, TIMES, LIMBS, {"ear": "lime"}, "black", 3.5, size=4, name="A")
    layers = pose_of(overlay)
    assert list(layers) == ["A skeleton", "A"]
    assert (layers["A skeleton"].color, layers["A skeleton"].width) == ((0, 0, 0, 1), 3.5)
    assert layers["A"].size == 4
    expected = [rgba(PALETTE[0]), rgba("lime"), rgba(PALETTE[1])]
    np.testing.assert_array_equal(layers["A"].color, expected)


def test_without_skeleton_there_are_no_limbs():
    for skeleton in (None, [], Skeleton("none", ())):
        assert list(pose_of(BodypartOverlay(DATA, TIMES, skeleton))) == ["Pose"]


def test_skeleton_may_be_a_preset():
    data = {"snout": NOSE, "tailbase": TAIL, "leftear": EAR}
    layers = pose_of(BodypartOverlay(data, TIMES, Skeleton.preset("openfield", data)))
    assert layers["Skeleton"].start.shape == (5, 3, 2)


def test_limb_with_an_end_unseen_is_not_drawn():
    tail = TAIL.copy()
    tail[1, 0] = np.nan  # one coordinate is enough
    layers = pose_of(BodypartOverlay({**DATA, "tail": tail}, TIMES, LIMBS))
    there = [True, False, False, False, True]
    assert is_visible(layers["Pose"].xy).T.tolist() == [[True] * 5, [True] * 5, there]
    assert np.isnan(layers["Pose"].xy[2, 2]).all()
    limbs = layers["Skeleton"]
    assert isinstance(limbs, Segments)
    both = is_visible(limbs.start) & is_visible(limbs.stop)
    assert both.T.tolist() == [there, [True] * 5]


def test_keypoints_below_the_confidence_are_gaps():
    confidence = {"tail": [0.9, 0.29, 0.3], "ear": [0.2, np.nan, 0.95]}
    overlay = BodypartOverlay(DATA, TIMES, confidence=confidence)
    there = is_visible(pose_of(overlay)["Pose"].xy)[::2].T
    assert there.tolist() == [[True] * 3, [False, False, True], [True, False, True]]
    overlay.min_confidence = 0.1
    there = is_visible(pose_of(overlay)["Pose"].xy)[::2].T
    assert there.tolist() == [[True] * 3, [True, False, True], [True] * 3]
    assert not np.isnan(TAIL).any()


def test_pose_that_is_never_trusted_is_told():
    never = {part: [0, 0, 0] for part in DATA}
    with pytest.warns(UserWarning, match=r"(?s)nothing is drawn in any of 5 frames.*min_conf"):
        pose_of(BodypartOverlay(DATA, TIMES, confidence=never))


def test_each_keypoint_may_have_its_own_clock():
    times = {"nose": TIMES, "ear": TIMES[:2], "tail": TIMES / 2}
    data = {**DATA, "ear": EAR[:2]}
    xy = pose_of(BodypartOverlay(data, times))["Pose"].xy
    np.testing.assert_array_equal(xy[2], [[30, 20], [31, 21], [35, 45]])
    np.testing.assert_array_equal(xy[1], [[20, 15], [21, 16], [35, 15]])
    assert is_visible(xy[4]).tolist() == [True, False, False]


def test_without_times_there_is_one_sample_per_field():
    xy = pose_of(BodypartOverlay(DATA), TIMES)["Pose"].xy
    np.testing.assert_array_equal(xy[:, 2], TAIL)


def test_two_animals_are_numbered():
    overlays = [BodypartOverlay(DATA, TIMES, LIMBS), BodypartOverlay(DATA, TIMES, LIMBS)]
    assert list(make_layers(make_box(), overlays, FRAMES)) == [
        "Skeleton 1",
        "Skeleton 2",
        "Pose 1",
        "Pose 2",
    ]


def lab(color):
    """OKLab (Ottosson 2020)."""
    rgb = np.asarray(color)[..., :3]
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    to_lms = [[0.41222147, 0.53633254, 0.05144599], [0.2119035, 0.6806995, 0.10739696],
              [0.08830246, 0.28171884, 0.6299787]]  # fmt: skip
    to_lab = [[0.21045426, 0.79361779, -0.00407205], [1.9779985, -2.42859221, 0.45059371],
              [0.02590404, 0.78277177, -0.80867577]]  # fmt: skip
    return np.cbrt(linear @ np.transpose(to_lms)) @ np.transpose(to_lab)


def test_own_colours_are_readable_on_viridis_and_apart():
    colors = lab([rgba(color) for color in PALETTE])
    viridis = lab(matplotlib.colormaps["viridis"](np.linspace(0, 1, 256)))
    away = np.linalg.norm(colors[:, None] - viridis, axis=-1)
    assert away.min() > 0.15
    apart = np.linalg.norm(colors[:, None] - colors, axis=-1) + np.eye(len(colors))
    assert apart.min() > 0.1


def test_more_keypoints_than_colours():
    data = {f"part {i}": NOSE + i for i in range(len(PALETTE) + 2)}
    colors = pose_of(BodypartOverlay(data, TIMES))["Pose"].color
    np.testing.assert_array_equal(colors[-2:], colors[:2])


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"data": {}}, "BodypartOverlay data has no keypoint"),
        ({"data": {**DATA, "ear": EAR[:2]}}, "'nose': 3, 'ear': 2, 'tail': 3"),
        ({"data": {"nose": np.zeros((3, 3))}}, r"'nose' of BodypartOverlay data has incorrect sh"),
        ({"data": {"nose": [[0, 0], [1, np.inf], [0, 0]]}}, r"found 1 samples .* indices: \[1\]"),
        ({"times": [0, 1]}, r"times have shape \(2,\), and there are 3 samples"),
        ({"times": [0, 2, 1]}, "BodypartOverlay timestamps are not monotonically increasing"),
        ({"times": {"nose": TIMES}}, r"times have no clock for \['ear', 'tail'\]"),
        ({"times": {"noes": TIMES}}, "times names 'noes'. Did you mean 'nose'"),
        (
            {"times": {"nose": TIMES, "ear": [0, 0, 1], "tail": TIMES}},
            r"'ear' of BodypartOverlay timestamps are not .*Found 1 .*\[0\]",
        ),
        (
            {"times": {"nose": TIMES - 50, "ear": TIMES + 60, "tail": TIMES + 50}},
            "'nose' of BodypartOverlay: No temporal overlap",
        ),
        ({"times": [np.nan] * 3}, "timestamps: found 3 NaN/Inf values"),
        ({"times": [0, np.inf, 2]}, "timestamps: found 1 NaN/Inf values"),
        (
            {"times": {"nose": [np.nan] * 3, "ear": [np.nan] * 3, "tail": [np.nan] * 3}},
            "'nose' of BodypartOverlay timestamps: found 3 NaN/Inf values",
        ),
        ({"colors": {"nsoe": "red"}}, "colors names 'nsoe'. Did you mean 'nose'"),
        ({"colors": {"nose": "rde"}}, "'rde' is not a colour"),
        ({"skeleton_color": "wite"}, "'wite' is not a colour. Did you mean 'white'"),
        ({"skeleton_width": 0}, "skeleton_width is 0 points"),
        ({"size": -3}, "size is -3 points"),
        ({"max_gap": 0}, "max_gap is 0 seconds"),
        ({"min_confidence": np.nan}, "min_confidence is nan"),
        ({"confidence": {"tial": [1, 1, 1]}}, "confidence names 'tial'. Did you mean 'tail'"),
        ({"confidence": {"tail": [1, 1]}}, r"Confidence of 'tail' has shape \(2,\), .* 3 samples"),
        ({"skeleton": [("nose", "tial")]}, r"Missing: \['tial'\].*"),
        ({"skeleton": [("nose",)]}, "A limb of the skeleton is"),
    ],
    ids=str,
)
def test_what_cannot_be_drawn_is_explained(changes, text):
    overlay = BodypartOverlay(**{"data": DATA, "times": TIMES, **changes})
    with pytest.raises(ValueError, match="(?s)" + text + EXPLAINED):
        pose_of(overlay)


@pytest.mark.parametrize("dates", [False, True])
def test_samples_without_a_time_are_left_out_and_said(dates):
    """What a camera's clock misses is a gap, as if the samples had never been there."""
    times = np.linspace(0, 2, 9)
    data = {part: np.outer(np.arange(9.0), [1, 2]) / 4 for part in ("nose", "tail")}
    kept = np.arange(9) != 4
    missing = np.where(kept, times, np.nan)
    if dates:
        start = np.datetime64("1970-01-01T00:00:00", "ms")
        missing = start + (times * 1000).astype("timedelta64[ms]")
        missing[4] = np.datetime64("NaT")
    confidence = {"tail": np.where(np.arange(9) == 6, 0.1, 1.0)}
    overlay = BodypartOverlay(data, missing, confidence=confidence)
    said = r"Pose: 1 of 9 samples have no time \(NaN\)\. They are left out"
    with pytest.warns(UserWarning, match=said):
        found = pose_of(overlay)["Pose"].xy
    whole = BodypartOverlay(
        {part: xy[kept] for part, xy in data.items()}, times[kept],
        confidence={"tail": confidence["tail"][kept]},
    )  # fmt: skip
    np.testing.assert_array_equal(found, pose_of(whole)["Pose"].xy)
    context = make_context(np.arange(3.0))
    np.testing.assert_array_equal(
        overlay.to_trajectory(context).places, whole.to_trajectory(context).places
    )


@pytest.mark.parametrize(
    ("clock", "samples", "said"),
    [
        ([0, np.nan, 2], TAIL, r"Pose: 1 of 3 samples of 'tail' have no time \(NaN\)\."),
        ([np.nan] * 3, TAIL, r"Pose: 3 of 3 samples of 'tail' have no time \(NaN\)\."),
        ([], [], r"Pose: there is no sample of 'tail'\."),
        (
            [-5],
            TAIL[:1],
            r"Pose: no sample of 'tail' of BodypartOverlay lies within .*(?s:.*)never",
        ),
        (TIMES + 1e6, TAIL, r"no sample of 'tail' of BodypartOverlay lies within the times"),
    ],
    ids=["one", "all", "none", "static", "late"],
)
def test_one_keypoint_that_cannot_be_placed_does_not_stop_the_others(clock, samples, said):
    data = {**DATA, "tail": samples}
    overlay = BodypartOverlay(
        data, {"nose": TIMES, "ear": TIMES, "tail": clock}, skeleton=[("nose", "tail")],
        colors={"tail": "red"},
    )  # fmt: skip
    with pytest.warns(UserWarning, match=said) as caught:
        found = pose_of(overlay)
    assert len(caught) == 1
    expected = pose_of(BodypartOverlay(DATA, TIMES))["Pose"].xy
    np.testing.assert_array_equal(found["Pose"].xy[:, :2], expected[:, :2])
    assert is_visible(found["Pose"].xy)[:, 2].any() == (said.startswith("Pose: 1 of 3"))


def test_a_mark_that_never_moves_is_drawn_without_a_word():
    corner = np.tile([[3.0, 4.0]], (3, 1))
    found = pose_of(BodypartOverlay({"nose": NOSE, "corner": corner}, TIMES))["Pose"].xy
    np.testing.assert_array_equal(found[:, 1], np.tile(corner[:1], (5, 1)))


def test_data_without_names():
    with pytest.raises(TypeError, match="(?s)BodypartOverlay data is a ndarray" + EXPLAINED):
        pose_of(BodypartOverlay(NOSE, TIMES))


def test_nan_is_an_error_where_asked():
    data = {**DATA, "ear": np.where([[0], [1], [0]], np.nan, EAR)}
    text = r"(?s)Found 1 NaN/Inf values in 'ear' of BodypartOverlay data at indices: \[1\]"
    with pytest.raises(ValueError, match=text + EXPLAINED):
        pose_of(BodypartOverlay(data, TIMES, nan_ok=False))


@pytest.mark.parametrize("env", [make_track(), make_line()], ids=["track", "grid"])
def test_line_has_no_pose(env):
    with pytest.raises(
        ValueError, match=r"(?s)BodypartOverlay requires 2D environment\." + EXPLAINED
    ):
        make_layers(env, [BodypartOverlay(DATA, TIMES)], FRAMES)


def test_strip_has():
    data = {"nose": [10.0, 20.0], "tail": [[5.0, 1.0], [15.0, 1.0]]}
    xy = make_layers(make_track(), [BodypartOverlay(data, [0, 1])], [0.0, 1.0], track="ribbon")[
        "Pose"
    ].xy
    np.testing.assert_allclose(xy, [[[10, 0], [5, 1]], [[20, 0], [15, 1]]])


def test_recording_of_flies(shared_data):
    """Every predicted keypoint is drawn in its frame, the others are not."""
    h5py = pytest.importorskip("h5py")
    with h5py.File(shared_data / "fly_pose" / "clip.predictions.slp") as file:
        instances, points = file["instances"][:], file["pred_points"][:]
        number = file["frames"]["frame_idx"][:][instances["frame_id"]]
    places = np.full((1500, 2, 2), np.nan)
    for instance, frame in zip(instances, number, strict=True):
        if instance["track"] == 1:
            rows = points[instance["point_id_start"] : instance["point_id_end"]]
            places[frame] = np.stack([rows["x"], 1024 - rows["y"]], axis=1) / 1024 * [100, 60]
    data = {"thorax": places[:, 0], "head": places[:, 1]}
    times = np.arange(1500) / 25
    layers = pose_of(BodypartOverlay(data, times, Skeleton.preset("fly", data)), times)
    np.testing.assert_allclose(layers["Pose"].xy, places, rtol=1e-6)
    whole = is_visible(places).all(axis=1)
    assert 0 < np.count_nonzero(~whole) < 200
    limbs = layers["Skeleton"]
    np.testing.assert_array_equal((is_visible(limbs.start) & is_visible(limbs.stop))[:, 0], whole)
