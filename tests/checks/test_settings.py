"""What tests are run with: how many examples, and helpers that say what they compared."""

import ast
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from _pytest.assertion.rewrite import AssertionRewritingHook

ROOT = Path(__file__).parents[2]
TESTING = ROOT / "packages/neurospatial-core/src/neurospatial/testing"
PROPERTIES = """
from hypothesis import given, settings, strategies as st
counts = {"said": 0, "few": 0, "unsaid": 0}

@given(st.integers())
@settings(max_examples=150)
def test_said(number): counts["said"] += 1

@given(st.integers())
@settings(max_examples=10)
def test_few(number): counts["few"] += 1

@given(st.integers())
@settings(deadline=10_000)
def test_unsaid(number): counts["unsaid"] += 1

def test_counts(): print(sorted(counts.items()))
"""


def find_helpers() -> list[str]:
    """The modules that are no tests and assert something."""
    paths = [path for path in ROOT.glob("tests/**/*.py") if not path.name.startswith("test_")]
    paths = [path for path in paths if path.name != "conftest.py" and "src" not in path.parts]
    roots = {path: ROOT for path in paths}
    roots |= {path: TESTING.parents[1] for path in TESTING.rglob("*.py")}
    return [
        ".".join(path.relative_to(root).with_suffix("").parts)
        for path, root in sorted(roots.items())
        if any(isinstance(node, ast.Assert) for node in ast.walk(ast.parse(path.read_bytes())))
    ]


@pytest.mark.parametrize("name", find_helpers())
def test_helpers_say_what_they_compared(name: str) -> None:
    assert isinstance(importlib.util.find_spec(name).loader, AssertionRewritingHook)


@pytest.mark.parametrize(
    ("environ", "options", "counts"),
    [
        ({}, [], {"said": 150, "few": 10, "unsaid": 100}),
        ({"CI": "true"}, [], {"said": 50, "few": 10, "unsaid": 50}),
        (
            {"CI": "true"},
            ["--hypothesis-profile=long"],
            {"said": 3000, "few": 200, "unsaid": 2000},
        ),
    ],
)
def test_the_profile_counts_for_every_property(
    environ: dict[str, str], options: list[str], counts: dict[str, int], tmp_path: Path
) -> None:
    (tmp_path / "conftest.py").write_bytes((ROOT / "tests" / "conftest.py").read_bytes())
    (tmp_path / "test_properties.py").write_text(PROPERTIES, encoding="utf-8")
    given = {name: value for name, value in os.environ.items() if name != "CI"}
    environ = {**given, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **environ}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-sq",
        "-p",
        "_hypothesis_pytestplugin",
        *options,
        ".",
    ]
    run = subprocess.run(
        command, cwd=tmp_path, env=environ, capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert str(sorted(counts.items())) in run.stdout
