"""Reading damaged files: what may come of it, and what is a fault of ours.

A result is as good as an error of ours: not all damage can be noticed. Everything else is a
failure: a library's own error, a warning that is not for the user, memory that runs out, a
hang, and an interpreter that dies.
"""

import faulthandler
import json
import os
import subprocess
import sys
import warnings
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from neurospatial.errors import is_explained
from tests.damage import Kind, iter_mutants

_ROOT = Path(__file__).parents[1]

_MEMORY = 4 * 2**30
"""Bytes of address space for a child: libraries take one or two, no small file needs the rest."""

_LONGEST = 30
"""Seconds for one mutant: a thousand times what a reader takes, on a busy machine."""


def read_damaged(
    read: Callable[[Path], object],
    content: bytes,
    folder: Path,
    name: str,
    kind: Kind,
    n: int,
    seed: int = 0,
) -> list[str]:
    """Read `n` mutants of a file; return a line for each that ended in a fault of ours.

    Parameters
    ----------
    read : callable
        Reads the file of a path, all that is lazy included.
    content : bytes
        Of the sound file.
    folder : pathlib.Path
    name : str
        Of the file in it.
    kind : {"binary", "text", "json", "zip"}
    n, seed : int

    Returns
    -------
    list of str
        Empty if all is well.
    """
    failures = []
    for number, mutant in enumerate(iter_mutants(content, kind, 0, n, seed)):
        found = _find_failure(read, _write(folder / name, mutant))
        if found:
            failures.append(_describe(name, seed, number, found))
    return failures


def read_damaged_apart(
    read: str,
    content: bytes,
    folder: Path,
    name: str,
    kind: Kind,
    n: int,
    seed: int = 0,
    longest: int = _LONGEST,
) -> list[str]:
    """Do what `read_damaged` does in a child process, which may die or hang.

    Parameters
    ----------
    read : str
        "module:function", importable from the root of the checkout.
    content, folder, name, kind, n, seed
        As `read_damaged` has them.
    longest : int
        Seconds after which a mutant hangs.
    """
    source = folder / f"sound of {name}"
    source.write_bytes(content)
    failures: list[str] = []
    number = -1
    while number + 1 < n:
        words = [read, source, folder, name, kind, number + 1, n, seed, longest]
        ended = subprocess.run(
            [sys.executable, "-c", f"from {__name__} import run_child; run_child()"]
            + [str(word) for word in words],
            cwd=_ROOT,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
            capture_output=True,
            text=True,
            errors="replace",
            timeout=longest * n + _LONGEST,
        )
        before = number
        for line in ended.stdout.splitlines():
            if not line.startswith("{"):
                continue
            said = json.loads(line)
            number = said["number"]
            if said.get("found"):
                failures.append(_describe(name, seed, number, said["found"]))
        if ended.returncode == 0:
            break
        end = " | ".join(ended.stderr.strip().splitlines()[-12:])
        if number == before:
            raise RuntimeError(f"The child that reads {name} does not start: {end}")
        found = f"the child ended with {ended.returncode}: {end}"
        failures.append(_describe(name, seed, number, found))
    return failures


def run_child() -> None:
    """Read mutants, and print what came of each: what `read_damaged_apart` starts."""
    where, source, folder, name, kind, *numbers = sys.argv[1:]
    start, n, seed, longest = map(int, numbers)
    module, _, function = where.partition(":")
    read = getattr(import_module(module), function)
    faulthandler.enable()
    _limit_memory()
    mutants = iter_mutants(Path(source).read_bytes(), kind, start, n, seed)
    for number, mutant in enumerate(mutants, start):
        print(json.dumps({"number": number}), flush=True)
        faulthandler.dump_traceback_later(longest, exit=True)
        found = _find_failure(read, _write(Path(folder, name), mutant))
        faulthandler.cancel_dump_traceback_later()
        print(json.dumps({"number": number, "found": found}), flush=True)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _write(path: Path, content: bytes) -> Path:
    # Anew, not over the last one: that may still be mapped into memory.
    path.unlink(missing_ok=True)
    path.write_bytes(content)
    return path


def _find_failure(read: Callable[[Path], object], path: Path) -> str | None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            read(path)
        except Exception as error:
            if not _is_ours(error, path):
                return f"{type(error).__name__}: {str(error)[:300]}"
    for warning in told:
        if not issubclass(warning.category, UserWarning):
            return f"{warning.category.__name__}: {str(warning.message)[:300]}"
    return None


def _is_ours(error: Exception, path: Path) -> bool:
    of_the_system = isinstance(error, OSError) and path.name in str(error.filename)
    return is_explained(error) or of_the_system


def _describe(name: str, seed: int, number: int, found: str) -> str:
    return f"{name}, seed {seed}, mutant {number}: {found}"
