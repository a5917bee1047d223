import json
import sys

import h5py
import numpy as np
import pytest
from shapely import box

from neurospatial import Environment
from neurospatial.overlays.loaders.sleap import from_sleap
from neurospatial.overlays.skeleton import Skeleton
from neurospatial.scene import Affine2D, Points, Segments, compile_scene

NODES = ["nose", "neck", "tail"]
EDGES = [("nose", "neck"), ("neck", "tail")]
N_FRAMES = 6
MATLAB = ("track", "xy", "node", "frame")
STANDARD = ("frame", "track", "node", "xy")


def tracked():
    """Poses and scores with the axes frame, track, node (and xy)."""
    rng = np.random.default_rng(0)
    places = rng.uniform(0, 100, (N_FRAMES, 2, 3, 2))
    scores = rng.uniform(0.7, 1, (N_FRAMES, 2, 3))
    places[2, 1, 0], scores[2, 1, 0] = np.nan, np.nan
    scores[4, 0, 2] = 0.1
    return places, scores


def written(path, places, scores, tracks=("a", "b"), axes=MATLAB, dims=False):
    """Write an analysis file, as SLEAP or (with the axes named) sleap-io does."""

    def put(name, numbers, wanted):
        order = [STANDARD.index(axis) for axis in wanted]
        stored = file.create_dataset(name, data=numbers.transpose(order), compression="gzip")
        if dims:
            stored.attrs["dims"] = json.dumps(wanted)

    with h5py.File(path, "w") as file:
        put("tracks", places, axes)
        put("point_scores", scores, [axis for axis in axes if axis != "xy"])
        file["track_names"] = np.array(tracks, dtype="S")
        file["node_names"] = np.array(NODES, dtype="S")
        file["edge_names"] = np.array(EDGES, dtype="S")
        file["track_occupancy"] = np.ones((len(places), max(len(tracks), 1)), np.uint8)
    return path


def check_places(overlay, places):
    assert list(overlay.data) == NODES
    for node, xy in zip(NODES, places.swapaxes(0, 1), strict=True):
        np.testing.assert_array_equal(overlay.data[node], xy)


@pytest.mark.parametrize(
    ("axes", "dims"), [(MATLAB, False), (MATLAB, True), (STANDARD, True)], ids=str
)
def test_each_track_is_a_pose(tmp_path, axes, dims):
    places, scores = tracked()
    overlays = from_sleap(written(tmp_path / "a.h5", places, scores, axes=axes, dims=dims), fps=25)
    assert [overlay.name for overlay in overlays] == ["Pose a", "Pose b"]
    for track, overlay in enumerate(overlays):
        check_places(overlay, places[:, track])
        np.testing.assert_array_equal(overlay.times, np.arange(N_FRAMES) / 25)
        assert overlay.skeleton.edges == tuple(EDGES)
    assert len({overlay.skeleton_color for overlay in overlays}) == 2


def test_without_tracks_there_is_one_animal(tmp_path):
    places, scores = tracked()
    path = written(tmp_path / "a.h5", places[:, :1], scores[:, :1], tracks=())
    (overlay,) = from_sleap(path, individual="individual 0")
    check_places(overlay, places[:, 0])
    assert (overlay.name, overlay.times) == ("Pose", None)


def test_drawn_in_an_arena_where_confidence_is_enough(tmp_path):
    places, scores = tracked()
    path = written(tmp_path / "a.h5", places, scores)
    to_cm = Affine2D.scaling(0.5, -0.5) @ Affine2D.translation(0, -100)
    overlays = from_sleap(path, fps=10, min_confidence=0.6, calibration=to_cm)
    env = Environment.from_polygon(box(0, 0, 50, 50), bin_size=5.0)
    fields = np.zeros((N_FRAMES, env.n_bins))
    layers = (
        compile_scene(
            env, fields, vmin=0, vmax=1, overlays=overlays, frame_times=np.arange(N_FRAMES) / 10
        )
        .panels[0]
        .layers
    )
    points = {layer.name: layer for layer in layers if isinstance(layer, Points)}
    limbs = [layer for layer in layers if isinstance(layer, Segments)]
    expected = np.stack([places[..., 0] / 2, 50 - places[..., 1] / 2], axis=-1)
    expected[4, 0, 2] = np.nan
    np.testing.assert_allclose(points["Pose a"].xy, expected[:, 0], rtol=1e-6)
    np.testing.assert_allclose(points["Pose b"].xy, expected[:, 1], rtol=1e-6)
    assert [layer.start.shape for layer in limbs] == [(N_FRAMES, 2, 2)] * 2


def test_a_score_that_is_not_said_is_trusted(tmp_path):
    places, scores = tracked()
    scores[:, 0] = np.nan  # what a person placed has no score
    (overlay,) = from_sleap(
        written(tmp_path / "a.h5", places, scores), individual=["a"], min_confidence=0.9
    )
    assert all((scores >= 0.9).all() for scores in overlay.confidence.values())


