"""Adding to a file: the old one is there until the new one is."""

import os
import shutil
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import h5py
import numpy as np
import pytest
from pynwb import NWBHDF5IO, TimeSeries

from neurospatial.nwb import edit_nwb, read_environment, write_environment, write_fields
from tests.core.children import child
from tests.nwb.nwb_files import (
    list_criticism,
    make_environment,
    make_posterior,
    make_session,
    save_nwb,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return save_nwb(make_session(), tmp_path / "a.nwb")


def only(path: Path) -> bool:
    """Whether nothing else lies beside the file."""
    return list(path.parent.iterdir()) == [path]


def test_what_is_written_is_there_and_the_rest_as_well(path: Path) -> None:
    env = make_environment("triangles")
    with edit_nwb(path, progress=False) as nwbfile:
        write_environment(nwbfile, env)
        assert not only(path)
        with NWBHDF5IO(path, "r") as io:
            assert not io.read().processing  # until the block ends
    assert only(path)
    assert read_environment(path) == env
    with NWBHDF5IO(path, "r") as io:
        nwbfile = io.read()
        again = make_session()
        expected = again.acquisition["walked"].data
        np.testing.assert_array_equal(nwbfile.acquisition["walked"].data[:], expected)
        np.testing.assert_array_equal(
            nwbfile.units["spike_times"][1], again.units["spike_times"][1]
        )


@pytest.mark.parametrize("mistake", [ValueError, KeyboardInterrupt, MemoryError])
def test_a_failure_in_the_middle_leaves_the_file_byte_for_byte(
    path: Path, mistake: type[BaseException]
) -> None:
    before = path.read_bytes()

    def add() -> None:
        with edit_nwb(path, progress=False) as nwbfile:
            write_environment(nwbfile, make_environment("masked"))
            raise mistake

    with pytest.raises(mistake):
        add()
    assert path.read_bytes() == before
    assert only(path)


def test_a_failure_while_it_is_written(path: Path) -> None:
    before = path.read_bytes()

    class Broken:
        shape, dtype = (50, 69), np.dtype("f4")

        def read(self, start: int, stop: int) -> np.ndarray:
            raise OSError("the source is gone")

    env, times = make_environment("masked"), np.arange(50) / 30
    with pytest.raises(OSError, match="gone"), edit_nwb(path, progress=False) as nwbfile:
        write_fields(nwbfile, env, Broken(), times, unit="1", progress=False)
    assert path.read_bytes() == before
    assert only(path)


def test_cancelled_while_it_is_copied(path: Path) -> None:
    before = path.read_bytes()
    calls = []

    def stop(done: int, total: int) -> None:
        calls.append((done, total))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), edit_nwb(path, progress=stop):
        pass
    assert calls == [(1, 1)]
    assert path.read_bytes() == before
    assert only(path)


def test_a_read_only_file(path: Path) -> None:
    path.chmod(0o444)
    with (
        pytest.raises(PermissionError, match=r"is read-only[\s\S]*chmod u\+w .*a\.nwb"),
        edit_nwb(path),
    ):
        pass
    assert only(path)


