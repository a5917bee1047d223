import csv
import sys

import numpy as np
import pytest

from neurospatial import Environment
from neurospatial.overlays.loaders.dlc import from_dlc
from neurospatial.scene import Affine2D, Points, Segments, compile_scene

SCORER = "DLC_resnet50_mazeNov1shuffle1_500000"
PARTS = ["nose", "tail"]
N_FRAMES = 5
COORDS = ["x", "y", "likelihood"]


def columns(animals):
    """Each column's names: scorer, (individual,) bodypart, coordinate."""
    named = {} if animals is None else animals
    if animals is None:
        return [(SCORER, part, coord) for part in PARTS for coord in COORDS]
    return [
        (SCORER, animal, part, coord)
        for animal, parts in named.items()
        for part in parts
        for coord in COORDS
    ]


def numbers(n_columns, n_frames=N_FRAMES):
    table = np.random.default_rng(3).uniform(0, 200, (n_frames, n_columns))
    table[:, 2::3] = 0.99
    table[1, 2] = 0.2
    return table


def write_csv(path, names, table, frames=None):
    """Write what DeepLabCut writes: cells are empty where an animal was not found."""
    levels = ["scorer", "individuals", "bodyparts", "coords"]
    if len(names[0]) == 3:
        levels.remove("individuals")
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        for level, row in zip(levels, zip(*names, strict=True), strict=True):
            writer.writerow([level, *row])
        for frame, row in zip(frames or range(len(table)), table, strict=True):
            writer.writerow(
                [frame, *("" if np.isnan(cell) else repr(float(cell)) for cell in row)]
            )
    return path


def write_h5(path, names, table, layout="table"):
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("tables")
    levels = ["scorer", "individuals", "bodyparts", "coords"]
    if len(names[0]) == 3:
        levels.remove("individuals")
    head = pandas.MultiIndex.from_tuples(names, names=levels)
    frame = pandas.DataFrame(table, columns=head, index=range(len(table)))
    frame.to_hdf(path, key="df_with_missing", mode="w", format=layout)
    return path


WRITERS = {"csv": write_csv, "h5": write_h5}
SEVERAL = {"mouse1": PARTS, "mouse2": PARTS, "single": ["feeder"]}


@pytest.mark.parametrize("kind", WRITERS)
def test_one_animal(tmp_path, kind):
    names = columns(None)
    table = numbers(len(names))
    path = WRITERS[kind](tmp_path / f"video.{kind}", names, table)
    (overlay,) = from_dlc(path, fps=50, skeleton=[("nose", "tail")])
    assert list(overlay.data) == PARTS
    np.testing.assert_allclose(overlay.data["nose"], table[:, :2], rtol=1e-15)
    np.testing.assert_allclose(overlay.data["tail"], table[:, 3:5], rtol=1e-15)
    np.testing.assert_array_equal(overlay.confidence["nose"], table[:, 2])
    np.testing.assert_array_equal(overlay.times, np.arange(N_FRAMES) / 50)
    assert (overlay.name, overlay.min_confidence) == ("Pose", 0.3)
    assert overlay.skeleton.edges == (("nose", "tail"),)


@pytest.mark.parametrize("kind", WRITERS)
def test_several_animals_have_their_own_keypoints(tmp_path, kind):
    names = columns(SEVERAL)
    table = numbers(len(names))
    table[3, 6:12] = np.nan
    path = WRITERS[kind](tmp_path / f"video.{kind}", names, table)
    overlays = from_dlc(path, fps=50, skeleton=[("nose", "tail")])
    assert [overlay.name for overlay in overlays] == ["Pose mouse1", "Pose mouse2", "Pose single"]
    assert [list(overlay.data) for overlay in overlays] == list(SEVERAL.values())
    np.testing.assert_allclose(overlays[1].data["tail"], table[:, 9:11], rtol=1e-15)
    assert [len(overlay.skeleton.edges) for overlay in overlays] == [1, 1, 0]
    (second,) = from_dlc(path, individual="mouse2")
    assert (second.name, second.times) == ("Pose", None)
    np.testing.assert_array_equal(second.data["nose"], overlays[1].data["nose"])


def test_drawn_in_an_arena_where_the_likelihood_is_enough(tmp_path):
    names = columns(None)
    table = numbers(len(names))
    path = write_csv(tmp_path / "video.csv", names, table)
    to_cm = Affine2D.scaling(0.1, -0.1) @ Affine2D.translation(0, -200)
    overlays = from_dlc(path, fps=50, calibration=to_cm, skeleton=[("nose", "tail")])
    env = Environment.from_samples(np.random.default_rng(0).uniform(0, 20, (999, 2)), bin_size=2.0)
    fields = np.zeros((N_FRAMES, env.n_bins))
    clock = np.arange(N_FRAMES) / 50
    layers = compile_scene(env, fields, vmin=0, vmax=1, overlays=overlays, frame_times=clock)
    (points,) = [x for x in layers.panels[0].layers if isinstance(x, Points)]
    (limbs,) = [x for x in layers.panels[0].layers if isinstance(x, Segments)]
    nose = np.stack([table[:, 0] / 10, 20 - table[:, 1] / 10], axis=1)
    nose[1] = np.nan
    np.testing.assert_allclose(points.xy[:, 0], nose, rtol=1e-5)
    assert np.isnan(limbs.start[:, 0, 0]).tolist() == [False, True, False, False, False]


def test_times_are_those_of_the_frames_in_the_file(tmp_path):
    names = columns(None)
    path = write_csv(tmp_path / "v.csv", names, numbers(len(names)), frames=[4, 5, 7, 8, 20])
    np.testing.assert_array_equal(from_dlc(path, fps=10)[0].times, [0.4, 0.5, 0.7, 0.8, 2.0])


