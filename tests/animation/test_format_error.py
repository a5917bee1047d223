import pytest

from neurospatial.animation.cli.format_error import format_error
from neurospatial.errors import explain


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (ValueError("one\ntwo"), "one"),
        (ValueError(), "ValueError"),
        (KeyError("a"), "'a'"),
        (OSError(28, "No space left on device"), "[Errno 28] No space left on device"),
        (PermissionError(13, "Permission denied", "/x"), "/x: Permission denied."),
        (UserWarning("mind"), "mind"),
        ("mind", "mind"),
        (
            TypeError(explain("A.\n  Found: 3", "B.\n  More", ["C.", "D."])),
            "A. Found: 3. C.",
        ),
        (ValueError(explain("A.", "B.", [])), "A."),
    ],
)
def test_a_mistake_fits_on_one_line(problem: Warning | BaseException | str, line: str) -> None:
    assert format_error(problem) == line
