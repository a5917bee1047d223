"""No file but the lock names a package registry or says which one to use.

Whoever installs chooses the registry; an address of ours would override that choice.
"""

import re
import sys
from pathlib import Path

from tools.tracked_lines import iter_lines

# The bracketed letters keep this file from matching itself.
FORBIDDEN = re.compile(
    r"py[p]i\.org|python[h]osted\.org|npm[j]s\.org|ana[c]onda\.org"
    r"|inde[x][-_]url|UV_(?:\w+_)?INDE[X]\b|tool\.uv\.inde[x]|--default-inde[x]",
    re.IGNORECASE,
)
EXEMPT = ("uv.lock",)


def complaints(root: Path) -> list[str]:
    """Return one line for each place where a registry is named."""
    return [
        f"{name}:{number}: {match.group()}"
        for name, number, line in iter_lines(root, EXEMPT)
        if (match := FORBIDDEN.search(line))
    ]


if __name__ == "__main__":
    sys.exit("\n".join(complaints(Path(__file__).parents[2])) or None)
