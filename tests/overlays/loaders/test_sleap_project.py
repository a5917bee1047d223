"""Projects and predictions of SLEAP, and what sleap-io makes of them."""

from types import SimpleNamespace

import h5py
import numpy as np
import pytest
from shapely import box

from neurospatial import Environment
from neurospatial.overlays.loaders.sleap import from_sleap
from neurospatial.scene import Points, compile_scene
from tests.overlays.loaders.slp_files import NODES, write_slp

RNG = np.random.default_rng(3)
N_FRAMES = 5


def make_points(n_nodes: int = 3) -> np.ndarray:
    """Places and scores of the nodes of one animal."""
    return np.column_stack([RNG.uniform(10, 90, (n_nodes, 2)), RNG.uniform(0.5, 1, n_nodes)])


ANIMALS = [(frame, track, True, make_points()) for frame in (0, 1, 3) for track in (0, 1)]


def test_each_track_of_predictions_is_a_pose(tmp_path):
    path = write_slp(tmp_path / "a.slp", ANIMALS)
    overlays = from_sleap(path, fps=25)
    assert [overlay.name for overlay in overlays] == ["Pose a", "Pose b"]
    for track, overlay in enumerate(overlays):
        assert list(overlay.data) == NODES
        assert overlay.skeleton.edges == (("nose", "neck"), ("neck", "tail"))
        np.testing.assert_array_equal(overlay.times, np.arange(4) / 25)
        for frame, _, _, points in (row for row in ANIMALS if row[1] == track):
            for node, (x, y, score) in zip(NODES, points, strict=True):
                assert overlay.data[node][frame].tolist() == [x, y]
                assert overlay.confidence[node][frame] == score
        assert np.isnan(overlay.data["nose"][2]).all()


def test_times_may_go_on_where_no_animal_was_found(tmp_path):
    path = write_slp(tmp_path / "a.slp", ANIMALS)
    overlays = from_sleap(path, times=np.arange(9) / 50)
    assert overlays[0].data["nose"].shape == (9, 2)
    with pytest.raises(ValueError, match=r"times have shape \(3,\), and there are 4 poses"):
        from_sleap(path, times=np.arange(3) / 50)


def test_what_a_person_labelled_comes_first(tmp_path):
    mine = make_points()
    mine[2, 2] = 0  # placed, and marked as not visible
    path = write_slp(tmp_path / "a.slp", [(1, 0, False, mine), *ANIMALS])
    (first, _) = from_sleap(path)
    assert first.data["nose"][1].tolist() == mine[0, :2].tolist()
    assert np.isnan(first.data["tail"][1]).all()
    assert first.confidence["nose"][1] == np.inf


def test_a_lone_animal_needs_no_track(tmp_path):
    animals = [(frame, -1, True, make_points()) for frame in range(3)]
    path = write_slp(tmp_path / "a.slp", [*animals, (1, -1, False, make_points())], tracks=())
    (pose,) = from_sleap(path, individual="individual 0")
    assert pose.data["neck"][2].tolist() == animals[2][3][1, :2].tolist()


def test_animals_that_cannot_be_told_apart_are_refused(tmp_path):
    animals = [(frame, -1, True, make_points()) for frame in range(3) for _ in range(2)]
    with pytest.raises(ValueError, match=r"(?s)3 video frames hold several animals, .*HOW"):
        from_sleap(write_slp(tmp_path / "a.slp", animals, tracks=()))
    path = write_slp(tmp_path / "b.slp", [*ANIMALS, (3, -1, True, make_points())])
    with pytest.warns(UserWarning, match="1 of 7 animals in the video frames have no track"):
        assert len(from_sleap(path)) == 2
    path = write_slp(tmp_path / "c.slp", [*ANIMALS, (3, 1, True, make_points())])
    with pytest.warns(UserWarning, match="in 1 video frames a track has several animals"):
        from_sleap(path)


def test_files_of_other_formats(tmp_path):
    path = write_slp(tmp_path / "a.slp", ANIMALS, format_id=1.0)
    old = from_sleap(path)[0].data["nose"][0]
    np.testing.assert_array_equal(old, ANIMALS[0][3][0, :2] - 0.5)
    with pytest.raises(ValueError, match=r"(?s)of the format 2.5, which.*sleap_io.load_slp"):
        from_sleap(write_slp(tmp_path / "b.slp", ANIMALS, format_id=2.5))
    path = write_slp(tmp_path / "c.slp", ANIMALS, videos={0: 0, 1: 1, 3: 0})
    with pytest.raises(ValueError, match=r"(?s)animals in 2 videos, of 1 skeletons.*HOW"):
        from_sleap(path)


def make_labels(animals, tracks=("a", "b")):
    """What sleap-io makes of the same animals, as far as it is asked for."""
    video, named = object(), [SimpleNamespace(name=name) for name in tracks]
    skeleton = SimpleNamespace(node_names=NODES, edge_names=[("nose", "neck"), ("neck", "tail")])
    frames: dict[int, list[object]] = {}
    for frame, track, predicted, points in animals:
        there = np.isfinite(points[:, :1]) & (predicted | (points[:, 2:] > 0))
        xy = np.where(there, points[:, :2], np.nan)
        kind = [("xy", "<f8", 2), *([("score", "<f8")] if predicted else [])]
        table = np.zeros(len(points), kind)
        if predicted:
            table["score"] = points[:, 2]
        animal = SimpleNamespace(
            track=named[track] if track >= 0 else None, points=table, numpy=lambda xy=xy: xy
        )
        frames.setdefault(frame, []).append(animal)
    labelled = [
        SimpleNamespace(frame_idx=frame, video=video, instances=found)
        for frame, found in frames.items()
    ]
    return SimpleNamespace(tracks=named, skeletons=[skeleton], labeled_frames=labelled)


