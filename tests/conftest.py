"""What every room's tests share: the recordings, and what a skip means on CI."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("long", max_examples=2_000, deadline=None)
"""For `tools/test -s long`: twenty times what a change waits for."""

REQUIRE_ALL = os.environ.get("NEUROSPATIAL_REQUIRE_ALL", "") not in ("", "0")
SHARED_DATA = Path(
    os.environ.get("NEUROSPATIAL_RECORDINGS") or Path(__file__).parents[2] / "shared" / "data"
)
"""Where other people's recordings lie; beside the checkout, if nothing else is said."""


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of other people's recordings."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the recordings are not here: NEUROSPATIAL_RECORDINGS names no folder")
    return SHARED_DATA


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{reason}\n(NEUROSPATIAL_REQUIRE_ALL is set: nothing may be missing)"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse_skip(report)
    return report
