"""The subject of a commit is ``area: what changes``, of at most 72 characters.

Commits from before this was agreed on stay as they are. A clone that holds but the newest
commits is checked as far as it goes.
"""

import re
import subprocess
import sys
from pathlib import Path

LONGEST = 72
"""Characters that fit in a log of 80 columns with git's indentation of four."""

SUBJECT = re.compile(r"[a-z][a-z0-9/+., _-]*: \S.*[^.\s]")
EXEMPT = re.compile(r"(Merge|Revert) ")

AGREED = "core: list lazy names once, in stubs that type checkers read"
"""The subject of the first commit that keeps to it."""


def complaints(root: Path, agreed: str = AGREED) -> list[str]:
    """Return one line for each commit whose subject is otherwise."""
    listed = subprocess.run(
        ["git", "log", "--no-merges", "--format=%h%x09%s"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        return []  # An archive of the sources has no history.
    commits = [line.partition("\t")[::2] for line in listed.stdout.splitlines()]
    subjects = [subject for _, subject in commits]
    since = subjects.index(agreed) + 1 if agreed in subjects else len(commits)
    if agreed not in subjects and not is_shallow(root):
        since = 0  # Another history, as of a copy of one folder: nothing was agreed on.
    found = []
    for commit, subject in commits[:since]:
        wrong = check_subject(subject)
        if wrong:
            found.append(f"{commit}: {wrong}: {subject}")
    return found


def check_subject(subject: str) -> str | None:
    """Return what is wrong with a subject, or None."""
    if EXEMPT.match(subject):
        return None
    if len(subject) > LONGEST:
        return f"{len(subject)} characters, at most {LONGEST}"
    if not SUBJECT.fullmatch(subject):
        return "not of the form 'area: what changes'"
    return None


def is_shallow(root: Path) -> bool:
    """Return whether a clone holds but the newest commits."""
    asked = subprocess.run(
        ["git", "rev-parse", "--is-shallow-repository"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.strip() == "true"


if __name__ == "__main__":
    if len(sys.argv) > 1:  # a hook of git names the file with the message
        sys.exit(check_subject(Path(sys.argv[1]).read_text(encoding="utf-8").partition("\n")[0]))
    sys.exit("\n".join(complaints(Path(__file__).parents[2])) or None)