def test_labels_are_as_their_file(tmp_path):
    mine = make_points()
    mine[1, 2] = 0
    animals = [(0, 1, False, mine), *ANIMALS]
    read = from_sleap(write_slp(tmp_path / "a.slp", animals), fps=30)
    made = from_sleap(make_labels(animals), fps=30)
    assert [overlay.name for overlay in made] == [overlay.name for overlay in read]
    for one, other in zip(made, read, strict=True):
        assert one.skeleton == other.skeleton
        np.testing.assert_array_equal(one.times, other.times)
        for node in NODES:
            np.testing.assert_array_equal(one.data[node], other.data[node])
            np.testing.assert_array_equal(one.confidence[node], other.confidence[node])


def test_flies(shared_data):
    """The skeleton names the nodes in another order than the file: a head is a head."""
    path = shared_data / "fly_pose" / "clip.predictions.slp"
    with h5py.File(path) as file:
        points, animals = file["pred_points"][()], file["instances"][()]
    overlays = from_sleap(path, fps=25)
    assert [overlay.name for overlay in overlays] == ["Pose female", "Pose male"]
    assert overlays[0].skeleton.edges == (("thorax", "head"),)
    for track, overlay in enumerate(overlays):
        assert list(overlay.data) == ["head", "thorax"]
        first = animals["point_id_start"][animals["track"] == track]
        for node, data in enumerate(overlay.data.values()):
            places = points[first + node]
            there = np.stack([places["x"], places["y"]], 1)[np.isfinite(places["x"])]
            np.testing.assert_array_equal(data[~np.isnan(data[:, 0])], there)


def test_flies_are_drawn_where_they_are(shared_data):
    """By default, and without a warning."""
    overlays = from_sleap(shared_data / "fly_pose" / "clip.predictions.slp", fps=25)
    env = Environment.from_polygon(box(0, 0, 1024, 1024), bin_size=128.0, units="px")
    clock = np.arange(1500) / 25
    scene = compile_scene(
        env, np.zeros((1500, env.n_bins)), vmin=0, vmax=1, overlays=overlays, frame_times=clock
    )
    points = {layer.name: layer for layer in scene.panels[0].layers if isinstance(layer, Points)}
    for overlay in overlays:
        for column, (node, places) in enumerate(overlay.data.items()):
            trusted = overlay.confidence[node] >= overlay.min_confidence
            wanted = np.where(trusted[:, None], places, np.nan)
            np.testing.assert_allclose(points[overlay.name].xy[:, column], wanted, rtol=1e-6)


def change_table(path, name, change):
    """Write a table again, as a function of it returns it; None leaves it out."""
    with h5py.File(path, "r+") as file:
        table = change(file[name][()])
        del file[name]
        if table is not None:
            file[name] = table
    return path


def change_column(column, value, row=0):
    def change(table):
        table[column][row] = value
        return table

    return change


def refuse(path, text):
    with pytest.raises(ValueError, match=rf"(?s)^'\S*{path.name}' {text}.*WHY.*HOW"):
        from_sleap(path)


@pytest.mark.parametrize(
    ("table", "change", "text"),
    [
        (
            "instances",
            change_column("frame_id", 77),
            "has animals in .* that it does not have",
        ),
        ("instances", change_column("track", 2), "has animals of track 2 of 2"),
        (
            "frames",
            change_column("frame_idx", 2**63),
            "has animals in .* before the first",
        ),
        (
            "frames",
            change_column("frame_idx", 10**9),
            r"declares 144,000,000,144 bytes for poses up to video frame 1,000,000,000, where",
        ),
        (
            "instances",
            lambda table: table["score"],
            "has no numbers 'instance_type'",
        ),
        (
            "pred_points",
            lambda table: table[["x", "y"]],
            "has no numbers 'visible'",
        ),
        (
            "pred_points",
            lambda table: table[:3],
            "has animals whose points are not",
        ),
        ("tracks_json", lambda table: None, "cannot be read as HDF5: .*tracks_json"),
        (
            "tracks_json",
            lambda table: np.array([b"[0", b"1"]),
            "cannot be read as a SLEAP project: ",
        ),
    ],
)
def test_tables_that_do_not_fit_are_refused(tmp_path, table, change, text):
    refuse(change_table(write_slp(tmp_path / "a.slp", ANIMALS), table, change), text)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"skeletons": []}', "[" * 50_000, '{"skeletons": [3], "nodes": 1}']
)
def test_a_description_that_says_nothing_is_refused(tmp_path, text):
    path = write_slp(tmp_path / "a.slp", ANIMALS)
    with h5py.File(path, "r+") as file:
        file["metadata"].attrs["json"] = np.bytes_(text or " ")
    refuse(path, "cannot be read as a SLEAP project: ")


def test_a_node_is_never_counted_from_the_end(tmp_path):
    path = write_slp(tmp_path / "a.slp", ANIMALS)
    with h5py.File(path, "r+") as file:
        described = file["metadata"].attrs["json"].decode().replace('{"id": 0}', '{"id": -1}')
        file["metadata"].attrs["json"] = np.bytes_(described)
    refuse(path, "cannot be read as a SLEAP project: KeyError: -1")


def test_a_few_frames_of_a_long_film_are_read(tmp_path):
    animals = [(frame, 0, False, make_points()) for frame in (0, 400_000)]
    (pose,) = from_sleap(write_slp(tmp_path / "a.slp", animals, tracks=("a",)))
    assert np.isfinite(pose.data["nose"]).all(axis=1).sum() == 2
