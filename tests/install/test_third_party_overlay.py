"""An overlay of another distribution, installed beside the core and the video backend alone."""

import json
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.install.venvs import COMBINATIONS, ROOT, Installed, uv

SOURCE = ROOT / "tests" / "overlays" / "third_party"
DRAW = """
import json
import av
import numpy as np
from neurospatial import Environment
from pawprints import PawPrints

env = Environment.from_mask(np.ones((10, 6), bool), (np.arange(0, 101, 10), np.arange(0, 61, 10)))
prints = PawPrints([(20.0, 30.0), (50.0, 40.0), (80.0, 20.0)], [0.1, 0.3, 0.5])
path = env.animate_fields(
    np.zeros((8, env.n_bins)), overlays=[prints], frame_times=np.arange(8) / 10, cmap="gray",
    vmin=0, vmax=1, save_path="prints.mp4", n_workers=2, crf=10, progress=False,
)
with av.open(str(path)) as container:
    pictures = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
red, green, blue = np.moveaxis(np.array(pictures).astype(int), -1, 0)
magenta = np.minimum(red, blue) - green > 100
print(json.dumps(magenta.sum(axis=(1, 2)).tolist()))
"""
ALONE = """
from importlib.util import find_spec
import pawprints
print([name for name in ("overlays", "animation", "html") if find_spec(f"neurospatial.{name}")])
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The third party's wheel, built from its own project."""
    folder = tmp_path_factory.mktemp("third_party")
    uv("build", "--wheel", "--out-dir", folder, SOURCE)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def third_party(
    wheel: Path, constraints: Path, tmp_path_factory: pytest.TempPathFactory
) -> Installed:
    """A venv with the core, the video backend and the third party's overlay."""
    combination = COMBINATIONS["core+video"]
    venv = tmp_path_factory.mktemp("venv") / "venv"
    uv("venv", "--python", sys.executable, venv)
    uv(
        "pip", "install", "--python", venv, "--constraints", constraints,
        *combination.requested, wheel,
    )  # fmt: skip
    return Installed(venv, combination)


def test_it_brings_nothing_of_ours(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        rooms = {name.split("/")[0] for name in archive.namelist()}
    assert rooms == {"pawprints", "pawprints-1.0.dist-info"}


def test_it_needs_the_core_alone(third_party: Installed) -> None:
    assert third_party.python(ALONE) == "[]"


def test_its_marks_are_in_the_video(third_party: Installed, tmp_path: Path) -> None:
    covered = json.loads(third_party.python(DRAW, cwd=tmp_path))
    assert len(covered) == 8
    one = covered[1]
    assert covered[0] == 0
    assert one > 50
    assert covered == pytest.approx([0, one, one, 2 * one, 2 * one, *[3 * one] * 3], rel=0.15)
