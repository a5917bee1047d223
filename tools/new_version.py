"""Release a version: ``tools/release X.Y.Z [--dry-run]``."""

import argparse
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from tools.checks.versions import LABEL

ROOT = Path(__file__).parents[1]
SOURCE = "packages/neurospatial-core/pyproject.toml"
"""The one file that the present version is read from."""

FOLLOWERS = ("packages/*/pyproject.toml", "docs/installing.md", "CITATION.cff")
"""Files that hold the version too."""

NUMBER = re.compile(r"\d+\.\d+\.\d+")


def read_version(root: Path) -> str:
    """Read the present version, without its label."""
    project = tomllib.loads((root / SOURCE).read_text(encoding="utf-8"))["project"]
    return str(project["version"]).removesuffix(LABEL)


def parse_version(text: str) -> tuple[int, ...]:
    """Read X.Y.Z as numbers that compare.

    Raises
    ------
    ValueError
        If it is not three numbers.
    """
    if not NUMBER.fullmatch(text):
        raise ValueError(f"{text!r} is no version: give X.Y.Z, without {LABEL!r}")
    return tuple(map(int, text.split(".")))


def rewrite(root: Path, old: str, new: str, write: bool = True) -> dict[str, int]:
    """Put the new version where the old one stands; return how often it did, by file."""
    # A longer number that holds the old one is another.
    found = re.compile(rf"(?<![\d.]){re.escape(old)}(?!\.?\d)")
    changed = {}
    for pattern in FOLLOWERS:
        for path in sorted(root.glob(pattern)):
            text, count = found.subn(new, path.read_text(encoding="utf-8"))
            if count:
                changed[str(path.relative_to(root))] = count
                if write:
                    path.write_text(text, encoding="utf-8")
    return changed


def run(*command: str) -> str:
    """Run a command in the checkout and return what it says."""
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def main(words: list[str] | None = None) -> str | None:
    """Release a version, or return why not."""
    parser = argparse.ArgumentParser(prog="tools/release", description=__doc__)
    parser.add_argument("version", help="X.Y.Z")
    parser.add_argument("--dry-run", action="store_true", help="change nothing")
    given = parser.parse_args(words)
    old = read_version(ROOT)
    try:
        if parse_version(given.version) < parse_version(old):
            return f"{given.version} is not above {old}, which is the present version."
    except ValueError as error:
        return str(error)
    if run("git", "tag", "--list", f"v{given.version}"):
        return f"v{given.version} is tagged already: give a version above it."
    if not given.dry_run and run("git", "status", "--porcelain"):
        return "There are changes that are not committed: commit them first."
    # The present one is released as it stands, where it has no tag yet.
    for name, count in rewrite(ROOT, old, given.version, write=not given.dry_run).items():
        print(f"{name}: {count} times {given.version}")
    gather = ["towncrier", "build", "--version", given.version]
    if given.dry_run:
        print(run(*gather, "--draft"))
        return None
    run("tools/uv", "lock")
    run(*gather, "--yes")
    run("git", "add", "--all")
    run("git", "commit", "--quiet", "--message", f"release: {given.version}")
    run("git", "tag", f"v{given.version}")
    print(f"Committed and tagged v{given.version}; nothing is pushed.")
    return None


if __name__ == "__main__":
    sys.exit(main())