def test_permissions_stay(path: Path) -> None:
    path.chmod(0o640)
    with edit_nwb(path, progress=False) as nwbfile:
        write_environment(nwbfile, make_environment("masked"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_what_is_not_nwb(tmp_path: Path) -> None:
    path = tmp_path / "a.nwb"
    path.write_bytes(b"hello" * 100)
    with pytest.raises(ValueError, match="not an NWB file"), edit_nwb(path):
        pass
    with h5py.File(path, "w") as file:
        file["x"] = 1
    with pytest.raises(ValueError, match="HDF5 but not NWB"), edit_nwb(path):
        pass
    with pytest.raises(FileNotFoundError), edit_nwb(tmp_path / "none.nwb"):
        pass
    with pytest.raises(IsADirectoryError, match="is a folder"), edit_nwb(tmp_path):
        pass
    assert only(path)


def test_a_file_cut_short(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(OSError, match="cut off"), edit_nwb(path):
        pass
    assert path.stat().st_size == len(content) // 2
    assert only(path)


def test_changed_by_someone_else_meanwhile(path: Path) -> None:
    def both() -> None:
        with edit_nwb(path, progress=False) as one:
            with h5py.File(path, "r+") as other:
                other.attrs["note"] = "x" * 5_000
            write_environment(one, make_environment("triangles"))

    with pytest.raises(RuntimeError, match=r"a\.nwb changed"):
        both()
    with h5py.File(path, "r") as file:
        assert "note" in file.attrs
    assert only(path)


def test_two_at_once_are_one_after_the_other(path: Path) -> None:
    def add(name: str) -> None:
        with edit_nwb(path, progress=False) as nwbfile:
            write_environment(nwbfile, make_environment(name))

    names = ["masked", "triangles", "strip"]
    with ThreadPoolExecutor(len(names)) as pool:
        list(pool.map(add, names))
    for name in names:
        assert read_environment(path, name) == make_environment(name)
    assert only(path)


def test_a_block_within_a_block_is_refused_and_the_outer_one_still_writes(path: Path) -> None:
    with edit_nwb(path, progress=False) as nwbfile:
        with pytest.raises(RuntimeError, match=r"block of this thread[\s\S]*it gave"):
            edit_nwb(path, progress=False).__enter__()
        write_environment(nwbfile, make_environment("masked"))
    assert only(path)
    assert read_environment(path) == make_environment("masked")


KILLED = """
    import sys
    from neurospatial.nwb import edit_nwb, write_fields
    from tests.nwb.file.test_full_disk import ENV, NOISE, QUIET, TIMES

    def stop(done, total):
        print("now", flush=True)
        sys.stdin.readline()

    with edit_nwb(sys.argv[1], progress=False) as nwbfile:
        write_fields(nwbfile, ENV, NOISE, TIMES, unit="1", progress=stop)
"""


def test_killed_in_the_middle(path: Path) -> None:
    before = path.read_bytes()
    with child(KILLED, path) as writer:
        assert not only(path)
        writer.kill()
        writer.wait(timeout=60)
    assert path.read_bytes() == before
    assert not only(path)
    with edit_nwb(path, progress=False) as nwbfile:
        write_environment(nwbfile, make_environment("masked"))
    assert only(path)
    assert read_environment(path) == make_environment("masked")


def test_a_link_to_a_file_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    real = save_nwb(make_session(), tmp_path / "data" / "real.nwb")
    link = tmp_path / "link.nwb"
    link.symlink_to(real)
    with edit_nwb(link, progress=False) as nwbfile:
        write_environment(nwbfile, make_environment("masked"))
    assert link.is_symlink()
    assert read_environment(real) == make_environment("masked")


def test_links_to_other_files_stay_valid(tmp_path: Path) -> None:
    first = make_session()
    save_nwb(first, tmp_path / "raw.nwb")
    path = tmp_path / "a.nwb"
    with NWBHDF5IO(tmp_path / "raw.nwb", "r") as raw:
        second = make_session()
        shared = raw.read().acquisition["walked"].data
        second.add_acquisition(
            TimeSeries(name="shared", data=shared, unit="m", rate=30.0, description="Theirs.")
        )
        save_nwb(second, path)
    with h5py.File(path) as file:
        link = file.get("acquisition/shared/data", getlink=True)
        assert isinstance(link, h5py.ExternalLink)
        assert not os.path.isabs(link.filename)
    with edit_nwb(path, progress=False) as nwbfile:
        write_environment(nwbfile, make_environment("masked"))
    with NWBHDF5IO(path, "r") as io:
        series = io.read().acquisition["shared"]
        np.testing.assert_array_equal(series.data[:], first.acquisition["walked"].data)


def test_to_a_real_file(shared_data: Path, tmp_path: Path) -> None:
    source, path = shared_data / "mouse_nwb" / "A2929-200711.nwb", tmp_path / "mouse.nwb"
    shutil.copyfile(source, path)
    env = make_environment("masked")
    with edit_nwb(path, progress=False) as nwbfile:
        fields = make_posterior(100, env.n_bins)
        write_fields(nwbfile, env, fields, 700 + np.arange(100) / 50, unit="1", progress=False)
    assert read_environment(path) == env
    # The laboratory's own part of the file is as it was, and criticised for it.
    ours = {"fields", "masked", "masked_definition"}
    assert not [text for text in list_criticism(path) if ours & set(text.split())]
