"""Nothing that reads a file unpickles it: what is unpickled runs what it says.

Between processes objects are pickled by `concurrent.futures`, whose own code does it; nothing
of ours needs to.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

UNPICKLERS = frozenset({"read_hdf", "read_pickle", "Unpickler"})
"""Names that unpickle, of whatever module."""

MODULES = frozenset(
    {"cloudpickle", "dill", "joblib", "marshal", "pickle", "shelve", "torch", "yaml", "tables"}
)
"""Modules of which LOADERS unpickle, or build whatever a file names."""

LOADERS = frozenset({"load", "loads", "full_load", "unsafe_load", "open", "open_file"})
"""Functions of MODULES that read."""


def names(tree: ast.Module) -> dict[str, str]:
    """Return the module that each imported name stands for."""
    return {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }


def unpicklings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the line of each place that unpickles, and what stands there."""
    modules = names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in MODULES:
            for alias in node.names:
                if alias.name in LOADERS:
                    yield node.lineno, f"from {node.module} import {alias.name}"
        elif isinstance(node, ast.Attribute):
            owner = ast.unparse(node.value)
            of_a_module = node.attr in LOADERS and modules.get(owner, owner) in MODULES
            if of_a_module or node.attr in UNPICKLERS:
                yield node.lineno, f"{owner}.{node.attr}"
        elif isinstance(node, ast.alias) and node.name in UNPICKLERS:
            yield node.lineno, f"import {node.name}"
        elif isinstance(node, ast.keyword) and node.arg == "allow_pickle":
            given = ast.unparse(node.value)
            if given != "False":
                yield node.value.lineno, f"allow_pickle={given}"


def complaints(root: Path) -> list[str]:
    """Return one line for each place in the packages that unpickles."""
    found = []
    for path in sorted(root.glob("packages/*/src/**/*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        where = path.relative_to(root)
        found += [f"{where}:{line}: {what} unpickles" for line, what in unpicklings(tree)]
    return found


if __name__ == "__main__":
    sys.exit("\n".join(complaints(Path(__file__).parents[2])) or None)
