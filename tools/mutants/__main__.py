"""Spoil the sources in one place at a time, and see whether a test notices.

``python -m tools.mutants --seed 1 --each 10`` spoils ten places of every kind, in a copy of the
checkout, and runs the tests of the room that the place is in. What survives is printed with its
name; ``python -m tools.mutants NAME …`` tries it again.

Libraries that do this know operators and constants. What goes wrong here are copies, sorts and
NaN, which they would have to be told of as well.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tools.mutants.kinds import KINDS

ROOT = Path(__file__).parents[2]
UNTRIED = ("testing", "samples")
"""Rooms that are for tests."""
ALSO = {
    "validate": ["overlays/validate"],
    "scene": ["html/test_bundle.py"],
    "video": ["conformance/test_video.py"],
}
"""Tests that look at a room beside those that have its name."""
PATIENCE = 4.0
"""Multiple of the time that the tests of sound sources take after which spoiled ones hang."""


@dataclass(frozen=True)
class Mutant:
    """One place of the sources that is spoiled."""

    kind: str
    path: str
    line: int
    column: int
    begin: int
    end: int
    words: str

    @property
    def name(self) -> str:
        """How it is asked for again."""
        return f"{self.kind}:{self.path}:{self.line}:{self.column}"

    def spoil(self, content: bytes) -> bytes:
        """Return a file with the place replaced."""
        return content[: self.begin] + self.words.encode() + content[self.end :]


def iter_mutants(root: Path, path: Path) -> Iterator[Mutant]:
    """Yield whatever can be spoiled in one file."""
    content = path.read_bytes()
    lines = content.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    tree = ast.parse(content)
    # Places inside an f-string are counted from its own begin on Python 3.11.
    inside = {
        id(part)
        for text in ast.walk(tree)
        if isinstance(text, ast.JoinedStr)
        for part in ast.walk(text)
    }
    for node in ast.walk(tree):
        if id(node) in inside:
            continue
        for kind, find in KINDS.items():
            for place, words in find(node):
                begin = starts[place.lineno - 1] + place.col_offset
                last, column = place.end_lineno, place.end_col_offset
                assert last is not None
                assert column is not None
                end = starts[last - 1] + column
                if words != "pass":
                    words = f"({words})"
                name = path.relative_to(root).as_posix()
                yield Mutant(kind, name, place.lineno, place.col_offset, begin, end, words)


def find_mutants(root: Path) -> list[Mutant]:
    """Return whatever can be spoiled in a checkout."""
    found: list[Mutant] = []
    for path in sorted(root.glob("packages/*/src/**/*.py")):
        if room_of(path.relative_to(root).as_posix()) not in UNTRIED:
            found += iter_mutants(root, path)
    return found


def choose_mutants(found: list[Mutant], seed: int, each: int, kinds: list[str]) -> list[Mutant]:
    """Return as many of each kind, at random."""
    chosen = []
    for kind in kinds:
        those = [mutant for mutant in found if mutant.kind == kind]
        chosen += random.Random(f"{seed} {kind}").sample(those, min(each, len(those)))
    return chosen


def room_of(path: str) -> str:
    """Return the room that a file of the sources is in; ``core`` for those in none."""
    first, _, rest = path.partition("/src/neurospatial/")[2].partition("/")
    return first if rest else "core"


def find_tests(root: Path, path: str) -> list[str]:
    """Return the files with tests of a file of the sources, nearest first."""
    room = room_of(path)
    stem, folder = Path(path).stem.lstrip("_"), Path(path).parent.name
    files: list[str] = []
    for name in (room, *ALSO.get(room, [])):
        where = root / "tests" / name
        those = [where] if where.is_file() else sorted(where.rglob("test_*.py"))
        near = [file for file in those if stem in file.stem or file.parent.name == folder != room]
        files += [str(file.relative_to(root)) for file in [*near, *those]]
    return list(dict.fromkeys(files))


def run_tests(root: Path, files: list[str], seconds: float | None = None) -> str | None:
    """Run tests until one fails; return what failed, None if nothing did."""
    sources = [str(path) for path in sorted(root.glob("packages/*/src"))]
    environ = {
        "NEUROSPATIAL_RECORDINGS": str(ROOT.parent / "shared" / "data"),
        **os.environ,
        "CI": "true",
        "PYTHONPATH": os.pathsep.join(sources),
    }
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *files]
    try:
        done = subprocess.run(
            command, cwd=root, env=environ, capture_output=True, text=True, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        return "hangs"
    if done.returncode == 0:
        return None
    failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return failed[0] if failed else (done.stdout + done.stderr)[-200:]


@dataclass
class Trials:
    """Tries mutants in a copy of a checkout.

    Parameters
    ----------
    root : pathlib.Path
        Of the copy.
    """

    root: Path
    taken: dict[str, float] = field(default_factory=dict)
    """How long the tests of sound sources take [s], by room."""

    def try_mutant(self, mutant: Mutant) -> str | None:
        """Spoil the sources, run the tests of the room and mend them; return what failed."""
        tests = find_tests(self.root, mutant.path)
        patience = PATIENCE * self._time_sound(room_of(mutant.path), tests)
        path = self.root / mutant.path
        content = path.read_bytes()
        try:
            path.write_bytes(mutant.spoil(content))
            return run_tests(self.root, tests, patience)
        finally:
            path.write_bytes(content)
            # Bytecode is told apart by seconds and size, which two mutants may have in common.
            for cached in path.parent.glob(f"__pycache__/{path.stem}.*"):
                cached.unlink()

    def _time_sound(self, room: str, tests: list[str]) -> float:
        if room not in self.taken:
            began = time.monotonic()
            if failed := run_tests(self.root, tests):
                sys.exit(f"the tests of {room} fail on sound sources: {failed}")
            self.taken[room] = time.monotonic() - began
        return self.taken[room]


def copy_checkout(root: Path, target: Path) -> None:
    """Copy the files of a checkout that git knows or does not ignore."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        if (root / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, target / name)


def main() -> None:
    """Try mutants; print each, and how many of each kind survive."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description=__doc__)
    parser.add_argument("names", nargs="*", help="of mutants that are tried again")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=10, help="how many of each kind")
    parser.add_argument("--kinds", nargs="*", default=[*KINDS], choices=[*KINDS])
    parser.add_argument("--without", nargs="*", default=["napari"], help="rooms left out")
    asked = parser.parse_args()
    counts: Counter[tuple[str, bool]] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "checkout"
        copy_checkout(ROOT, root)
        found = [one for one in find_mutants(root) if room_of(one.path) not in asked.without]
        if asked.names:
            chosen = [one for one in found if one.name in asked.names]
        else:
            chosen = choose_mutants(found, asked.seed, asked.each, asked.kinds)
        trials = Trials(root)
        for mutant in sorted(chosen, key=lambda one: room_of(one.path)):
            failed = trials.try_mutant(mutant)
            counts[mutant.kind, failed is None] += 1
            print("SURVIVED" if failed is None else "killed", mutant.name, flush=True)
            was = (root / mutant.path).read_bytes()[mutant.begin : mutant.end].decode()
            print(
                f"    {' '.join(was.split())}  ->  {mutant.words}\n    {failed or ''}", flush=True
            )
    for kind in filter(lambda kind: counts[kind, False] + counts[kind, True], KINDS):
        killed, survived = counts[kind, False], counts[kind, True]
        print(f"{kind}: {killed} of {killed + survived} killed")


if __name__ == "__main__":
    main()
