"""Nothing outside patches/ touches a private name of napari or vispy."""

import ast
from pathlib import Path

import pytest

import neurospatial.napari

ROOM = Path(neurospatial.napari.__file__).parent
FOREIGN = ("napari", "vispy")
UNDOCUMENTED = {"layer_to_visual"}
OWN = {"self", "cls", "super"}


def is_private(name):
    documented = name.startswith("__") and name.endswith("__")
    return name in UNDOCUMENTED or (name.startswith("_") and not documented)


def iter_private(tree):
    """Lines, and what is private or replaced there."""
    methods = {
        method for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for method in node.body
    }
    functions = {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node not in methods
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr):
            if not is_own(node.value):
                yield node.lineno, node.attr
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "").endswith("attr"):
            for text in node.args[1:2]:
                if not isinstance(text, ast.Constant) or is_private(text.value):
                    yield node.lineno, ast.unparse(text)
        elif isinstance(node, ast.ImportFrom | ast.Import):
            module = getattr(node, "module", None)
            names = [alias.name for alias in node.names]
            parts = ".".join([module, *names] if module else names).split(".")
            if parts[0] in FOREIGN and any(map(is_private, parts)):
                yield node.lineno, ".".join(parts)
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if not isinstance(target, ast.Attribute) or is_own(target.value):
                    continue
                if is_function(node.value, functions):
                    yield node.lineno, f"{target.attr} is replaced"


def is_own(value):
    """Whether it is the object that a method belongs to, or that object's elder class."""
    called = value.func if isinstance(value, ast.Call) else value
    return isinstance(called, ast.Name) and called.id in OWN


def is_function(value, functions):
    return isinstance(value, ast.Lambda) or getattr(value, "id", None) in functions


# Names that are made of public ones: our own exports, and three events of a layer.
ALLOWED = {("__init__.py", "name"), ("layers/color_bar.py", "change")}

SOURCES = sorted(path for path in ROOM.rglob("*.py") if "patches" not in path.parts)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOM)))
def test_nothing_private_is_touched(path):
    name = path.relative_to(ROOM).as_posix()
    found = iter_private(ast.parse(path.read_text(encoding="utf-8")))
    assert [(line, what) for line, what in found if (name, what) not in ALLOWED] == []


@pytest.mark.parametrize(
    "line",
    [
        "viewer.window._qt_viewer.show()",
        "layer._block_refresh()",
        "canvas.layer_to_visual[layer]",
        "getattr(layer, '_slice')",
        "setattr(layer, name, 3)",
        "from napari._qt import qt_viewer",
        "from vispy.visuals import _shader",
        "import napari._vispy.layers",
        "layer.get_status = lambda: {}",
        "def f(): ...\nlayer.get_status = f",
    ],
)
def test_each_kind_is_detected(line):
    assert list(iter_private(ast.parse(line)))


@pytest.mark.parametrize(
    "line", ["self._kept = 3", "layer.name = 'Field'", "import napari.layers"]
)
def test_what_is_public_or_ours_is_not(line):
    assert not list(iter_private(ast.parse(line)))


def test_the_patches_are_where_it_is():
    touched = [
        p for p in (ROOM / "patches").glob("*.py") if [*iter_private(ast.parse(p.read_text()))]
    ]
    assert len(touched) >= 4