def test_skeleton_and_times_can_be_given(tmp_path):
    path = written(tmp_path / "a.h5", *tracked())
    times = np.arange(N_FRAMES) ** 1.1
    for skeleton in (Skeleton("", [("nose", "tail")]), [("nose", "tail")]):
        overlays = from_sleap(path, times=times, skeleton=skeleton, individual=["b", "a"])
        assert [overlay.name for overlay in overlays] == ["Pose b", "Pose a"]
        assert overlays[0].skeleton.edges == (("nose", "tail"),)
        np.testing.assert_array_equal(overlays[1].times, times)


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"individual": "c"}, "no individual 'c'"),
        ({"fps": 25, "times": np.arange(6)}, "Both fps=25 and times"),
        ({"fps": 0}, "fps is 0"),
        ({"times": np.arange(5)}, r"times have shape \(5,\), and there are 6 poses"),
        ({"skeleton": [("nose",)]}, "limb"),
    ],
)
def test_mistakes_are_explained(tmp_path, options, text):
    path = written(tmp_path / "a.h5", *tracked())
    with pytest.raises(ValueError, match=rf"(?s){text}.*WHY.*HOW"):
        from_sleap(path, **options)


def test_other_files_are_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"(?s)no file '.*none.h5'.*HOW"):
        from_sleap(tmp_path / "none.h5")
    (tmp_path / "text.h5").write_text("not so")
    with pytest.raises(ValueError, match=r"(?s)text.h5' cannot be read as HDF5: .*HOW"):
        from_sleap(tmp_path / "text.h5")
    with h5py.File(tmp_path / "other.h5", "w") as file:
        file["t"], file["position"] = np.arange(3), np.arange(3)
    with pytest.raises(ValueError, match=r"(?s)holds position, t.*Export Analysis"):
        from_sleap(tmp_path / "other.h5")
    with h5py.File(tmp_path / "flat.h5", "w") as file:
        file["tracks"], file["node_names"] = np.zeros((2, 3)), np.array(["a"], "S")
    with pytest.raises(ValueError, match=r"tracks of float64 of shape \(2, 3\)"):
        from_sleap(tmp_path / "flat.h5")


def test_missing_library_is_named(tmp_path, monkeypatch):
    path = written(tmp_path / "a.h5", *tracked())
    monkeypatch.setitem(sys.modules, "h5py", None)
    with pytest.raises(ImportError, match=r"(?s)h5py is not installed.*pip install h5py"):
        from_sleap(path)


@pytest.mark.parametrize("tracks", [("a", "a"), ("a", "a (1)", "a")])
def test_tracks_of_one_name_are_numbered(tmp_path, tracks):
    places, scores = tracked()
    chosen = [0, 1, 0][: len(tracks)]
    path = written(tmp_path / "a.h5", places[:, chosen], scores[:, chosen], tracks=tracks)
    with pytest.warns(UserWarning, match=rf"2 of {len(tracks)} individuals are called 'a': they"):
        overlays = from_sleap(path, fps=10)
    assert len({overlay.name for overlay in overlays}) == len(tracks)
    for number, overlay in zip(chosen, overlays, strict=True):
        check_places(overlay, places[:, number])


def test_names_that_do_not_fit_are_refused_with_their_numbers(tmp_path):
    places, scores = tracked()
    path = written(tmp_path / "a.h5", places, scores, tracks=("a",))
    with pytest.raises(ValueError, match=r"(?s)2 individuals and 1 names of .*: 'a'.*HOW"):
        from_sleap(path)
    path = written(tmp_path / "b.h5", places, scores, tracks=("a", "b", "c"))
    with pytest.raises(ValueError, match="2 individuals and 3 names"):
        from_sleap(path)
    path = written(tmp_path / "c.h5", places[:, :, :2], scores[:, :, :2])
    with pytest.raises(ValueError, match=r"2 keypoints and 3 names of keypoints: 'nose', 'neck'"):
        from_sleap(path)
    path = written(tmp_path / "d.h5", places, scores)
    with h5py.File(path, "a") as file:
        file["node_names"][...] = np.array(["nose", "nose", "tail"], "S")
    with pytest.raises(ValueError, match=r"(?s)2 of 3 keypoints are called 'nose'.*HOW"):
        from_sleap(path)


