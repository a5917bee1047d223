"""No line says how to install ours but those that `neurospatial.install_hint` makes.

The public index has another project under the name ``neurospatial``: a line that does not
say from where ours is had installs that one over ours. One page shows such lines, and each
of them says from where.
"""

import re
import subprocess
import sys
from pathlib import Path

# The bracketed letters keep this file from matching itself.
LINE = re.compile(r"pi[p]3?\s+install\b[^\n]*neurospatial|u[v]\s+add\b[^\n]*neurospatial")
SAYS_WHERE = re.compile(r"--find-links|git\+|@ https://|-e |--editable |packages/")
MAKER = "packages/neurospatial-core/src/neurospatial/install_hint.py"
PAGE = "docs/installing.md"
TESTS = ("tests/checks/", "tests/core/", "tests/install/")


def complaints(root: Path) -> list[str]:
    """Return one line for each install line of ours that stands where it may not."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    )
    found = []
    for name in sorted(set(listed.stdout.split("\0")) - {"", "uv.lock", MAKER}):
        path = root / name
        if name.startswith(TESTS) or not path.is_file():
            continue
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        for number, line in enumerate(lines, 1):
            if name == PAGE and SAYS_WHERE.search(line):
                continue
            if LINE.search(line):
                found.append(f"{name}:{number}: {line.strip()}")
    return found


if __name__ == "__main__":
    sys.exit("\n".join(complaints(Path(__file__).parents[2])) or None)
