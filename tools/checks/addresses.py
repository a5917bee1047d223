"""No file but the lock names a package registry or says which one to use.

Whoever installs chooses the registry; an address of ours would override that choice.
"""

import re
import subprocess
import sys
from pathlib import Path

# The bracketed letters keep this file from matching itself.
FORBIDDEN = re.compile(
    r"py[p]i\.org|python[h]osted\.org|npm[j]s\.org|ana[c]onda\.org"
    r"|inde[x][-_]url|UV_(?:\w+_)?INDE[X]\b|tool\.uv\.inde[x]|--default-inde[x]",
    re.IGNORECASE,
)


def complaints(root: Path) -> list[str]:
    """Return one line for each place where a registry is named."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    )
    found = []
    for name in sorted(set(listed.stdout.split("\0")) - {"", "uv.lock"}):
        path = root / name
        if not path.is_file():
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
