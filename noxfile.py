"""What is checked before a change is accepted, one session each; ``tools/test`` runs them all."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import nox

ROOT = Path(__file__).parent
REPORTS = ROOT / ".nox" / "reports"
CORES = ["--numprocesses=logical", "--maxprocesses=4"]
OTHER_PYTHONS = ("3.12", "3.13")
"""Versions of Python that are promised beside the oldest, which all other sessions run on."""

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "uv"
nox.options.reuse_existing_virtualenvs = True
nox.options.error_on_external_run = True


def sync(session: nox.Session, *options: str) -> None:
    """Install what the lock says into the session's own venv."""
    session.run_install(
        "uv",
        "sync",
        "--locked",
        *options,
        env={"UV_PROJECT_ENVIRONMENT": session.virtualenv.location},
        silent=True,
    )


def pytest(session: nox.Session, *arguments: str, env: dict[str, str] | None = None) -> None:
    """Run pytest, leaving a report that the closing line of ``tools/test`` counts."""
    name = re.sub(r"[^\w.-]+", "-", session.name)
    report = REPORTS / f"{name}.xml"
    session.run("python", "-m", "pytest", f"--junit-xml={report}", *arguments, env=env)


def build(session: nox.Session) -> Path:
    """Build every wheel into one folder that holds nothing else."""
    folder = Path(session.create_tmp()).resolve() / "wheels"
    shutil.rmtree(folder, ignore_errors=True)
    session.run_install(
        "uv", "build", "--all-packages", "--wheel", "--out-dir", str(folder), silent=True
    )
    return folder


def find_python(session: nox.Session, version: str) -> str:
    """Find an interpreter of a version, or skip the session, saying that there is none."""
    asked = subprocess.run(
        ["uv", "python", "find", "--no-python-downloads", version],
        capture_output=True,
        text=True,
        check=False,
    )
    if asked.returncode == 0:
        return asked.stdout.strip()
    # pyenv puts those that are not chosen on no PATH.
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    found = sorted(pyenv.glob(f"versions/{version}.*/bin/python"))
    if not found:
        session.skip(f"Python {version} is not here, so that nothing is tried on it")
    return str(found[-1])


