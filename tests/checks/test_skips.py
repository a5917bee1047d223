"""A skip says what is missing, and is a failure where everything is required."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

CONFTEST = Path(__file__).parents[1] / "conftest.py"
SKIPS = """
import pytest

def test_recording(shared_data):
    pass

def test_component():
    pytest.importorskip("no_such_component")

@pytest.mark.xfail(reason="known", raises=ZeroDivisionError)
def test_known():
    1 / 0
"""
SKIPPED_MODULE = """
import pytest

pytest.importorskip("no_such_component")
"""


@pytest.fixture
def session(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeconftest(CONFTEST.read_text(encoding="utf-8"))
    pytester.makepyfile(test_skips=SKIPS, test_module=SKIPPED_MODULE)
    return pytester


def test_a_skip_is_a_skip(session: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEUROSPATIAL_REQUIRE_ALL", raising=False)
    result = session.runpytest_subprocess("-ra", "--continue-on-collection-errors")
    result.assert_outcomes(skipped=3, xfailed=1)
    result.stdout.fnmatch_lines("*the recordings are not here*")


def test_a_skip_fails_where_everything_is_required(
    session: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEUROSPATIAL_REQUIRE_ALL", "1")
    result = session.runpytest_subprocess("-ra", "--continue-on-collection-errors")
    result.assert_outcomes(failed=1, errors=2, xfailed=1)
    result.stdout.fnmatch_lines("*nothing may be missing*")
