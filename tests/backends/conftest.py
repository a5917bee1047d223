"""Backends of third parties: real distributions, as small as they can be."""

import sys
from textwrap import dedent

import numpy as np
import pytest

from neurospatial import Environment
from neurospatial.layouts import RegularGrid

POSTER = """
    from dataclasses import dataclass
    from pathlib import Path

    from neurospatial.progress import Progress
    from neurospatial.scene import Field, Points

    presented = []
    missing = None


    @dataclass(frozen=True)
    class PosterOptions:
        save_path: Path | None = None
        dpi: int = 1
        progress: Progress = True
        paper_size: str = "A0"

        def __post_init__(self):
            if self.paper_size not in ("A0", "A1"):
                raise ValueError("There is no such paper")


    class Poster:
        name = "poster"
        suffixes = (".poster",)
        draws = frozenset({Field})
        Options = PosterOptions

        def unavailable(self):
            return missing

        def present(self, scene, options):
            presented.append((scene, options))
            return options.save_path


    backend = Poster()
"""

WALL = """
    from dataclasses import dataclass

    from neurospatial.scene import LAYERS


    @dataclass(frozen=True)
    class WallOptions:
        brightness: float = 1.0


    class Wall:
        name = "wall"
        suffixes = ()
        draws = LAYERS
        Options = WallOptions

        def unavailable(self):
            return None

        def present(self, scene, options):
            return scene, options


    backend = Wall()
"""


def write_distribution(folder, name, source):
    """Write what installing a distribution of one module leaves behind."""
    module = f"{name}_for_neurospatial"
    (folder / f"{module}.py").write_text(dedent(source))
    info = folder / f"{module}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n")
    points = f"[neurospatial.backends]\n{name} = {module}:backend\n"
    (info / "entry_points.txt").write_text(points)
    return module


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Install a distribution that registers a backend, for the time of a test."""
    folder = tmp_path / "installed"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    modules = []

    def make(name, source):
        modules.append(write_distribution(folder, name, source))
        return modules[-1]

    yield make
    for module in modules:
        sys.modules.pop(module, None)


@pytest.fixture
def poster(install):
    """Install a backend that writes .poster files, and give its module."""
    from importlib import import_module

    return import_module(install("poster", POSTER))


@pytest.fixture
def wall(install):
    """Install a backend that shows scenes on a wall."""
    install("wall", WALL)


@pytest.fixture
def env():
    edges = np.linspace(0, 40, 5), np.linspace(0, 20, 4)
    return Environment(RegularGrid(edges, np.ones((4, 3), dtype=bool)))
