"""No line says how to install ours but those that `neurospatial.install_hint` makes.

The public index has another project under the name ``neurospatial``: a line that does not
say from where ours is had installs that one over ours. One page shows such lines, and each
of them says from where.
"""

import re
import sys
from pathlib import Path

from tools.tracked_lines import iter_lines

# The bracketed letters keep this file from matching itself.
LINE = re.compile(r"pi[p]3?\s+install\b[^\n]*neurospatial|u[v]\s+add\b[^\n]*neurospatial")
SAYS_WHERE = re.compile(r"--find-links|git\+|@ https://|-e |--editable |packages/")
PAGE = "docs/installing.md"
EXEMPT = (
    "packages/neurospatial-core/src/neurospatial/install_hint.py",
    "tests/checks/",
    "tests/core/",
    "tests/install/",
    "uv.lock",
)


def complaints(root: Path) -> list[str]:
    """Return one line for each install line of ours that stands where it may not."""
    return [
        f"{name}:{number}: {line.strip()}"
        for name, number, line in iter_lines(root, EXEMPT)
        if LINE.search(line) and not (name == PAGE and SAYS_WHERE.search(line))
    ]


if __name__ == "__main__":
    sys.exit("\n".join(complaints(Path(__file__).parents[2])) or None)
