"""Each hint asks for our version from where ours was had, and a foreign project is told of."""

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from types import SimpleNamespace

import pytest

from neurospatial import install_hint, install_origin
from neurospatial._version import __version__
from neurospatial.install_hint import NEEDS, ROOMS, describe_update, make_install_line, quote
from tests.damage import iter_mutants

ROOT = Path(__file__).parents[2]
PINNED = f"=={__version__}"


def had_from(monkeypatch: pytest.MonkeyPatch, note: dict[str, object] | None, *missing: str):
    """Let all distributions of ours but some be installed, with a note of where they were had."""

    def find(name):
        if name in missing:
            raise PackageNotFoundError(name)
        text = json.dumps(note) if note else None
        return SimpleNamespace(version=__version__, read_text=lambda _: text)

    monkeypatch.setattr(install_origin, "distribution", find)
    monkeypatch.setattr(install_hint, "distribution", find)


def wheel_folder(folder: Path, *names: str) -> dict[str, object]:
    folder.mkdir(parents=True)
    for name in names:
        (folder / install_origin.name_wheel(name)).touch()
    url = (folder / install_origin.name_wheel("neurospatial-core")).as_uri()
    return {"url": url, "archive_info": {}}


def test_wheels_are_found_where_ours_was(tmp_path, monkeypatch):
    had_from(monkeypatch, wheel_folder(tmp_path / "dist", "neurospatial"))
    line = make_install_line("neurospatial[video]")
    assert line == f'pip install --find-links {tmp_path}/dist "neurospatial[video]{PINNED}"'


@pytest.mark.parametrize("name", ["my wheels", "a$b", "it's", 'say "no"', "ä+l"])
def test_a_folder_of_any_name_is_quoted_for_a_shell(tmp_path, monkeypatch, name):
    had_from(monkeypatch, wheel_folder(tmp_path / name, "neurospatial"))
    line = make_install_line("neurospatial[video]")
    code = "import sys; print(sys.argv[1:])"
    run = line.replace("pip", f"{quote(sys.executable)} -c {quote(code)}", 1)
    said = subprocess.run(["sh", "-c", run], capture_output=True, text=True, check=True).stdout
    folder = str(tmp_path / name)
    assert said.strip() == str(["install", "--find-links", folder, f"neurospatial[video]{PINNED}"])


@pytest.mark.parametrize("note", ["gone", "lacking", None, "sdist", "elsewhere"])
def test_where_the_place_is_not_known_the_page_is_named(tmp_path, monkeypatch, note):
    notes = {
        "gone": {"url": f"file://{tmp_path}/gone/neurospatial_core-1-py3-none-any.whl"},
        "lacking": wheel_folder(tmp_path / "dist", "neurospatial-core"),
        "sdist": {"url": "https://a.org/neurospatial_core-1.tar.gz", "archive_info": {}},
        "elsewhere": {"url": "https://a.org/b", "vcs_info": {"vcs": "hg", "commit_id": "1"}},
    }
    had_from(monkeypatch, notes.get(note))
    line = make_install_line("neurospatial[video]")
    assert line == (
        f'pip install --find-links FOLDER "neurospatial[video]{PINNED}" '
        "(FOLDER is where the wheels of neurospatial are: docs/installing.md)"
    )


def test_of_a_repository_each_missing_distribution_is_named(monkeypatch):
    note = {
        "url": "https://a.org/b.git",
        "vcs_info": {"vcs": "git", "commit_id": "c0ffee"},
        "subdirectory": "packages/neurospatial-core",
    }
    had_from(monkeypatch, note, "neurospatial", "neurospatial-video")
    line = make_install_line("neurospatial[video]")
    place = "git+https://a.org/b.git@c0ffee#subdirectory=packages"
    assert line == (
        f'pip install "neurospatial[video] @ {place}/neurospatial" '
        f'"neurospatial-video @ {place}/neurospatial-video"'
    )


