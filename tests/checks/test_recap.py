"""The closing line counts what several reports hold."""

from pathlib import Path

from tools.recap import make_closing_line

SUITE = '<testsuite errors="{}" failures="{}" skipped="{}" tests="{}" time="{}"/>'
REPORT = f"<testsuites>{SUITE}</testsuites>"


def test_reports_are_summed(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(REPORT.format(1, 2, 3, 16, 1.25), encoding="utf-8")
    (tmp_path / "b.xml").write_text(REPORT.format(0, 0, 0, 5, 2.0), encoding="utf-8")
    line = make_closing_line(tmp_path)
    assert line == "==== 2 failed, 15 passed, 3 skipped, 1 errors in 3.25s ===="


def test_no_report_is_no_test(tmp_path: Path) -> None:
    assert make_closing_line(tmp_path / "absent") == "==== no tests ran in 0.00s ===="
