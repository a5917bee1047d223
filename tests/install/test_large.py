"""The rooms that bring much with them, each from its wheel alone."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.install.test_isolation import FIELDS, HEAVY
from tests.install.venvs import LARGE, WATCHED, Installed, uv


@pytest.fixture(params=LARGE)
def installed(request: pytest.FixtureRequest, install: Callable[[str], Installed]) -> Installed:
    return install(request.param)


def test_a_room_brings_its_own_heavy_dependencies_alone(installed: Installed) -> None:
    listed = json.loads(uv("pip", "list", "--python", installed.venv, "--format", "json").stdout)
    assert {entry["name"] for entry in listed} & WATCHED == installed.combination.expected


def test_importing_the_root_loads_nothing_heavy(installed: Installed) -> None:
    loaded = installed.python("import sys, neurospatial; print(*sys.modules)").split()
    assert not {*HEAVY, "napari", "anywidget", "ipywidgets"} & set(loaded)


@pytest.mark.parametrize("room", ["widget", "napari", "nwb"])
def test_importing_a_room_loads_nothing_heavy(
    install: Callable[[str], Installed], room: str
) -> None:
    loaded = install(room).python(f"import sys, neurospatial.{room}; print(*sys.modules)").split()
    heavy = {*HEAVY, "napari", "anywidget", "ipywidgets", "h5py", "pandas"}
    assert not (heavy - {"scipy"}) & set(loaded)


def test_every_backend_is_available_with_all(install: Callable[[str], Installed]) -> None:
    done = install("meta[all]").run("neurospatial", "backends")
    said = dict(line.split(maxsplit=1) for line in done.stdout.splitlines())
    if shutil.which("xvfb-run") is None:
        said.pop("napari")  # It says that there is no display.
    else:
        shown = install("meta[all]").run_under_display("neurospatial", "backends")
        said |= dict(line.split(maxsplit=1) for line in shown.stdout.splitlines())
    assert {name: text for name, text in said.items() if text != "available"} == {}


def test_a_widget_is_made_without_a_notebook(install: Callable[[str], Installed]) -> None:
    said = install("widget").python(
        FIELDS + "shown = env.animate_fields(fields, backend='widget', progress=False)\n"
        "shown.frame = 3\n"
        "print(type(shown).__name__, shown.frame)"
    )
    assert said == "FieldsWidget 3"


def test_a_viewer_opens_from_the_wheels(
    install: Callable[[str], Installed], tmp_path: Path
) -> None:
    if shutil.which("xvfb-run") is None:
        pytest.skip("no virtual display: Debian's xvfb is not here")
    code = FIELDS + (
        "from neurospatial.napari import animation_of\n"
        "viewer = env.animate_fields(fields, backend='napari', progress=False)\n"
        "animation = animation_of(viewer)\n"
        "animation.frame = 3\n"
        "print(animation.frame, animation.frame_pixels().std() > 1)\n"
        "viewer.close()\n"
    )
    done = install("napari").run_under_display("python", "-I", "-c", code, cwd=tmp_path)
    assert done.stdout.strip().splitlines()[-1:] == ["3 True"], done.stderr


def test_napari_finds_the_manifest(install: Callable[[str], Installed]) -> None:
    said = install("napari").run(
        "python", "-I", "-c",
        "from npe2 import PluginManager\n"
        "manager = PluginManager.instance()\n"
        "manager.discover()\n"
        "print('neurospatial-napari' in {manifest.name for manifest in manager.iter_manifests()})",
    )  # fmt: skip
    assert said.stdout.strip() == "True", said.stderr
