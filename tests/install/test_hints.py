"""Each line that the product tells its user to run, followed on the public index."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.install.venvs import COMBINATIONS, ROOT, Installed, uv

OTHERS = re.compile(r"neurospatial[\w-]*==(?!\S*\+l\b)\S+")
"""A distribution of our name, at a version that is not ours."""

LIST_HINTS = """
import json
from neurospatial.install_hint import NEEDS, make_install_line
print(json.dumps({wanted: make_install_line(wanted) for wanted in NEEDS}))
"""


@pytest.fixture(scope="module", autouse=True)
def network(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skip everything here, saying so, where no index answers."""
    folder = tmp_path_factory.mktemp("network")
    asked = uv(
        "pip", "install", "--dry-run", "--no-cache", "--target", folder, "iniconfig", check=False
    )
    if asked.returncode:
        pytest.skip("no package index answers, so that no hint can be followed")


def follow(line: str, venv: Path, *options: str, tool: str = "uv") -> str:
    """Run a line in a shell as it stands, in a venv, and return what the installer says."""
    if tool == "uv":
        command = f"uv pip install --python {venv}"
    else:
        command = f"{venv}/bin/python -m pip install"
    line = line.replace("pip install", " ".join([command, *options]), 1)
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    assert done.returncode == 0, f"{line}\n{said}"
    return said


def list_hints(installed: Installed) -> dict[str, str]:
    """List all hints that an installation prints."""
    hints: dict[str, str] = json.loads(installed.python(LIST_HINTS))
    return hints


def versions(venv: Path) -> dict[str, str]:
    """List the distributions of our name in a venv."""
    listed = json.loads(uv("pip", "list", "--python", venv, "--format", "json").stdout)
    found = {entry["name"]: entry["version"] for entry in listed}
    return {name: found[name] for name in found if name.startswith("neurospatial")}


@pytest.fixture
def fresh(tmp_path: Path) -> Callable[..., Installed]:
    """Return a function that makes an empty venv."""

    def make(*options: str) -> Installed:
        venv = tmp_path / "venv"
        uv("venv", "--python", sys.executable, *options, venv)
        return Installed(venv, COMBINATIONS["meta[video]"])

    return make


@pytest.mark.parametrize("name", ["core", "meta"])
def test_a_resolver_answers_each_hint_with_ours(
    install: Callable[[str], Installed], wheels: Path, name: str
) -> None:
    installed = install(name)
    for wanted, line in list_hints(installed).items():
        assert f"--find-links {wheels}" in line
        said = follow(line, installed.venv, "--dry-run")
        assert not OTHERS.search(said), said
        if wanted == "neurospatial[video]":
            assert re.search(r"\+ neurospatial-video==\S+\+l\b", said), said


def test_what_says_not_where_it_is_from_is_not_answered(
    install: Callable[[str], Installed], wheels: Path
) -> None:
    version = next(wheels.glob("neurospatial-*.whl")).name.split("-")[1]
    done = uv(
        "pip", "install", "--dry-run", "--python", install("core").venv,
        f"neurospatial[video]=={version}", check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert "No solution found" in done.stderr


@pytest.mark.long
@pytest.mark.parametrize("tool", ["uv", "pip"])
def test_the_page_and_the_hint_after_it_leave_ours_in_place(
    fresh: Callable[..., Installed], wheels: Path, tmp_path: Path, tool: str
) -> None:
    installed = fresh("--seed")
    version = next(wheels.glob("neurospatial-*.whl")).name.split("-")[1]
    page = (ROOT / "docs" / "installing.md").read_text(encoding="utf-8")
    line = f'pip install --find-links dist "neurospatial[video]=={version}"'
    assert line in page
    line = line.replace(" dist ", f" {wheels} ").replace("[video]", "")
    assert not OTHERS.search(follow(line, installed.venv, tool=tool))
    before = versions(installed.venv)
    hint, _, note = list_hints(installed)["neurospatial[video]"].partition(" (")
    assert "docs/installing.md" in note  # An installer writes down where single files were had.
    follow(hint.replace("FOLDER", str(wheels)), installed.venv, tool=tool)
    check_video(installed, before, version, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("tool", ["uv", "pip"])
def test_a_hint_is_complete_after_single_wheels(
    fresh: Callable[..., Installed], wheels: Path, tmp_path: Path, tool: str
) -> None:
    installed = fresh("--seed")
    names = ["neurospatial", "neurospatial_core", "neurospatial_overlays", "neurospatial_html"]
    files = [str(path) for name in names for path in wheels.glob(f"{name}-*.whl")]
    follow(f"pip install {' '.join(files)}", installed.venv, tool=tool)
    before = versions(installed.venv)
    hints = list_hints(installed)
    for line in hints.values():
        assert not OTHERS.search(follow(line, installed.venv, "--dry-run", tool=tool))
    follow(hints["neurospatial[video]"], installed.venv, tool=tool)
    check_video(installed, before, before["neurospatial"], tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("tool", ["uv", "pip"])
@pytest.mark.parametrize("origin", ["git", "sources", "editable"])
def test_a_hint_is_complete_after_git_or_a_clone(
    fresh: Callable[..., Installed], tmp_path: Path, clone: Path, tool: str, origin: str
) -> None:
    installed = fresh("--seed")
    names = ["neurospatial-core", "neurospatial-overlays", "neurospatial-html", "neurospatial"]
    places = {
        "git": f'"{{0}} @ git+{clone.as_uri()}#subdirectory=packages/{{0}}"',
        "sources": f"{clone}/packages/{{0}}",
        "editable": f"--editable {clone}/packages/{{0}}",
    }
    line = f"pip install {' '.join(places[origin].format(name) for name in names)}"
    follow(line, installed.venv, tool=tool)
    before = versions(installed.venv)
    hints = list_hints(installed)
    for line in hints.values():
        assert not OTHERS.search(follow(line, installed.venv, "--dry-run", tool=tool))
    follow(hints["neurospatial[video]"], installed.venv, tool=tool)
    check_video(installed, before, before["neurospatial"], tmp_path)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of what is committed."""
    folder = tmp_path_factory.mktemp("clone") / "neurospatial"
    done = subprocess.run(
        ["git", "clone", "--quiet", ROOT, folder], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip(f"this checkout cannot be cloned: {done.stderr}")
    return folder


def check_video(installed: Installed, before: dict[str, str], version: str, folder: Path) -> None:
    """Check that ours are still there, the video backend too, and that it works."""
    after = versions(installed.venv)
    assert after == {**before, "neurospatial-video": version}
    said = dict(
        line.split(maxsplit=1)
        for line in installed.run("neurospatial", "backends").stdout.splitlines()
    )
    assert said["video"] == "available"
    installed.python("import neurospatial, neurospatial.animation")  # No warning either.
    done = installed.run("neurospatial", "demo", "--help", cwd=folder)
    assert done.returncode == 0, done.stderr