@pytest.mark.parametrize("editable", [False, True])
def test_of_sources_the_folders_are_named(tmp_path, monkeypatch, editable):
    for name in ("neurospatial-core", "neurospatial", "neurospatial-napari"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pyproject.toml").touch()
    url = (tmp_path / "neurospatial-core").as_uri()
    had_from(monkeypatch, {"url": url, "dir_info": {"editable": editable}}, "neurospatial-napari")
    flag = "--editable " if editable else ""
    assert make_install_line("neurospatial[napari]") == (
        f'pip install {flag}"{tmp_path}/neurospatial[napari]" {flag}{tmp_path}/neurospatial-napari'
    )


def test_wheels_at_an_address_are_named_there(monkeypatch):
    url = f"https://a.org/b/neurospatial_core-{__version__}-py3-none-any.whl"
    had_from(monkeypatch, {"url": url, "archive_info": {}}, "neurospatial-core")
    wheel = f"neurospatial_overlays-{__version__.replace('+', '%2B')}-py3-none-any.whl"
    line = make_install_line("neurospatial-overlays[camera]")
    assert line.startswith(
        f'pip install "neurospatial-overlays[camera] @ https://a.org/b/{wheel}"'
    )


def test_an_update_is_of_all_together(monkeypatch):
    note = {"url": "file:///a/neurospatial-core", "dir_info": {}}
    had_from(monkeypatch, note)
    assert f"together, which are at {__version__} here from" in describe_update()
    had_from(monkeypatch, None)
    assert describe_update().endswith("here: docs/installing.md says how.")


def test_what_each_hint_brings_is_what_the_distributions_say():
    projects = {
        project["name"]: project
        for path in ROOT.glob("packages/*/pyproject.toml")
        for project in [tomllib.loads(path.read_text(encoding="utf-8"))["project"]]
    }
    assert set(projects) == set(install_origin.DISTRIBUTIONS)

    def gather(requirement: str) -> set[str]:
        wanted = requirement.partition("==")[0]
        name, _, extras = wanted.rstrip("]").partition("[")
        if name not in projects:
            return set()
        project = projects[name]
        listed = [*project["dependencies"]]
        for extra in filter(None, extras.split(",")):
            listed += project["optional-dependencies"][extra]
        return {name}.union(*map(gather, listed))

    for wanted, needed in NEEDS.items():
        assert set(needed) == gather(wanted), wanted
    assert set(ROOMS.values()) <= set(NEEDS)


IMPORT = "import warnings; warnings.simplefilter('always'); import neurospatial{}"


def imported(folder: Path, room: str = "") -> str:
    """Import a neurospatial beside which a folder is installed, and return what is said."""
    code = f"import sys; sys.path.append({str(folder)!r}); {IMPORT.format(room)}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stderr


def foreign(folder: Path, version: str) -> Path:
    (folder / "neurospatial").mkdir(parents=True)
    (folder / "neurospatial" / "__init__.py").touch()
    (folder / f"neurospatial-{version}").mkdir()
    return folder


@pytest.mark.parametrize("version", ["0.6.0.dist-info", "0.6.0-py3.11.egg-info"])
def test_a_foreign_project_in_the_same_folder_is_told_of_once(tmp_path, version):
    said = imported(foreign(tmp_path, version), ", neurospatial.overlays, neurospatial.video")
    assert said.count("RuntimeWarning") == 1
    assert f"neurospatial 0.6.0 is installed in {str(tmp_path)!r}" in said


@pytest.mark.parametrize("name", [f"neurospatial-{__version__}", "neurospatial_core-0.6.0"])
def test_ours_are_no_foreign_project(tmp_path, name):
    (tmp_path / "neurospatial").mkdir()
    (tmp_path / f"{name}.dist-info").mkdir()
    assert imported(tmp_path) == ""


def test_a_room_tells_of_a_root_that_was_replaced(tmp_path):
    # What installing the foreign one over ours leaves: its root, and the rest of ours.
    core = ROOT / "packages/neurospatial-core/src/neurospatial"
    folder = foreign(tmp_path, "0.6.0.dist-info") / "neurospatial"
    for name in ("_lazy.py", "_foreign.py", "_version.py"):
        (folder / name).symlink_to(core / name)
    overlays = ROOT / "packages/neurospatial-overlays/src/neurospatial/overlays"
    (folder / "overlays").symlink_to(overlays)
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {IMPORT.format('.overlays')}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "neurospatial 0.6.0 is installed in" in done.stderr


def test_importing_stays_light():
    code = "import sys, neurospatial; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True
    )
    late = {"ast", "json", "importlib.metadata", "urllib.request", "scipy", "numpy"}
    assert not late & set(done.stdout.split())


def test_the_page_shows_this_version():
    page = (ROOT / "docs" / "installing.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"==([^\"`\s]+)", page))
    assert shown == {__version__}


def test_a_damaged_note_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    note = {
        "url": "https://a.org/b.git",
        "vcs_info": {"vcs": "git", "commit_id": "abc"},
        "subdirectory": "packages/neurospatial-core",
    }
    for mutant in iter_mutants(json.dumps(note).encode(), "json", 0, 100, seed=0):
        text = mutant.decode(errors="replace")
        found = SimpleNamespace(version=__version__, read_text=lambda _, text=text: text)
        monkeypatch.setattr(install_origin, "distribution", lambda _, found=found: found)
        install_origin.find_origin()
