"""What every room's tests share: the recordings, examples, and what a skip means on CI."""

import os
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

# Whatever helps tests says what it compared when it fails, as they do.
HERE = sorted(path.stem for path in Path(__file__).parent.iterdir() if path.stem != "conftest")
pytest.register_assert_rewrite("neurospatial.testing", *(f"tests.{name}" for name in HERE))

USUAL = 100
"""Examples of a property that says no number of its own, which is hypothesis's own."""
# No profile has a deadline: a clock on the wall tells how busy a machine is.
settings.register_profile("usual", max_examples=USUAL, deadline=None)
settings.register_profile("ci", max_examples=50, deadline=None, derandomize=True, print_blob=True)
"""On CI, a change fails for what it changes: the same examples each time, no more than these."""
settings.register_profile("long", max_examples=20 * USUAL, deadline=None)
"""For `tools/test -s long`: twenty times what a change waits for."""
settings.load_profile("ci" if os.environ.get("CI", "") not in ("", "0", "false") else "usual")

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


@pytest.fixture(autouse=True)
def _closed_figures() -> Generator[None]:
    """Close what a test drew: pyplot keeps figures, and warns from 20 on."""
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have the profile count for properties that say a number of examples, too."""
    for test in {item.function for item in items if hasattr(item, "function")}:
        if getattr(test, "_hypothesis_internal_settings_applied", False):
            said = test._hypothesis_internal_use_settings
            n_examples = count_examples(said.max_examples, settings.default.max_examples)
            test._hypothesis_internal_use_settings = settings(said, max_examples=n_examples)


def count_examples(said: int, profile: int) -> int:
    """Return how many examples a test tries, from what it says and what the profile does."""
    if said == profile or profile == USUAL:
        return said
    return min(said, profile) if profile < USUAL else said * profile // USUAL


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
