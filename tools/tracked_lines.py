"""The lines of every file that belongs to a checkout, for checks that look for words in them."""

import subprocess
from collections.abc import Iterator
from pathlib import Path


def iter_lines(root: Path, exempt: tuple[str, ...]) -> Iterator[tuple[str, int, str]]:
    """Yield each line of all files that git does not ignore.

    Parameters
    ----------
    root : pathlib.Path
        Of the checkout.
    exempt : tuple of str
        Files are left out whose name, below `root`, starts with one of these.

    Yields
    ------
    name, number, line : str, int, str
        Of the file, below `root`; from 1; without its end.
    """
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in sorted(set(listed.stdout.split("\0")) - {""}):
        path = root / name
        if not name.startswith(exempt) and path.is_file():
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
            for number, line in enumerate(lines, 1):
                yield name, number, line
