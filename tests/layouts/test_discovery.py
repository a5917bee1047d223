"""Layouts of a third party, brought by another distribution."""

import sys
from pathlib import Path

import numpy as np
import pytest

from neurospatial import Environment
from neurospatial.layouts import RegularGrid
from neurospatial.layouts.discovery import list_layout_names

MODULE = """
import numpy as np
from neurospatial.layouts import RegularGrid

def checkers(n, size=1.0):
    edges = size * np.arange(n + 1)
    return RegularGrid((edges, edges), np.add.outer(np.arange(n), np.arange(n)) % 2 == 0)

def nothing():
    return "nothing"

def contradiction():
    class Wrong(RegularGrid):
        n_bins = 3
    return Wrong((np.arange(3.0),), np.ones(2, bool))
"""
POINTS = """
[neurospatial.layouts]
checkers = third_party_layouts:checkers
nothing = third_party_layouts:nothing
contradiction = third_party_layouts:contradiction
broken = third_party_layouts_that_are_missing:any
"""


@pytest.fixture(autouse=True)
def third_party(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "third_party_layouts.py").write_text(MODULE)
    info = tmp_path / "third_party_layouts-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: third-party-layouts\nVersion: 1.0\n"
    )
    (info / "entry_points.txt").write_text(POINTS)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "third_party_layouts", raising=False)


def test_names_are_listed_without_importing() -> None:
    assert {"checkers", "nothing", "broken"} <= set(list_layout_names())
    assert "third_party_layouts" not in sys.modules


def test_a_layout_is_made_by_its_name_and_options() -> None:
    env = Environment.from_layout("checkers", n=4, size=2.5, units="cm", name="board")
    assert (env.n_bins, env.units, env.name) == (8, "cm", "board")
    assert env.dimension_ranges == ((0, 10), (0, 10))


@pytest.mark.parametrize(
    ("name", "error", "found"),
    [
        ("checker", ValueError, r"No layout 'checker' is installed. Did you mean 'checkers'\?"),
        ("nothing", TypeError, r"str is not a layout: it has no adjacency, .*locate"),
        ("contradiction", ValueError, r"n_bins 3, n_dims 1 and bin_centers of shape \(2, 1\)"),
        ("broken", ModuleNotFoundError, "third_party_layouts_that_are_missing"),
    ],
)
def test_bad_names_and_bad_layouts(name: str, error: type[Exception], found: str) -> None:
    with pytest.raises(error, match=found):
        Environment.from_layout(name)


def test_a_layout_ready_made() -> None:
    grid = RegularGrid((np.arange(3.0),), np.ones(2, bool))
    assert Environment.from_layout(grid, units="m") == Environment(grid, units="m")
    with pytest.raises(TypeError, match="from_layout got bin_size with a layout already made"):
        Environment.from_layout(grid, bin_size=3)
    with pytest.raises(TypeError, match="int is not a layout"):
        Environment.from_layout(3)
