"""What a user may install, all that may come with it, and a venv that holds just that."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

CORE = frozenset({"neurospatial-core", "numpy", "scipy", "shapely", "matplotlib", "tqdm"})
MATPLOTLIB_NEEDS = frozenset(
    [
        "contourpy",
        "cycler",
        "fonttools",
        "kiwisolver",
        "packaging",
        "pillow",
        "pyparsing",
        "python-dateutil",
        "tzdata",
    ]
)
OVERLAYS = frozenset({"neurospatial-overlays"})
CAMERA = frozenset({"av", "opencv-python-headless"})
VIDEO = frozenset({"neurospatial-video", "pillow"}) | CAMERA
META = frozenset({"neurospatial", "neurospatial-html"}) | OVERLAYS


@dataclass(frozen=True)
class Combination:
    """One way to install: what is asked for, and all that may be there afterwards."""

    requested: tuple[str, ...]
    expected: frozenset[str]


COMBINATIONS = {
    "core": Combination(("neurospatial-core",), CORE | MATPLOTLIB_NEEDS),
    "core+video": Combination(
        ("neurospatial-core", "neurospatial-video"), CORE | MATPLOTLIB_NEEDS | VIDEO
    ),
    "overlays": Combination(("neurospatial-overlays",), CORE | MATPLOTLIB_NEEDS | OVERLAYS),
    "overlays[camera]": Combination(
        ("neurospatial-overlays[camera]",), CORE | MATPLOTLIB_NEEDS | OVERLAYS | CAMERA
    ),
    "meta": Combination(("neurospatial",), CORE | MATPLOTLIB_NEEDS | META),
    "meta[video]": Combination(("neurospatial[video]",), CORE | MATPLOTLIB_NEEDS | META | VIDEO),
}

LARGE = {
    "widget": Combination(
        ("neurospatial-widget",),
        frozenset({"neurospatial-core", "neurospatial-html", "neurospatial-widget"})
        | {"anywidget", "ipywidgets"},
    ),
    "napari": Combination(
        ("neurospatial-napari[pyqt6]",),
        frozenset({"neurospatial-core", "neurospatial-napari", "napari", "pyqt6", "dask"}),
    ),
    "nwb": Combination(
        ("neurospatial-nwb-io",),
        frozenset({"neurospatial-core", "neurospatial-nwb-io"})
        | OVERLAYS
        | {"pynwb", "ndx-pose", "ndx-rate-maps"},
    ),
    "meta[all]": Combination(
        ("neurospatial[all]",),
        META
        | CAMERA
        | {"neurospatial-core", "neurospatial-video", "neurospatial-widget"}
        | {"neurospatial-napari", "neurospatial-nwb-io", "anywidget", "ipywidgets"}
        | {"napari", "pyqt6", "dask", "pynwb", "ndx-pose", "ndx-rate-maps"},
    ),
}
"""Ways that bring many distributions of others: what is watched of them."""

WATCHED = LARGE["meta[all]"].expected | {"pyside6", "opencv-python", "jupyterlab"}


def uv(*arguments: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run uv quietly and return what it said."""
    done = subprocess.run(
        ["uv", *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if check and done.returncode:
        pytest.fail(f"uv {arguments[0]} failed:\n{done.stderr}", pytrace=False)
    return done


@dataclass(frozen=True)
class Installed:
    """A venv with one combination in it."""

    venv: Path
    combination: Combination

    @property
    def has_video(self) -> bool:
        return "neurospatial-video" in self.combination.expected

    @property
    def has_meta(self) -> bool:
        return "neurospatial" in self.combination.expected

    def run(self, *command: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command of the venv outside the checkout, with none of our environment."""
        kept = {"PATH", "HOME", "LANG", "SYSTEMROOT", "TMPDIR"}
        return subprocess.run(
            [str(self.venv / "bin" / command[0]), *command[1:]],
            cwd=cwd or self.venv,
            env={name: value for name, value in os.environ.items() if name in kept},
            capture_output=True,
            text=True,
            check=False,
        )

    def run_under_display(
        self, *command: str, cwd: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command of the venv on a screen that nobody sees."""
        program = str(self.venv / "bin" / command[0])
        kept = {"PATH", "HOME", "LANG", "TMPDIR"}
        return subprocess.run(
            ["xvfb-run", "-a", "-s", "-screen 0 1280x1024x24", program, *command[1:]],
            cwd=cwd or self.venv,
            env={name: value for name, value in os.environ.items() if name in kept},
            capture_output=True,
            text=True,
            check=False,
        )

    def python(self, code: str, cwd: Path | None = None) -> str:
        """Run code with warnings as errors and return what it printed."""
        done = self.run("python", "-I", "-W", "error", "-c", code, cwd=cwd)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()
