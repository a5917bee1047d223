"""The names of each package stand once, in its stub, and work as if they were imported."""

import importlib
import importlib.metadata
import subprocess
import sys
from pathlib import Path

import pytest

from neurospatial._lazy import attach_stub, read_stub

ROOT = Path(__file__).parents[2]
STUBS = sorted(ROOT.glob("packages/*/src/neurospatial/**/*.pyi"))


def module_of(stub: Path) -> str:
    parts = stub.with_suffix("").parts
    return ".".join(parts[parts.index("src") + 1 :]).removesuffix(".__init__")


@pytest.mark.parametrize("stub", STUBS, ids=module_of)
def test_every_name_of_a_stub_can_be_had(stub: Path) -> None:
    package = importlib.import_module(module_of(stub))
    homes = read_stub(str(stub))
    assert set(package.__all__) == {name for name in homes if not name.startswith("_")}
    assert set(homes) <= set(dir(package))
    for name, home in homes.items():
        assert getattr(package, name) is getattr(importlib.import_module(home), name), name


@pytest.mark.parametrize("stub", STUBS, ids=module_of)
def test_a_stub_hides_nothing_from_type_checkers(stub: Path) -> None:
    # A checker reads the stub instead of the module: what only the module holds is unknown to it.
    source = stub.with_suffix(".py").read_text(encoding="utf-8")
    assert "def " not in source
    assert "__getattr__, __dir__, __all__ = attach_stub(__name__, __file__" in source


def test_no_other_module_has_a_list_of_late_names() -> None:
    found = [
        path
        for path in ROOT.glob("packages/*/src/neurospatial/**/*.py")
        if "def __getattr__(name" in path.read_text(encoding="utf-8")
    ]
    assert found == []


def test_an_unknown_name_is_an_attribute_error() -> None:
    import neurospatial

    with pytest.raises(AttributeError, match="'neurospatial' has no attribute 'Enviroment'"):
        _ = neurospatial.Enviroment  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "line", ["from json import loads", "from json import loads as read", "from . import a as a"]
)
def test_a_line_that_cannot_be_followed_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "__init__.pyi").write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"__init__\.pyi:2: a stub is read at run time"):
        attach_stub("anything", str(tmp_path / "__init__.py"))


def test_the_backend_of_a_room_is_no_module() -> None:
    code = (
        "import importlib\n"
        "for room in ('video', 'html', 'widget', 'figure'):\n"
        "    module = importlib.import_module('neurospatial.' + room)\n"
        "    importlib.import_module(f'neurospatial.{room}.backend')\n"
        "    print(module.backend.name)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["video", "html", "widget", "figure"]


def test_the_version_is_that_of_the_distribution() -> None:
    import neurospatial

    assert neurospatial.__version__ == importlib.metadata.version("neurospatial-core")
