"""Damaged files of poses and of cameras end in a result or in an error of ours.

What is libhdf5's own, and not in the seed that is run here: a local heap whose list of free
blocks leads back into itself is followed until the memory is full (mutant 845 of seed 2 of
project.slp, one of 27,000). No reader in this process can stop that, and one in another would
cost every sound file its start.
"""

import warnings
from pathlib import Path

import numpy as np
import pytest

from neurospatial.errors import is_explained
from neurospatial.overlays.camera.calibration import VideoCalibration
from neurospatial.overlays.camera.lens import Lens
from neurospatial.overlays.loaders.dlc import from_dlc
from neurospatial.overlays.loaders.sleap import from_sleap
from neurospatial.scene import Affine2D
from tests.damage import Kind
from tests.damaged_reading import read_damaged, read_damaged_apart
from tests.overlays.loaders.damage_inside import damage_inside
from tests.overlays.loaders.slp_files import write_slp
from tests.overlays.loaders.test_dlc import SEVERAL, columns, numbers, write_csv, write_h5
from tests.overlays.loaders.test_sleap import tracked, written

N_SHORT, N_LONG = 20, 300
"""Mutants of each file in every run, and in the long one."""


def write_dlc_csv(path: Path) -> None:
    names = columns(SEVERAL)
    write_csv(path, names, numbers(len(names)))


def write_dlc_table(path: Path) -> None:
    names = columns(SEVERAL)
    write_h5(path, names, numbers(len(names)))


def write_dlc_fixed(path: Path) -> None:
    names = columns(SEVERAL)
    write_h5(path, names, numbers(len(names)), "fixed")


def write_analysis(path: Path) -> None:
    written(path, *tracked())


def write_project(path: Path) -> None:
    points = np.column_stack([np.arange(6.0).reshape(3, 2), np.full(3, 0.9)])
    animals = [(frame, track, True, points + frame) for frame in (0, 1, 3) for track in (0, 1)]
    write_slp(path, [*animals, (1, 0, False, points)])


def write_calibration(path: Path) -> None:
    upright = Affine2D.scaling(0.25, -0.25) @ Affine2D.translation(0, -240)
    px = np.array([[10.0, 10], [300, 20], [310, 230]])
    lens = Lens([[300, 0, 160], [0, 300, 120], [0, 0, 1]], [0.1, 0.01, 0, 0])
    VideoCalibration(upright, (320, 240), lens, px, upright(px)).save(path)


def read_dlc(path: Path) -> None:
    from_dlc(path, fps=25)


def read_sleap(path: Path) -> None:
    from_sleap(path, fps=25)


def read_calibration(path: Path) -> None:
    calibration = VideoCalibration.load(path)
    calibration.apply([[10.0, 20.0]])


FILES = {
    "poses.csv": (write_dlc_csv, read_dlc, "text"),
    "table.h5": (write_dlc_table, read_dlc, "binary"),
    "fixed.h5": (write_dlc_fixed, read_dlc, "binary"),
    "analysis.h5": (write_analysis, read_sleap, "binary"),
    "project.slp": (write_project, read_sleap, "binary"),
    "camera.json": (write_calibration, read_calibration, "json"),
}


INSIDE = ["table.h5", "fixed.h5", "analysis.h5", "project.slp"]


def find_failures(folder: Path, name: str, n: int) -> list[str]:
    write, read, kind = FILES[name]
    path = folder / f"sound {name}"
    write(path)
    given: tuple[bytes, Path, str, Kind, int] = (path.read_bytes(), folder, name, kind, n)
    if kind == "binary":
        return read_damaged_apart(f"{__name__}:{read.__name__}", *given)
    return read_damaged(read, *given)


def find_failures_inside(folder: Path, name: str, n: int) -> list[str]:
    """Read files that HDF5 finds nothing wrong with."""
    write, read, _ = FILES[name]
    write(folder / f"sound {name}")
    failures = []
    for number in range(n):
        rng = np.random.default_rng([0, number])
        path = damage_inside(folder / f"sound {name}", folder / f"{number} {name}", rng)
        with warnings.catch_warnings(action="error"):
            warnings.simplefilter("ignore", UserWarning)
            try:
                read(path)
            except Exception as error:
                if not is_explained(error):
                    failures.append(f"{number}: {type(error).__name__}: {error}")
    return failures


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, name: str) -> None:
    assert find_failures(tmp_path, name, N_SHORT) == []


@pytest.mark.long
@pytest.mark.parametrize("name", FILES)
def test_many_damaged_files_are_read_or_refused(tmp_path: Path, name: str) -> None:
    assert find_failures(tmp_path, name, N_LONG) == []


@pytest.mark.parametrize("name", INSIDE)
def test_a_file_of_wrong_contents_is_read_or_refused(tmp_path: Path, name: str) -> None:
    assert find_failures_inside(tmp_path, name, N_SHORT) == []


@pytest.mark.long
@pytest.mark.parametrize("name", INSIDE)
def test_many_files_of_wrong_contents_are_read_or_refused(tmp_path: Path, name: str) -> None:
    assert find_failures_inside(tmp_path, name, N_LONG) == []