def test_edges_by_number(tmp_path):
    path = written(tmp_path / "a.h5", *tracked())
    with h5py.File(path, "a") as file:
        del file["edge_names"]
        file["edge_inds"] = np.array([[0, 1], [1, 2]], np.uint8)
    assert from_sleap(path)[0].skeleton.edges == tuple(EDGES)
    with h5py.File(path, "a") as file:
        file["edge_inds"][...] = [[1, 2], [2, 3]]
    text = r"counts nodes from 1: its edges run from 1 to 3, and there are 3 nodes"
    with pytest.warns(UserWarning, match=text):
        (first, _) = from_sleap(path)
    assert first.skeleton.edges == tuple(EDGES)
    with h5py.File(path, "a") as file:
        file["edge_inds"][...] = [[0, 2], [2, 3]]
    with pytest.raises(ValueError, match=r"(?s)edges of shape \(2, 2\) that run from 0 to 3.*HOW"):
        from_sleap(path)


def test_lost_tracking_is_masked_or_said(tmp_path):
    places, scores = tracked()
    places = np.tile(places + 20, (20, 1, 1, 1))
    scores = np.ones(places.shape[:3])
    places[30:50, 1] = 0
    path = written(tmp_path / "a.h5", places, scores)
    text = r"from_sleap: 60 of 7\d\d samples \(8.\d %\) are exactly \(0, 0\), and no other is near"
    with pytest.warns(UserWarning, match=text):
        from_sleap(path, calibration=lambda px: px / 2)
    (_, b) = from_sleap(path, lost=0)
    assert np.isnan(b.data["nose"][30:50]).all()
    assert from_sleap(path, lost=0, individual="a")[0].data["nose"].shape == (120, 2)
    with pytest.raises(ValueError, match=r"(?s)from_sleap: lost is 'zero'.*HOW"):
        from_sleap(path, lost="zero")


def refuse(path, text, how="WHY.*HOW"):
    with pytest.raises(ValueError, match=rf"(?s)^'\S*{path.name}' {text}.*{how}"):
        from_sleap(path)


@pytest.mark.parametrize(
    ("held", "text"),
    [
        ({"session_description": "a", "acquisition": 1}, "NWB: neurospatial.nwb.read_session"),
        ({"df_with_missing": 1}, r"DeepLabCut: from_dlc\(path\)"),
        ({"position": 1, "space": 1, "time": 1}, r"movement: from_movement\(xarray.open_dataset"),
    ],
)
def test_files_of_other_programs_are_told(tmp_path, held, text):
    with h5py.File(tmp_path / "a.h5", "w") as file:
        for name, value in held.items():
            file[name] = value
    refuse(tmp_path / "a.h5", "holds ", rf"It looks like a file of {text}")


def test_what_stands_in_place_of_a_file_is_told(tmp_path):
    path = tmp_path / "a.slp"
    path.write_bytes(b"")
    refuse(path, "is empty")
    path.write_text("version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 12\n")
    refuse(path, "is a Git LFS pointer", "git lfs pull")
    with pytest.raises(IsADirectoryError, match="is a folder"):
        from_sleap(tmp_path)


def change(path, name, value):
    with h5py.File(path, "r+") as file:
        del file[name]
        file[name] = value
    return path


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        (
            "point_scores",
            np.ones((2, 3, 5)),
            r"has 6 frames .* scores of \(5, 2, 3\)",
        ),
        ("point_scores", np.ones(3), r"has point_scores of float64 of shape \(3,\)"),
        ("tracks", np.ones((2, 2, 3, 0)), r"has tracks of shape \(2, 2, 3, 0\)"),
        ("tracks", np.ones((2, 3, 3, 6)), r"has tracks of shape \(2, 3, 3, 6\)"),
        ("tracks", np.array([b"a"]), r"has tracks of \|S1 of shape \(1,\)"),
        ("node_names", np.arange(3), "holds 'node_names', and it is no text"),
        ("edge_names", np.array(["a", "b", "c"], "S"), "has limbs with 3 ends"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(tmp_path, name, value, text):
    refuse(change(written(tmp_path / "a.h5", *tracked()), name, value), text)


@pytest.mark.parametrize(
    "dims", ['["track"]', "{}", "[[1], 2, 3, 4]", '["a', "[" * 100_000, b"\xff", 3]
)
def test_axes_that_say_nothing_are_refused(tmp_path, dims):
    path = written(tmp_path / "a.h5", *tracked(), dims=True)
    with h5py.File(path, "r+") as file:
        file["tracks"].attrs["dims"] = dims
    refuse(path, "(has tracks with the axes|cannot be read as a SLEAP analysis file: )")


def test_arrays_that_say_they_are_larger_than_they_are(tmp_path):
    path = written(tmp_path / "a.h5", *tracked())
    with h5py.File(path, "r+") as file:
        del file["tracks"]
        file.create_dataset("tracks", (2, 2, 3, 10**10), "f4", compression="gzip")
    refuse(path, r"declares 480,000,000,000 bytes for 'tracks', where at most 1,048,576 can be")


def test_times_that_are_no_list_are_refused(tmp_path):
    path = written(tmp_path / "a.h5", *tracked())
    with pytest.raises(ValueError, match=r"times have shape \(\), and there are 6 poses"):
        from_sleap(path, times=3.0)
