from pathlib import Path

import numpy as np
import pytest

from neurospatial.animation.cli import main
from tests.animation.commands import Arrays, Command, Refused, Said, Save


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str]) -> Command:
    """Run `neurospatial` with some words."""

    def run(*words: object) -> Said:
        capfd.readouterr()
        code = main([str(word) for word in words])
        return Said(code, *capfd.readouterr())

    return run


@pytest.fixture
def refused(command: Command) -> Refused:
    """Run a command that must fail with one line, and give that line."""

    def run(*words: object) -> str:
        result = command(*words)
        assert result.code in (1, 2)
        assert result.out == ""
        (line,) = result.err.splitlines()
        assert line.startswith("neurospatial: error: ")
        return line.removeprefix("neurospatial: error: ")

    return run


@pytest.fixture
def arrays() -> Arrays:
    """An L-shaped grid of 12 bins, five frames."""
    active = np.ones((4, 4), dtype=bool)
    active[2:, 2:] = False
    return {
        "fields": np.random.default_rng(0).uniform(0, 9, (5, 12)),
        "edges_x": np.linspace(0, 40, 5),
        "edges_y": np.linspace(0, 40, 5),
        "active": active,
    }


@pytest.fixture
def saved(tmp_path: Path, arrays: Arrays) -> Save:
    """Write the arrays, some of them changed or (None) left out, to an npz."""

    def save(**changed: object) -> Path:
        path = tmp_path / "fields.npz"
        kept = {name: x for name, x in {**arrays, **changed}.items() if x is not None}
        np.savez(path, **kept)  # type: ignore[arg-type]
        return path

    return save
