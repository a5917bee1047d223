"""No file names a place that only one machine has.

A checkout is read, built and tested anywhere; what it needs lies in it or is named by a
setting.
"""

import re
import subprocess
import sys
from pathlib import Path

# The bracketed letters keep this file from matching itself.
FORBIDDEN = re.compile(
    r"(?<![\w./])/(?:tm[p]|wor[k]|roo[t]|mn[t]|op[t]|home/\w+|Users/\w+)(?:/|\b)"
    r"|(?:^|[\s\"'(`]|\.\./)share[d]/"
)
EXEMPT = ("uv.lock", "tests/checks/")


def complaints(root: Path) -> list[str]:
    """Return one line for each place of a machine."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    )
    found = []
    for name in sorted(set(listed.stdout.split("\0")) - {""}):
        path = root / name
        if name.startswith(EXEMPT) or not path.is_file():
            continue
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        found += [
            f"{name}:{number}: {match.group()}"
            for number, line in enumerate(lines, 1)
            if (match := FORBIDDEN.search(line))
        ]
    return found


if __name__ == "__main__":
    sys.exit("\n".join(complaints(Path(__file__).parents[2])) or None)
