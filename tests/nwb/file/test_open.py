from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pytest
from pynwb import NWBFile

from neurospatial.nwb import read_session, write_overlays
from neurospatial.nwb.session.report import describe
from neurospatial.overlays import BodypartOverlay
from tests.nwb.nwb_files import make_environment

Save = Callable[..., Path]


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"There is no file .*none\.nwb"):
        read_session(tmp_path / "none.nwb")
    with pytest.raises(IsADirectoryError, match="is a folder"):
        read_session(tmp_path)


def test_a_file_that_is_not_hdf5(tmp_path: Path) -> None:
    path = tmp_path / "session.nwb"
    path.write_text("time,x,y\n")
    with pytest.raises(ValueError, match=r"session\.nwb is not an NWB file: it is not HDF5"):
        read_session(path)


def test_a_file_that_git_did_not_fetch(tmp_path: Path) -> None:
    path = tmp_path / "session.nwb"
    path.write_text("version https://git-lfs.github.com/spec/v1\noid sha256:1f\nsize 12\n")
    with pytest.raises(ValueError, match=r"Git LFS pointer[\s\S]*git lfs pull"):
        read_session(path)
    with (
        path.open("rb") as file,
        pytest.raises(ValueError, match=r"file-like is a Git LFS pointer[\s\S]*git lfs pull"),
    ):
        read_session(file)
    path.write_bytes(b"")
    with pytest.raises(ValueError, match=r"session\.nwb' is empty"):
        read_session(path)


def test_a_pose_and_nothing_else(nwbfile: NWBFile, saved: Save) -> None:
    nose = BodypartOverlay({"nose": np.eye(2)}, [0.0, 0.1])
    write_overlays(nwbfile, make_environment("masked"), [nose])
    path = saved(nwbfile)
    with read_session(path) as session:
        with pytest.raises(
            ValueError, match=r"no position[\s\S]*position='processing/behavior/Pos"
        ):
            session.positions  # noqa: B018 - it is read
        with pytest.raises(
            KeyError, match=r"There are no units, and unit 3[\s\S]*spikes=\{3: times"
        ):
            session.animate(3, bin_size=5)
    said = describe(path)
    assert ("units", "none: the file has no sorted spikes") in said.lines
    assert "The file has no position" in str(said.suspicious[0])


def test_hdf5_that_is_not_nwb(tmp_path: Path) -> None:
    path = tmp_path / "tracks.h5"
    with h5py.File(path, "w") as file:
        file["tracks"] = np.zeros(3)
        file["scores"] = np.zeros(3)
    with pytest.raises(ValueError, match=r"HDF5 but not NWB 2: it holds scores, tracks"):
        read_session(path)
    with h5py.File(path, "r+"):  # it is not left open
        pass


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_file_that_is_cut_off(session_file: NWBFile, saved: Save, share: float) -> None:
    path = saved(session_file)
    content = path.read_bytes()
    kept = int(share * len(content))
    path.write_bytes(content[:kept])
    with pytest.raises(OSError, match=rf"is cut off after {kept:,} bytes") as raised:
        read_session(path)
    assert "Copy or download it again" in str(raised.value)


def test_a_newer_schema_is_read_as_far_as_it_is_the_same(
    session_file: NWBFile, saved: Save
) -> None:
    path = saved(session_file)
    with h5py.File(path, "r+") as file:
        file.attrs["nwb_version"] = "9.1.0"
        (version,) = file["specifications/core"]
        file["specifications/core"].move(version, "9.1.0")
        held = file["specifications/core/9.1.0/namespace"]
        held[()] = held.asstr()[()].replace(f'"{version}"', '"9.1.0"')
    with read_session(path) as session:
        assert session.positions.shape == (3000, 2)


def test_a_newer_schema_that_pynwb_cannot_read(session_file: NWBFile, saved: Save) -> None:
    path = saved(session_file)
    with h5py.File(path, "r+") as file:
        file["units"].attrs["neurodata_type"] = "QuantumUnits"
        file.attrs["nwb_version"] = "9.1.0"
    with pytest.raises(ValueError, match=r"session\.nwb could not be read: .*QuantumUnits") as e:
        read_session(path)
    assert "newer schema" in str(e.value)
    assert "pip install --upgrade pynwb" in str(e.value)
    with h5py.File(path, "r+"):  # it is not left open
        pass


@pytest.mark.parametrize("mark", [".zgroup", "zarr.json"])
def test_zarr_is_not_read(tmp_path: Path, mark: str) -> None:
    (tmp_path / mark).write_text('{"zarr_format": 2}')
    with pytest.raises(ValueError, match=r"is a folder of Zarr[\s\S]*Export it to HDF5"):
        read_session(tmp_path)
