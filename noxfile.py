"""What is checked before a change is accepted, one session each; ``tools/test`` runs them all."""

import shutil
from pathlib import Path

import nox

ROOT = Path(__file__).parent
REPORTS = ROOT / ".nox" / "reports"
CORES = ["--numprocesses=logical", "--maxprocesses=4"]

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
    report = REPORTS / f"{session.name}.xml"
    session.run("python", "-m", "pytest", f"--junit-xml={report}", *arguments, env=env)


def build(session: nox.Session) -> Path:
    """Build every wheel into one folder that holds nothing else."""
    folder = Path(session.create_tmp()).resolve() / "wheels"
    shutil.rmtree(folder, ignore_errors=True)
    session.run_install(
        "uv", "build", "--all-packages", "--wheel", "--out-dir", str(folder), silent=True
    )
    return folder


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
    """Check what no tool of others does: versions, rooms, addresses, change notes."""
    sync(session, "--only-group", "release")
    for check in sorted((ROOT / "tools" / "checks").glob("*.py")):
        session.run("python", str(check))
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