def test_csv_and_h5_are_read_alike(tmp_path):
    names = columns(SEVERAL)
    table = numbers(len(names), 50)
    first = from_dlc(write_csv(tmp_path / "v.csv", names, table), fps=30)
    second = from_dlc(write_h5(tmp_path / "v.h5", names, table), fps=30)
    for one, other in zip(first, second, strict=True):
        for part in one.data:
            np.testing.assert_allclose(one.data[part], other.data[part], rtol=1e-14)


def test_csv_needs_no_h5py(tmp_path, monkeypatch):
    names = columns(None)
    path = write_csv(tmp_path / "v.csv", names, numbers(len(names)))
    monkeypatch.setitem(sys.modules, "h5py", None)
    assert len(from_dlc(path)) == 1
    (tmp_path / "v.h5").write_bytes(b"\x89HDF")
    text = r"(?s)h5py is not installed.*its \.csv.*pip install h5py"
    with pytest.raises(ImportError, match=text):
        from_dlc(tmp_path / "v.h5")


def test_other_files_are_refused(tmp_path):
    names = columns(None)
    table = numbers(len(names))
    with pytest.raises(FileNotFoundError, match="no file"):
        from_dlc(tmp_path / "none.csv")
    (tmp_path / "other.csv").write_text("time,x,y\n0,1,2\n")
    with pytest.raises(ValueError, match=r"(?s)has a head of nothing\..*WHY.*HOW"):
        from_dlc(tmp_path / "other.csv")
    labelled = write_csv(tmp_path / "l.csv", names, table, [f"labeled-data/{n}" for n in range(5)])
    with pytest.raises(ValueError, match=r"(?s)row that is not numbers.*not labelled frames"):
        from_dlc(labelled)
    twice = write_csv(tmp_path / "t.csv", [*names, ("Ann", *names[0][1:])], np.ones((2, 7)))
    with pytest.raises(ValueError, match=r"(?s)holds 'nose' twice; scorers are \['Ann', 'DLC"):
        from_dlc(twice)
    without = write_csv(tmp_path / "w.csv", names[1:], table[:, 1:])
    with pytest.raises(ValueError, match=r"\['likelihood', 'y'\] of 'nose', not x and y"):
        from_dlc(without)
    cut = tmp_path / "cut.csv"
    whole = write_csv(tmp_path / "v.csv", names, table).read_text()
    cut.write_text(whole[: whole.rindex(",")] + "\n")
    with pytest.raises(ValueError, match=r"cut\.csv' has a row that is not numbers"):
        from_dlc(cut)
    empty = write_csv(tmp_path / "e.csv", names, table[:0])
    with pytest.raises(ValueError, match=r"e\.csv' has no row below its head"):
        from_dlc(empty)


@pytest.mark.parametrize("name", ["a.csv", "a.h5"])
def test_what_stands_in_place_of_a_file_is_told(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"")
    with pytest.raises(ValueError, match=rf"(?s){name}' is empty.*HOW"):
        from_dlc(path)
    path.write_text("version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 12\n")
    with pytest.raises(ValueError, match=rf"(?s){name}' is a Git LFS pointer.*git lfs pull"):
        from_dlc(path)
    with pytest.raises(IsADirectoryError, match="is a folder"):
        from_dlc(tmp_path)


def test_heads_that_do_not_fit_are_refused(tmp_path):
    def refuse(text, lines):
        (tmp_path / "a.csv").write_text("\n".join(lines))
        with pytest.raises(ValueError, match=rf"(?s)a\.csv' {text}.*WHY.*HOW"):
            from_dlc(tmp_path / "a.csv")

    head = ["scorer,d,d", "bodyparts,nose,nose", "coords,x,y"]
    long = "2" * 200_000
    refuse(r"has 2 to 3 cells in its head", [head[0], "bodyparts,nose", head[2], "0,1,2"])
    refuse(r"has a head of scorer, bodyparts, bodyparts, coords", [*head[:2], *head[1:], "0,1,2"])
    refuse(r"has no column beside", ["scorer", "bodyparts", "coords", "0"])
    for number in ("0.5", "-1", "nan", "1e300", "inf"):
        refuse(r"has row 1 numbered", [*head, "0,1,2", f"{number},1,2"])
    refuse(r"has a row that is not numbers: line 5 has 4 cells", [*head, "0,1,2", "1,1,2,3"])
    refuse(r"cannot be read as a table of DeepLabCut: field larger", [*head, f"0,1,{long}"])


def test_unknown_animal_names_the_nearest(tmp_path):
    names = columns(SEVERAL)
    path = write_csv(tmp_path / "v.csv", names, numbers(len(names)))
    with pytest.raises(ValueError, match=r"(?s)no individual 'mose1'\. Did you mean 'mouse1'\?"):
        from_dlc(path, individual=["mouse2", "mose1"])
    with pytest.raises(ValueError, match=r"(?s)Missing: \['nos'\]"):
        from_dlc(path, skeleton=[("nos", "tail")])[0].skeleton.check_parts(PARTS)


def test_three_coordinates_need_a_plane(tmp_path):
    names = [(SCORER, part, axis) for part in PARTS for axis in "xyz"]
    table = np.random.default_rng(4).uniform(0, 100, (N_FRAMES, len(names)))
    path = write_csv(tmp_path / "3d.csv", names, table)
    with pytest.raises(ValueError, match=r"(?s)3d.csv has three axes; .*plane='xy'"):
        from_dlc(path)
    (overlay,) = from_dlc(path, plane="xz")
    np.testing.assert_allclose(overlay.data["tail"], table[:, [3, 5]])
