"""Layouts of other distributions in files."""

import importlib.metadata
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from pathlib import Path

import numpy as np
import pytest

from neurospatial import Environment
from neurospatial.layouts import Layout, RegularGrid
from tests.environment.saved_files import arena, rewritten


class Delegating:
    """A third party's layout: everything but its fields is that of a grid."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("_"):
            raise AttributeError(name)
        edges = (np.arange(4) * self.size, np.arange(3) * self.size)
        return getattr(RegularGrid(edges, np.ones((3, 2), bool)), name)


@dataclass(frozen=True)
class Plain(Delegating):
    size: float
    limits: tuple[float, ...] = (float("inf"),)
    label: str | None = None
    count: int = 3


@dataclass
class Thawed(Delegating):
    size: float = 2.0


@dataclass(frozen=True)
class Odd(Delegating):
    size: float = 2.0
    call: object = print


class Bare(Delegating):
    size = 2.0


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[EntryPoint]:
    """Entry points that are there while the test runs."""
    points: list[EntryPoint] = []
    found = importlib.metadata.entry_points

    def listed(**query: str) -> object:
        return points if query == {"group": "neurospatial.layouts"} else found(**query)

    monkeypatch.setattr("neurospatial.environment.header.entry_points", listed)
    return points


def point(kind: type) -> EntryPoint:
    return EntryPoint(
        "third_party", f"{kind.__module__}:{kind.__qualname__}", "neurospatial.layouts"
    )


def test_a_third_party_layout_is_found_by_its_entry_point(
    tmp_path: Path, installed: list[EntryPoint]
) -> None:
    env = Environment(Plain(2.5, (1.5, -np.inf), "of mine"))
    with pytest.raises(TypeError, match=r"under which name the layout Plain[\s\S]*entry point"):
        env.save(tmp_path / "env.npz")
    installed.append(point(Plain))
    env.save(tmp_path / "env.npz")
    assert Environment.load(tmp_path / "env.npz") == env
    installed.clear()
    with pytest.raises(ValueError, match=r"layout 'third_party', which is not installed"):
        Environment.load(tmp_path / "env.npz")


def test_a_layout_of_ours_that_this_version_lacks(tmp_path: Path) -> None:
    arena().save(tmp_path / "env.npz")
    rewritten(tmp_path / "env.npz", lambda header: header["layout"].update({"class": "Sphere"}))
    with pytest.raises(
        ValueError, match=r"'Sphere', which is not installed[\s\S]*Update all distributions"
    ):
        Environment.load(tmp_path / "env.npz")


@pytest.mark.parametrize(
    ("layout", "found"),
    [
        (Thawed(), "Thawed is not a frozen dataclass"),
        (Bare(), "Bare is not a frozen dataclass"),
        (Odd(), r"Odd\.call is a builtin_function_or_method"),
        (Odd(call=np.array([None])), r"Odd\.call is a ndarray"),
    ],
)
def test_layouts_that_cannot_be_saved(
    tmp_path: Path, installed: list[EntryPoint], layout: Layout, found: str
) -> None:
    installed.append(point(type(layout)))
    with pytest.raises(TypeError, match=rf"{found}[\s\S]*WHY[\s\S]*frozen dataclass of arrays"):
        Environment(layout).save(tmp_path / "env.npz")
    assert list(tmp_path.iterdir()) == []


def test_a_file_cannot_name_anything_but_a_layout(
    tmp_path: Path, installed: list[EntryPoint]
) -> None:
    arena().save(tmp_path / "env.npz")
    installed.append(EntryPoint("call", "builtins:print", "neurospatial.layouts"))
    rewritten(
        tmp_path / "env.npz",
        lambda header: header.update(layout={"entry_point": "call", "fields": {}}),
    )
    with pytest.raises(ValueError, match="'call' is not a frozen dataclass"):
        Environment.load(tmp_path / "env.npz")


def test_a_part_of_a_third_party_layout_is_saved_with_it(
    tmp_path: Path, installed: list[EntryPoint]
) -> None:
    installed.append(point(Plain))
    part = Environment(Plain(2.5)).subset([1, 4])
    part.save(tmp_path / "env.npz")
    assert Environment.load(tmp_path / "env.npz") == part
    again = Environment.load(tmp_path / "env.npz").subset([1])
    assert again.bin_centers.tolist() == [[6.25, 1.25]]
