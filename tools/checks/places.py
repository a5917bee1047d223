"""No file names a place that only one machine has.

A checkout is read, built and tested anywhere; what it needs lies in it or is named by a
setting.
"""

import re
import sys
from pathlib import Path

from tools.tracked_lines import iter_lines

# The bracketed letters keep this file from matching itself.
FORBIDDEN = re.compile(
    r"(?<![\w./])/(?:tm[p]|wor[k]|roo[t]|mn[t]|op[t]|home/\w+|Users/\w+)(?:/|\b)"
    r"|(?:^|[\s\"'(`]|\.\./)share[d]/"
)
EXEMPT = ("uv.lock", "tests/checks/")


def complaints(root: Path) -> list[str]:
    """Return one line for each place of a machine."""
    return [
        f"{name}:{number}: {match.group()}"
        for name, number, line in iter_lines(root, EXEMPT)
        if (match := FORBIDDEN.search(line))
    ]


if __name__ == "__main__":
    sys.exit("\n".join(complaints(Path(__file__).parents[2])) or None)
