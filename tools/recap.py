"""Sum the reports that several pytest runs left into one closing line."""

import sys
from pathlib import Path
from xml.etree import ElementTree


def make_closing_line(folder: Path) -> str:
    """Return pytest's own kind of summary, over all JUnit reports in a folder."""
    suites = [
        suite
        for report in folder.glob("*.xml")
        for suite in ElementTree.parse(report).iter("testsuite")
    ]

    def sum_counts(attribute: str) -> int:
        return sum(int(suite.get(attribute, 0)) for suite in suites)

    failed, errors, skipped = sum_counts("failures"), sum_counts("errors"), sum_counts("skipped")
    counts = {
        "failed": failed,
        "passed": sum_counts("tests") - failed - errors - skipped,
        "skipped": skipped,
        "errors": errors,
    }
    said = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
    seconds = sum(float(suite.get("time", 0)) for suite in suites)
    return f"==== {said or 'no tests ran'} in {seconds:.2f}s ===="


if __name__ == "__main__":
    print(make_closing_line(Path(sys.argv[1])))
