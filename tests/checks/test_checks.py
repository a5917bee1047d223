"""Each check passes on this checkout and finds the mistake it is there for."""

import subprocess
from pathlib import Path

import pytest

from tools.checks import (
    addresses,
    commits,
    constants,
    hints,
    pickles,
    places,
    rooms,
    versions,
    words,
)

ROOT = Path(__file__).parents[2]


def project(root: Path, name: str, version: str, *requirements: str, extra: str = "") -> None:
    folder = root / "packages" / name
    folder.mkdir(parents=True)
    text = f'[project]\nname = "{name}"\nversion = "{version}"\ndependencies = {[*requirements]}\n'
    if extra:
        text += f'[project.optional-dependencies]\nvideo = ["{extra}"]\n'
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "check", [addresses, commits, constants, hints, pickles, places, rooms, versions, words]
)
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


def module(root: Path, text: str, name: str = "a.py") -> Path:
    folder = root / "packages/neurospatial-core/src/neurospatial"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("def seen(): ...", "a.py:1: seen is a retired name"),
        ("class _Lowering: ...\nclass Lowering: ...", "a.py:2: Lowering is a retired name"),
        ("def find_all(a, *, stage): ...", "a.py:1: stage is a retired name"),
    ],
)
def test_a_retired_name_is_found(tmp_path: Path, text: str, line: str) -> None:
    found = words.complaints(module(tmp_path, text), retired=0, share=0)
    assert found[0].endswith(line)
    assert found[-1] == "1 retired names, where 0 are allowed"
    assert words.complaints(tmp_path, retired=1, share=0) == []


def test_a_retired_module_is_found(tmp_path: Path) -> None:
    found = words.complaints(module(tmp_path, "", "urgency.py"), retired=0)
    assert found[0].endswith("urgency.py:1: urgency is a retired name")


def test_terms_that_hold_a_retired_word_are_kept(tmp_path: Path) -> None:
    text = "def compute_place_field(placement, shared_memory, known_values): ..."
    assert words.complaints(module(tmp_path, text), retired=0, share=1) == []


def test_function_names_that_are_no_verbs_are_found(tmp_path: Path) -> None:
    named = "def {}(): ...\n"
    text = "".join(map(named.format, ["load_field", "_write_field", "fields", "nearest_bin"]))
    read_as_values = "class A:\n    @property\n    def bins(self): ...\n    def __len__(self): ..."
    (found,) = words.complaints(module(tmp_path, text + read_as_values), share=0.6)
    assert found == "2 of 4 function names (50%) begin with a verb, where 60% must"
    assert words.complaints(tmp_path, share=0.5) == []


def test_a_docstring_that_gives_is_found(tmp_path: Path) -> None:
    text = 'def find():\n    """Give the place."""\n'
    found = words.complaints(module(tmp_path, text), opened=0)
    assert found[-1] == "1 such docstrings, where 0 are allowed"


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("LIMIT = 3\n\nOTHER = 'text'\n", True),
        ("A, B = 1, 2.5\n", True),
        ("SIZE: int = 2 * 1024**2\n", True),
        ('LIMIT = 3\n"""Most that are listed: more fit on no line."""\n', False),
        ("LIMIT = 3  # most that are listed\n", False),
        ("LIMIT = 3\n# Most that are listed.\n", False),
        ("# Most that are listed.\nLIMIT = 3\n", False),
        ("NAME = 'text'\nFLAG = True\n", False),
    ],
)
def test_a_number_without_its_reason_is_found(tmp_path: Path, text: str, bad: bool) -> None:
    assert bool(constants.complaints(module(tmp_path, text), allowed=0)) == bad
    assert constants.complaints(tmp_path, allowed=1) == []


@pytest.mark.parametrize(
    "text",
    [
        "import pandas\n\nread = pandas.read_hdf",
        "from pandas import read_pickle",
        "import_module('pandas').read_hdf(path)",
        "import pickle as p\np.loads(content)",
        "from pickle import load, dumps",
        "class Reader(pickle.Unpickler): ...",
        "import numpy as np\nnp.load(path, allow_pickle=True)",
        "np.load(path, allow_pickle=trusted)",
        "import joblib\njoblib.load(path)",
        "from torch import load",
        "import yaml\nyaml.load(text, yaml.Loader)",
        "import tables\ntables.open_file(path)",
    ],
)
def test_what_unpickles_is_found(tmp_path: Path, text: str) -> None:
    (found,) = pickles.complaints(module(tmp_path, text))
    assert found.endswith("unpickles")


def test_what_only_pickles_or_takes_apart_is_kept(tmp_path: Path) -> None:
    text = (
        "import json, pickle, yaml\nimport numpy as np\n"
        "pickle.dumps(1)\njson.load(file)\nnp.load(file)\nnp.load(file, allow_pickle=False)\n"
        "yaml.safe_load(file)\nself.load(file)\npath.open()\n"
    )
    assert pickles.complaints(module(tmp_path, text)) == []


def commit(root: Path, subject: str) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@b"]
    what = ["commit", "--quiet", "--allow-empty", "--no-verify", "-m", subject]
    subprocess.run(["git", *who, *what], cwd=root, check=True)


def test_a_subject_of_another_form_is_found(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    assert commits.complaints(tmp_path) == []
    commit(tmp_path, "The way it was before")
    commit(tmp_path, commits.AGREED)
    for subject in ("nwb-io, core: move files", 'Revert "this"', "docs/build.py: run sh"):
        commit(tmp_path, subject)
    assert commits.complaints(tmp_path) == []
    for subject in ("Moves files.", "core: ends with a period.", "core: " + "very " * 14 + "long"):
        commit(tmp_path, subject)
    found = commits.complaints(tmp_path)
    assert len(found) == 3
    assert "80 characters, at most 72" in found[0]


def test_a_shallow_clone_is_checked_as_far_as_it_goes(tmp_path: Path) -> None:
    whole, shallow = tmp_path / "whole", tmp_path / "shallow"
    subprocess.run(["git", "init", "--quiet", whole], check=True)
    for subject in ("Before", commits.AGREED, "core: one", "Two.", "core: three"):
        commit(whole, subject)
    clone = ["git", "clone", "--quiet", "--depth", "2", whole.as_uri(), shallow]
    subprocess.run(clone, check=True)
    (found,) = commits.complaints(shallow)
    assert found.endswith("Two.")


@pytest.mark.parametrize(
    "line", ["see /tm" + "p/a", "cd /wor" + "k/x", "in ../share" + "d/data", "(share" + "d/a.md)"]
)
def test_a_place_of_one_machine_is_found(tmp_path: Path, line: str) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    (tmp_path / "README.md").write_text(f"a/tmp/b\n{line}\n", encoding="utf-8")
    (found,) = places.complaints(tmp_path)
    assert found.startswith("README.md:2: ")


def test_the_hook_of_git_is_told_of_a_subject() -> None:
    assert commits.check_subject("docs: say how to install") is None
    assert commits.check_subject("Say how to install") == "not of the form 'area: what changes'"
