"""Fresh venvs, each with one combination installed from the built wheels."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.install.venvs import COMBINATIONS, LARGE, Installed, uv


@pytest.fixture(scope="session")
def wheels() -> Path:
    """The folder that holds all built wheels and nothing else."""
    folder = os.environ.get("NEUROSPATIAL_WHEELS")
    if not folder:
        pytest.skip("the wheels are not built: run tools/test -s wheels")
    return Path(folder)


@pytest.fixture(scope="session")
def line(wheels: Path) -> Callable[[str], str]:
    """Return a function that makes the line which a venv of these wheels is to show."""
    version = next(wheels.glob("*.whl")).name.split("-")[1]
    return lambda wanted: f'pip install --find-links {wheels} "{wanted}=={version}"'


@pytest.fixture(scope="session")
def constraints(wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tie our names to the built wheels' files and every other name to its locked version.

    A name tied to a file is never looked up on an index, so the unrelated project that the
    public index calls neurospatial cannot be taken for ours.
    """
    locked = uv(
        "export", "--locked", "--all-packages", "--all-extras", "--all-groups",
        "--no-emit-workspace", "--no-hashes", "--no-annotate", "--no-header",
    ).stdout  # fmt: skip
    ours = "".join(
        f"{wheel.name.split('-')[0].replace('_', '-')} @ {wheel.as_uri()}\n"
        for wheel in sorted(wheels.glob("*.whl"))
    )
    path = tmp_path_factory.mktemp("constraints") / "constraints.txt"
    path.write_text(locked + ours, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def install(
    constraints: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Installed]:
    """Return a function that makes a combination's venv, once each."""
    made: dict[str, Installed] = {}

    def make(name: str) -> Installed:
        if name not in made:
            venv = tmp_path_factory.mktemp("venv") / "venv"
            uv("venv", "--python", sys.executable, venv)
            combination = {**COMBINATIONS, **LARGE}[name]
            uv(
                "pip", "install", "--python", venv, "--constraints", constraints,
                *combination.requested,
            )  # fmt: skip
            made[name] = Installed(venv, combination)
        return made[name]

    return make


@pytest.fixture(scope="session", params=COMBINATIONS)
def installed(request: pytest.FixtureRequest, install: Callable[[str], Installed]) -> Installed:
    """Each combination in turn."""
    return install(request.param)
