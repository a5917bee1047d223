"""Each check passes on this checkout and finds the mistake it is there for."""

import subprocess
from pathlib import Path

import pytest

from tools.checks import addresses, hints, rooms, versions

ROOT = Path(__file__).parents[2]


def project(root: Path, name: str, version: str, *requirements: str, extra: str = "") -> None:
    folder = root / "packages" / name
    folder.mkdir(parents=True)
    text = f'[project]\nname = "{name}"\nversion = "{version}"\ndependencies = {[*requirements]}\n'
    if extra:
        text += f'[project.optional-dependencies]\nvideo = ["{extra}"]\n'
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("check", [addresses, hints, rooms, versions])
def test_this_checkout_passes(check: object) -> None:
    assert check.complaints(ROOT) == []


def test_versions_that_drift_are_found(tmp_path: Path) -> None:
    project(tmp_path, "neurospatial-core", "0.11.0+l")
    project(tmp_path, "neurospatial-video", "0.11.1+l", "neurospatial-core==0.11.1+l")
    (found,) = versions.complaints(tmp_path)
    assert "0.11.1+l" in found


@pytest.mark.parametrize("pin", ["", ">=0.11.0+l", "==0.9.0", "==0.11.0+l.1", "~=0.11.0+l"])
def test_pins_that_are_not_exact_are_found(tmp_path: Path, pin: str) -> None:
    project(tmp_path, "neurospatial-core", "0.11.0+l", "numpy>=1.26")
    project(tmp_path, "neurospatial-video", "0.11.0+l", f"neurospatial-core{pin}")
    project(tmp_path, "neurospatial", "0.11.0+l", extra=f"neurospatial-video{pin}")
    assert len(versions.complaints(tmp_path)) == 2


def test_a_version_that_a_public_index_could_hold_is_found(tmp_path: Path) -> None:
    project(tmp_path, "neurospatial-core", "0.11.0")
    (found,) = versions.complaints(tmp_path)
    assert found == "neurospatial-core 0.11.0: the version must end with +l"


def test_an_extra_that_gathers_others_needs_no_pin(tmp_path: Path) -> None:
    project(tmp_path, "neurospatial", "0.11.0+l", extra="neurospatial[html,napari]")
    assert versions.complaints(tmp_path) == []


def test_a_second_root_package_is_found(tmp_path: Path) -> None:
    core = tmp_path / "packages/neurospatial-core/src/neurospatial"
    video = tmp_path / "packages/neurospatial-video/src/neurospatial"
    core.mkdir(parents=True)
    (video / "video").mkdir(parents=True)
    (core / "__init__.py").write_text(rooms.EXTENDS + "\n", encoding="utf-8")
    assert rooms.complaints(tmp_path) == []
    (video / "__init__.py").touch()
    (found,) = rooms.complaints(tmp_path)
    assert "neurospatial-video" in found


def test_two_rooms_in_one_distribution_are_found(tmp_path: Path) -> None:
    for room in ("video", "gif"):
        folder = tmp_path / "packages/neurospatial-video/src/neurospatial" / room
        folder.mkdir(parents=True)
    (found,) = rooms.complaints(tmp_path)
    assert "['gif', 'video']" in found


def test_a_root_that_hides_the_rooms_is_found(tmp_path: Path) -> None:
    core = tmp_path / "packages/neurospatial-core/src/neurospatial"
    core.mkdir(parents=True)
    (core / "__init__.py").write_text('"""Nothing extended."""\n', encoding="utf-8")
    assert len(rooms.complaints(tmp_path)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "see https://py" + "pi.org/project/numpy",
        'default-index' + '-url = "somewhere"',
        "export UV_DEFAULT_" + "INDEX=somewhere",
        "[[tool.uv." + "index]]",
    ],
)  # fmt: skip
def test_an_address_is_found_but_not_in_the_lock(tmp_path: Path, line: str) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    (tmp_path / "uv.lock").write_text(line, encoding="utf-8")
    assert addresses.complaints(tmp_path) == []
    (tmp_path / "README.md").write_text(f"one\n{line}\n", encoding="utf-8")
    (found,) = addresses.complaints(tmp_path)
    assert found.startswith("README.md:2: ")


@pytest.mark.parametrize(
    "line",
    ['pip install "neurospatial[video]"', "python -m pip install -U neurospatial-core",
     "uv add neurospatial"],
)  # fmt: skip
def test_a_line_that_installs_the_other_project_is_found(tmp_path: Path, line: str) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "video.md").write_text(f"one\n{line}\n", encoding="utf-8")
    (tmp_path / "docs" / "installing.md").write_text(
        f'{line}\npip install --find-links dist "neurospatial==1+l"\n', encoding="utf-8"
    )
    assert hints.complaints(tmp_path) == [
        f"docs/installing.md:1: {line}",
        f"docs/video.md:2: {line}",
    ]
