"""A disk that is full, or becomes full: the file stays as it is, and Python alive."""

import errno
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from pynwb import NWBHDF5IO, NWBFile, TimeSeries

from neurospatial.nwb import edit_nwb, extend_fields, write_fields, write_overlays, write_rate_maps
from neurospatial.nwb.file.added_size import estimate_added_bytes
from neurospatial.overlays import BodypartOverlay, PositionOverlay
from tests.nwb.nwb_files import IDS, QUIET, make_environment, make_maps, make_session, save_nwb

ENV = make_environment("masked")
NOISE = np.random.default_rng(0).random((2_000, ENV.n_bins))
TIMES = np.cumsum(np.random.default_rng(1).random(2_000))

CHILD = """
import os, sys
from pathlib import Path
from neurospatial.nwb import edit_nwb, read_environment, write_fields
from tests.nwb.file.test_full_disk import ENV, NOISE, QUIET, TIMES

path, before = Path(sys.argv[1]), Path(sys.argv[1]).read_bytes()


def add(n):
    try:
        with edit_nwb(path, progress=False) as nwbfile:
            write_fields(nwbfile, ENV, NOISE[:n], TIMES[:n], **QUIET)
    except (OSError, RuntimeError) as error:
        print(f"{type(error).__name__} {error}".replace("\\n", " "), flush=True)


def check_unchanged():
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == [path.name]
"""
LIMITED = """
import resource
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 200_000, hard))
add(2_000)
check_unchanged()
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
add(1)
try:
    read_environment(path)
except RuntimeError as error:
    print(f"read: {error}".replace("\\n", " "))
check_unchanged()
print("alive", flush=True)
os._exit(0)  # What HDF5 kept it tries to write once more at the end, and may die of it.
"""
SMALL = """
folder = path.parent / "small"
folder.mkdir()
assert os.system(f"mount -t tmpfs -o size=5500k none '{folder}'") == 0
path = folder / "a.nwb"
path.write_bytes(before)
add(2_000)
check_unchanged()
add(10)
print("added" if path.read_bytes() != before else "unchanged", flush=True)
"""


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return save_nwb(make_session(), tmp_path / "a.nwb")


def run_child(code: str, path: Path, *before: str) -> list[str]:
    ended = subprocess.run(
        [*before, sys.executable, "-c", CHILD + code, str(path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr[-2_000:]
    return ended.stdout.splitlines()


def set_free(monkeypatch: pytest.MonkeyPatch, *free: int) -> None:
    """Say how much is free, each time that it is asked; the last for ever."""
    left = list(free)
    monkeypatch.setattr(
        shutil,
        "disk_usage",
        lambda folder: Usage(10**12, 0, left.pop(0) if len(left) > 1 else left[0]),
    )


def test_no_room_for_the_copy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_free(monkeypatch, 1_000)
    found = r"A copy of a\.nwb, to be added to, takes [\d,]+ bytes, and 1,000 are free"
    with pytest.raises(OSError, match=found) as caught, edit_nwb(path):
        pass
    assert caught.value.errno == errno.ENOSPC
    assert list(path.parent.iterdir()) == [path]


def test_no_room_for_what_is_added(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = path.read_bytes()
    set_free(monkeypatch, 10**9, NOISE.nbytes)
    found = rf"What is added to a\.nwb takes [\d,]+ bytes, and {NOISE.nbytes:,} are free"
    with pytest.raises(OSError, match=found) as caught, edit_nwb(path, progress=False) as nwbfile:
        write_fields(nwbfile, ENV, NOISE, TIMES, **QUIET)
    assert caught.value.errno == errno.ENOSPC
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_no_room_for_more_frames(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with edit_nwb(path, progress=False) as nwbfile:
        write_fields(nwbfile, ENV, NOISE[:5], TIMES[:5], **QUIET)
    set_free(monkeypatch, 10**9, 1_000)
    found = "What is added to 'fields' takes"
    with pytest.raises(OSError, match=found), edit_nwb(path, progress=False) as nwbfile:
        extend_fields(nwbfile, NOISE[5:], TIMES[5:], progress=False)


def add_fields(nwbfile: NWBFile) -> None:
    write_fields(nwbfile, ENV, NOISE, TIMES, **QUIET)


def add_pieces(nwbfile: NWBFile) -> None:
    pieces: Iterator[np.ndarray] = iter(np.split(NOISE, 10))
    write_fields(nwbfile, ENV, pieces, TIMES, **QUIET)


def add_bytes(nwbfile: NWBFile) -> None:
    codes = np.random.default_rng(0).integers(0, 256, (9_000, 100)).astype("u1")
    lists = TimeSeries(name="lists", data=NOISE[:, 0].tolist(), unit="m", rate=1.0)
    nwbfile.add_acquisition(TimeSeries(name="codes", data=codes, unit="1", rate=1.0))
    nwbfile.add_acquisition(lists)


def add_maps(nwbfile: NWBFile) -> None:
    write_rate_maps(nwbfile, ENV, make_maps(ENV), IDS)


def add_overlays(nwbfile: NWBFile) -> None:
    places = np.random.default_rng(0).random((2_000, 2))
    rats = [PositionOverlay(places, TIMES, name=f"rat {number}") for number in range(20)]
    pose = BodypartOverlay({f"part {number}": places for number in range(10)}, TIMES, name="pose")
    write_overlays(nwbfile, ENV, [*rats, pose])


@pytest.mark.parametrize("add", [add_fields, add_pieces, add_bytes, add_maps, add_overlays])
def test_no_more_is_added_than_was_reserved(path: Path, add: object) -> None:
    before = path.stat().st_size
    with edit_nwb(path, progress=False) as nwbfile:
        add(nwbfile)  # type: ignore[operator]
        reserved = estimate_added_bytes(nwbfile)
    grown = path.stat().st_size - before
    assert grown <= reserved < grown * 1.1 + 5_000_000


def test_a_link_to_another_file_takes_no_room(tmp_path: Path, path: Path) -> None:
    with NWBHDF5IO(path, "r") as io, edit_nwb(save_nwb(make_session(), tmp_path / "b.nwb")) as new:
        before = estimate_added_bytes(new)
        data = io.read().acquisition["walked"].data
        new.add_acquisition(TimeSeries(name="theirs", data=data, unit="m", rate=30.0))
        assert estimate_added_bytes(new) - before < 1_000


def test_a_file_that_cannot_be_finished_refuses_the_next(path: Path) -> None:
    pytest.importorskip("resource", reason="the size of files cannot be limited here")
    first, second, third, end = run_child(LIMITED, path)
    assert "OSError [Errno 27] a.nwb could not be added to: File too large." in first
    assert "Restart Python" in first
    assert "RuntimeError HDF5 could not finish writing a.nwb before, and no longer" in second
    assert third == f"read: {second.removeprefix('RuntimeError ')}"
    assert end == "alive"


@pytest.mark.long
def test_on_a_disk_that_is_small(path: Path) -> None:
    apart = ["unshare", "-m"]
    if (
        not shutil.which("unshare")
        or subprocess.run(
            [*apart, "mount", "-t", "tmpfs", "none", str(path.parent)], capture_output=True
        ).returncode
    ):
        pytest.skip("a small disk cannot be mounted here (unshare -m); the limit above stands in")
    first, end = run_child(SMALL, path, *apart)
    assert "OSError [Errno 28] What is added to a.nwb takes" in first
    assert end == "added"
