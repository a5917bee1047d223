"""One root package, in core alone, and one room in every other distribution.

A second ``neurospatial/__init__.py`` would silently hide everything that core exposes.
"""

import sys
from pathlib import Path

EXTENDS = '__path__ = __import__("pkgutil").extend_path(__path__, __name__)'


def complaints(root: Path) -> list[str]:
    """Return one line for each distribution that is laid out otherwise."""
    found = []
    for package in sorted(root.glob("packages/*/src/neurospatial")):
        name = package.parents[1].name
        init = package / "__init__.py"
        if name == "neurospatial-core":
            if not init.is_file() or EXTENDS not in init.read_text(encoding="utf-8").splitlines():
                found.append(f"{name}: neurospatial/__init__.py must hold the line {EXTENDS}")
            continue
        if init.exists():
            found.append(f"{name}: only neurospatial-core may have neurospatial/__init__.py")
        rooms = [
            path.name for path in package.iterdir() if path.is_dir() and path.name != "__pycache__"
        ]
        if len(rooms) != 1:
            found.append(f"{name}: holds {sorted(rooms)} where one room is due")
    return found


if __name__ == "__main__":
    sys.exit("\n".join(complaints(Path(__file__).parents[2])) or None)