def make_venv(session: nox.Session, python: str) -> str:
    """Make a venv of another Python beside the session's own; return its interpreter."""
    venv = Path(session.create_tmp()).resolve() / "venv"
    session.run_install("uv", "venv", "--clear", "--python", python, str(venv), silent=True)
    return str(venv / "bin" / "python")


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, import order, docstrings and formatting."""
    sync(session, "--only-group", "lint")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("oxlint", "--deny-warnings")


@nox.session
def types(session: nox.Session) -> None:
    """Check the types of every room strictly, from the sources."""
    sync(session, "--group", "types", "--group", "nox", "--no-install-workspace")
    session.run("mypy")


@nox.session
def checks(session: nox.Session) -> None:
    """Check what no tool of others does: versions, names, constants, hints, change notes."""
    sync(session, "--only-group", "release")
    for check in sorted((ROOT / "tools" / "checks").glob("*.py")):
        session.run("python", "-m", f"tools.checks.{check.stem}")
    session.run("towncrier", "build", "--draft", "--version", "next", silent=True)


@nox.session
def contracts(session: nox.Session) -> None:
    """Check the direction of imports and the public types, on the built wheels.

    Neither tool sees a package that is split over several editable folders.
    """
    built = build(session)
    sync(session, "--group", "contracts", "--group", "types", "--no-install-workspace")
    wheels = [str(wheel) for wheel in sorted(built.glob("*.whl"))]
    session.run_install("uv", "pip", "install", "--no-deps", "--reinstall", *wheels, silent=True)
    session.run("lint-imports", "--config", "pyproject.toml", "--no-cache")
    session.run("basedpyright", "--project", "tests/install/pyrightconfig.json")
    session.run("basedpyright", "--verifytypes", "neurospatial", "--ignoreexternal")


@nox.session
def wheels(session: nox.Session) -> None:
    """Install the built wheels as users do, each combination in a venv of its own."""
    built = build(session)
    sync(session, "--only-group", "test")
    pytest(session, "tests/install", *session.posargs, env={"NEUROSPATIAL_WHEELS": str(built)})


@nox.session
def tests(session: nox.Session) -> None:
    """Run every other test and every example in a docstring, a file at a time on each core."""
    sync(session, "--group", "test")
    # The wheels and the viewer have sessions of their own.
    alone = [f"--ignore=tests/{room}" for room in ("install", "napari")]
    where = session.posargs or ["tests", "packages", *alone]
    pytest(session, "--doctest-modules", *CORES, "--dist=loadfile", *where)


@nox.session
def viewer(session: nox.Session) -> None:
    """Run the tests of the viewer, on each core with a virtual screen of its own."""
    sync(session, "--group", "test")
    where = session.posargs or ["tests/napari"]
    pytest(session, *CORES, "--dist=worksteal", *where)


@nox.session
@nox.parametrize("part", ["lowest", *OTHER_PYTHONS])
def smoke(session: nox.Session, part: str) -> None:
    """Run a few tests with the oldest versions and on each other Python; `long` runs all."""
    rooms = ["core", "overlays", "html", "video"]
    install = [f"--editable=packages/neurospatial-{room}" for room in rooms]
    install += ["--editable=packages/neurospatial[video]", "hypothesis>=6.112", "pytest>=9"]
    few = ["tests/core/test_install_hint.py", "tests/regions", "tests/fields/test_place.py"]
    few += ["tests/overlays/video_reader/test_reader.py"]
    run_elsewhere(session, part, install, few)


@nox.session(default=False)
@nox.parametrize("part", ["hints", "viewer", "lowest", "fuzz", *OTHER_PYTHONS])
def long(session: nox.Session, part: str) -> None:
    """Run what takes longer than a change can wait for, each part by itself.

    ``hints`` follows every line that the product tells its user to run, on the public index;
    ``viewer`` runs the viewer's whole conformance with each patch of napari failing; ``lowest``
    runs the tests with the oldest versions that are allowed; ``fuzz`` tries many more examples
    of each property and 300 damaged copies of each file; ``3.12`` and ``3.13`` run everything
    on those Pythons.
    """
    if part == "hints":
        built = build(session)
        sync(session, "--only-group", "test")
        env = {"NEUROSPATIAL_WHEELS": str(built)}
        pytest(session, "-m", "long", "tests/install", *session.posargs, env=env)
    elif part == "viewer":
        sync(session, "--group", "test")
        where = session.posargs or ["tests/napari"]
        pytest(session, "-m", "long", *CORES, "--dist=worksteal", *where)
    elif part == "fuzz":
        sync(session, "--group", "test")
        where = session.posargs or ["tests"]
        # Damaged files are marked long as well; what the parts above run is not run again.
        others = ["tests/install/test_hints.py", "tests/napari/patches/test_without_a_patch.py"]
        where = ["-m", "hypothesis or long", *(f"--ignore={path}" for path in others), *where]
        pytest(session, "--hypothesis-profile=long", *CORES, *where)
    else:
        install = [f"--editable={path}" for path in sorted(ROOT.glob("packages/neurospatial-*"))]
        install += [f"--editable={ROOT / 'packages' / 'neurospatial'}[all]", "--group=test"]
        everything = ["tests", "packages", "--ignore=tests/install", "--doctest-modules"]
        run_elsewhere(session, part, install, [*everything, *CORES, "--dist=loadfile"])


def run_elsewhere(session: nox.Session, part: str, install: list[str], where: list[str]) -> None:
    """Run tests on another Python, or with the oldest versions that are allowed."""
    lowest = part == "lowest"
    python = make_venv(session, "3.11" if lowest else find_python(session, part))
    resolution = ["--resolution=lowest-direct"] if lowest else []
    # Libraries that are years apart warn of each other.
    ages = ["-W", "ignore::DeprecationWarning", "-W", "ignore::FutureWarning"] if lowest else []
    session.run_install(
        "uv", "pip", "install", "--python", python, *resolution, *install, silent=True
    )
    report = REPORTS / f"{session.name.partition('(')[0]}-{part}.xml"
    arguments = [f"--junit-xml={report}", *ages, *(session.posargs or where)]
    session.run(python, "-m", "pytest", *arguments, external=True)
